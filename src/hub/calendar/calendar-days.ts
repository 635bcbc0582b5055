import type { Refusal } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { CalendarEntry, OwnDay } from '../../protocol/meetings.ts';
import type { Serial } from '../calls/serial.ts';
import type { Clock } from '../clock.ts';
import { DirectoryError } from '../directory/directory-error.ts';
import { type BoundedMap, createBoundedMap } from '../directory/graph/bounded-map.ts';
import type { Online } from '../people/online.ts';
import { askerOf, type Peer } from '../people/peer.ts';
import type { TimeRange } from '../store/meeting-store.ts';
import { type CalendarReadingOptions, type Reader, readCalendar } from './calendar-reading.ts';
import { refusalOfCalendar } from './calendar-refusal.ts';
import type { OwnCalendar, OwnCalendars } from './own-calendar.ts';
import type { Unfinished } from './unfinished.ts';

/**
 * What people's own calendars say. Nobody waits for one: what is known is told at once, and when a calendar has been read and says
 * something else, its owner's pages hear that their meetings have changed, and ask again.
 */
export interface CalendarDays {
  /** @param opened somebody has just come to look: what was read some seconds ago is too old */
  look(peer: Peer, range: TimeRange, opened: boolean): OwnDay;
  /** Lets what the person organizes around now follow their calendar. */
  freshen(peer: Peer): void;
  /** What was read is not to be trusted any more. */
  forget(person: PersonKey): void;
}

export interface CalendarDaysOptions extends Omit<CalendarReadingOptions, 'nowMs'> {
  readonly calendars: OwnCalendars;
  readonly unfinished: Unfinished;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly online: Pick<Online, 'tell'>;
  /** One at a time for each person, with what writes into their calendar. */
  readonly inTurn: Serial;
  /** Told once when somebody's calendar begins to fail. */
  readonly onFailure: (error: unknown) => void;
}

const FRESH_MS = 60_000;
const FRESH_ENOUGH_TO_OPEN_MS = 5_000;
const FAILED_MS = 30_000;
/** As far as somebody looks without choosing a day. */
const AROUND_NOW = { beforeMs: 12 * 3_600_000, afterMs: 48 * 3_600_000 } as const;
const MAX_PEOPLE = 5_000;
const DAYS_OF_ONE = 6;

interface Known {
  readonly day: OwnDay;
  readonly readAtMs: number;
  /** Not again before. */
  readonly nextMs: number;
}

interface OfOne {
  readonly days: BoundedMap<string, Known>;
  readonly reading: Set<string>;
}

const NONE: OwnDay = { state: 'none', entries: [], refusal: null };
const READING: OwnDay = { state: 'reading', entries: [], refusal: null };

export function createCalendarDays(options: CalendarDaysOptions): CalendarDays {
  const { calendars, clock, online, inTurn, onFailure } = options;
  const people = new Map<PersonKey, OfOne>();

  const of = (person: PersonKey): OfOne => {
    const known = people.get(person) ?? { days: createBoundedMap<string, Known>(DAYS_OF_ONE), reading: new Set() };
    people.delete(person);
    people.set(person, known);
    if (people.size > MAX_PEOPLE) forgetOldest(people);
    return known;
  };
  const read = (peer: Peer, calendar: OwnCalendar, { key, range }: Wanted): void => {
    const mine = of(peer.person);
    // Whoever wants more at once gets the rest when they ask again.
    if (mine.reading.has(key) || mine.reading.size >= DAYS_OF_ONE) return;
    mine.reading.add(key);
    const reader: Reader = { asker: askerOf(peer), names: namesOf(peer), calendar };
    inTurn(peer.person, async () => {
      const before = mine.days.get(key);
      const next = await readNow(options, reader, { range, before });
      mine.days.set(key, next);
      if (JSON.stringify(before?.day) !== JSON.stringify(next.day) && key !== NOW)
        online.tell([peer.person], 'listsChanged', { list: 'meetings' });
    })
      .catch(onFailure)
      .finally(() => mine.reading.delete(key));
  };
  const calendarOf = ({ account }: Peer): OwnCalendar | null =>
    // The mailbox of a guest is at home, where this tenant's word counts nothing.
    account.kind === 'guest' ? null : calendars(account.tid);

  return {
    look(peer, range, opened) {
      const calendar = calendarOf(peer);
      if (calendar === null) return NONE;
      const key = `${range.fromMs} ${range.toMs}`;
      const known = of(peer.person).days.get(key);
      if (isDue(known, clock.nowMs(), opened)) read(peer, calendar, { key, range });
      return known?.day ?? READING;
    },
    freshen(peer) {
      const calendar = calendarOf(peer);
      const nowMs = clock.nowMs();
      if (calendar === null || !isDue(of(peer.person).days.get(NOW), nowMs, false)) return;
      const range = { fromMs: nowMs - AROUND_NOW.beforeMs, toMs: nowMs + AROUND_NOW.afterMs };
      read(peer, calendar, { key: NOW, range });
    },
    forget: (person) => people.delete(person),
  };
}

const NOW = 'now';

function forgetOldest(people: Map<PersonKey, OfOne>): void {
  const [oldest] = people.keys();
  if (oldest !== undefined) people.delete(oldest);
}

interface Wanted {
  readonly key: string;
  readonly range: TimeRange;
}

const namesOf = ({ account }: Peer): readonly string[] => (account.mail === '' ? [] : [account.mail]);

function isDue(known: Known | undefined, nowMs: number, opened: boolean): boolean {
  if (known === undefined) return true;
  const isOld = opened && nowMs >= known.readAtMs + FRESH_ENOUGH_TO_OPEN_MS && known.day.state === 'ready';
  return isOld || nowMs >= known.nextMs;
}

async function readNow(
  options: CalendarDaysOptions,
  reader: Reader,
  { range, before }: { readonly range: TimeRange; readonly before: Known | undefined },
): Promise<Known> {
  const { clock, unfinished, onFailure } = options;
  const { nowMs } = clock;
  try {
    const entries = await readCalendar({ ...options, nowMs }, reader, range);
    if (entries !== null) await unfinished.withdraw(reader.asker, reader.calendar);
    return { day: dayOf(entries), readAtMs: nowMs(), nextMs: nowMs() + FRESH_MS };
  } catch (error) {
    const refusal = refusalOfCalendar(error);
    if (before?.day.refusal?.code !== refusal.code) onFailure(error);
    const day: OwnDay = { state: 'failed', entries: before?.day.entries ?? [], refusal };
    return { day, readAtMs: nowMs(), nextMs: nowMs() + waitAfter(error, refusal) };
  }
}

const dayOf = (entries: readonly CalendarEntry[] | null): OwnDay =>
  entries === null ? NONE : { state: 'ready', entries, refusal: null };

/** As long as Graph asks for, and never at once. */
function waitAfter(error: unknown, { code }: Refusal): number {
  const failure = error instanceof DirectoryError ? error.failure : null;
  if (failure?.code === 'throttled') return Math.max(failure.retryAfterMs, FAILED_MS);
  return code === 'calendar-denied' ? 10 * FAILED_MS : FAILED_MS;
}
