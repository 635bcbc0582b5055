import { createHash } from 'node:crypto';
import { type Result, refuse } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { changesOf } from '../../domain/meeting/change.ts';
import type { Invitee, Meeting } from '../../domain/meeting/model.ts';
import { concernsCalendar } from '../../domain/meeting/own-calendar.ts';
import type { Serial } from '../calls/serial.ts';
import { expectedIn } from '../meetings/addressees.ts';
import { howToJoin } from '../meetings/invitation.ts';
import { type Links, mostLinksOf } from '../meetings/links.ts';
import { askerOf, type Peer } from '../people/peer.ts';
import type { MeetingStore } from '../store/meeting-store.ts';
import { refusalOfCalendar } from './calendar-refusal.ts';
import type { Attendee, EventChange, OwnCalendar, OwnCalendars } from './own-calendar.ts';
import type { Unfinished } from './unfinished.ts';

type Keep = (meeting: Meeting) => Promise<Result<Meeting>>;

/** What is done at the desk is done in the organizer's own calendar first; what that does not take is not done. */
export interface CalendarWrites {
  /** Whether what is planned in a tenant stands in people's own calendars. */
  keepsFor(tid: string): boolean;
  /** Whether a meeting stands in its organizer's calendar, and what is changed here is written there. */
  keeps(meeting: Meeting): boolean;
  /** @param keep stores the meeting, with its place in the calendar where it has one */
  add(peer: Peer, plan: NewPlan, keep: Keep): Promise<Result<Meeting>>;
  /** @param keep stores the meeting as it is after the change */
  change(peer: Peer, change: MeetingChange, keep: Keep): Promise<Result<Meeting>>;
}

export interface NewPlan {
  readonly meeting: Meeting;
  readonly commandId: string;
}

export interface MeetingChange {
  readonly before: Meeting;
  readonly after: Meeting;
}

export interface CalendarWritesOptions {
  readonly calendars: OwnCalendars;
  readonly store: Pick<MeetingStore, 'get'>;
  readonly links: Pick<Links, 'draft'>;
  readonly unfinished: Unfinished;
  /** One at a time for each person, with what reads their calendar. */
  readonly inTurn: Serial;
  readonly addressees: (peer: Peer, invitees: readonly Invitee[]) => Promise<readonly Attendee[]>;
  /** What was known of the person's calendar is known no more; what reads it now has to wait. */
  readonly onWriting: (peer: Peer) => void;
}

const CANCELLED = 'The organizer has cancelled this meeting. Its link does not work any more.';

export function createCalendarWrites(options: CalendarWritesOptions): CalendarWrites {
  const { calendars, store, inTurn, onWriting } = options;
  return {
    keepsFor: (tid) => calendars(tid) !== null,
    keeps: ({ tid, calendar }) => calendar !== undefined && calendars(tid) !== null,
    add(peer, { meeting, commandId }, keep) {
      const calendar = calendars(meeting.tid);
      if (calendar === null) return keep(meeting);
      return inTurn(peer.person, async () => {
        // The same request again is the same meeting, also for the calendar.
        const named = { ...meeting, meetingId: idOf(peer.person, commandId) };
        if ((await store.get(named.meetingId)) !== null) return keep(named);
        onWriting(peer);
        return orRefusal(() => addFirst(options, { peer, calendar, meeting: named }, keep));
      });
    },
    async change(peer, { before, after }, keep) {
      const calendar = calendars(after.tid);
      const ref = before.calendar;
      if (calendar === null || ref === undefined || !concernsCalendar(before, after)) return keep(after);
      if (peer.person !== after.organizer) return refuse('calendar-of-organizer');
      return inTurn(peer.person, () =>
        orRefusal(async () => {
          onWriting(peer);
          const asker = askerOf(peer);
          // While this waited for its turn, the calendar may have been read: what was done there comes first.
          if ((await store.get(after.meetingId))?.revision !== before.revision) return refuse('meeting-changed');
          if (after.cancelled) await calendar.remove(asker, ref, CANCELLED);
          else if ((await calendar.change(asker, ref, await changeOf(options, peer, { before, after }))) === 'gone')
            return refuse('meeting-changed', 'gone from the calendar');
          return keep(after);
        }),
      );
    },
  };
}

async function orRefusal(work: () => Promise<Result<Meeting>>): Promise<Result<Meeting>> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, refusal: refusalOfCalendar(error) };
  }
}

interface Addition {
  readonly peer: Peer;
  readonly calendar: OwnCalendar;
  readonly meeting: Meeting;
}

/** Only once the calendar has it, it is a meeting. A hub that ends in between has noted what it must take back. */
async function addFirst(
  { links, unfinished, addressees }: CalendarWritesOptions,
  { peer, calendar, meeting }: Addition,
  keep: Keep,
): Promise<Result<Meeting>> {
  const { meetingId, title, startMs, endMs, zone } = meeting;
  const attendees = (await addressees(peer, expectedIn(meeting))).filter(({ mail }) => mail !== '');
  const link = links.draft();
  await unfinished.begin(peer.person, meetingId);
  const event = { meetingId, title, startMs, endMs, zone, attendees, text: howToJoin(link.url) };
  const ref = await calendar.add(askerOf(peer), event);
  if (ref !== null) {
    const isLinked = await link.keep(meeting, mostLinksOf(peer.person, meeting));
    if (!isLinked.ok) return isLinked;
  }
  const kept = await keep(ref === null ? meeting : { ...meeting, calendar: ref });
  await unfinished.end(peer.person, meetingId);
  return kept;
}

async function changeOf(
  { addressees }: CalendarWritesOptions,
  peer: Peer,
  { before, after }: MeetingChange,
): Promise<EventChange> {
  const { moved, renamed } = changesOf(before, after);
  const { startMs, endMs, zone } = after;
  const without = (list: readonly Invitee[], others: readonly Invitee[]): readonly Invitee[] => {
    const known = new Set(others.map(nameOf));
    return list.filter((one) => !known.has(nameOf(one)));
  };
  const [was, is] = [expectedIn(before), expectedIn(after)];
  return {
    ...(renamed ? { title: after.title } : {}),
    ...(moved || before.zone !== after.zone ? { times: { startMs, endMs, zone } } : {}),
    added: (await addressees(peer, without(is, was))).filter(({ mail }) => mail !== ''),
    removed: await addressees(peer, without(was, is)),
  };
}

const nameOf = (invitee: Invitee): string => (invitee.kind === 'account' ? invitee.person : invitee.mail);

/** A UUID of the kind that applications define (version 8, RFC 9562), from a request that names itself. */
function idOf(person: PersonKey, commandId: string): string {
  const hex = createHash('sha256').update(`${person} ${commandId}`).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
