import type { MeetingDetails } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { addDays, instantOf, localOf, parseLocal, timeField } from '../../domain/meeting/local-time.ts';
import type { Invitee, LobbyMode } from '../../domain/meeting/model.ts';
import { formProblems, isMail, type MeetingDraft, type ScheduleProblem } from '../../domain/meeting/schedule.ts';
import { isZone, offsetMinAt } from '../../ui/text/zones.ts';

export type GuestRole = 'invited' | 'presenter' | 'coOrganizer';

/** Somebody on the list of a meeting's form. */
export type FormPerson =
  | { readonly kind: 'account'; readonly person: PersonKey; readonly name: string; readonly role: GuestRole }
  | { readonly kind: 'mail'; readonly mail: string };

/** A meeting as it stands in the fields of a form: nothing of it need be right yet. */
export interface FormFields {
  readonly title: string;
  /** `2026-03-29` */
  readonly date: string;
  /** `14:30` */
  readonly time: string;
  readonly durationMin: string;
  readonly zone: string;
  readonly people: readonly FormPerson[];
  readonly lobby: LobbyMode;
  readonly anonymousAllowed: boolean;
}

const MINUTE_MS = 60_000;
const NEW_DURATION_MIN = 30;
const QUARTER_MIN = 15;

/** Begins at the next quarter of an hour on the day that is shown; on a day to come, in the morning. */
export function newFields(date: string, zone: string, nowMs: number): FormFields {
  const now = localOf(nowMs, zone, offsetMinAt);
  const quarter = (Math.floor(now.minuteOfDay / QUARTER_MIN) + 1) * QUARTER_MIN;
  const isLate = quarter >= 24 * 60;
  const isToday = date <= now.date;
  return {
    title: '',
    date: isToday ? (isLate ? addDays(now.date, 1) : now.date) : date,
    time: isToday ? timeField({ date, minuteOfDay: isLate ? 0 : quarter }) : '09:00',
    durationMin: String(NEW_DURATION_MIN),
    zone,
    people: [],
    lobby: 'organization',
    anonymousAllowed: true,
  };
}

export function fieldsOf({ draft, people }: Pick<MeetingDetails, 'draft' | 'people'>): FormFields {
  const { title, startMs, endMs, zone, lobby, anonymousAllowed } = draft;
  const start = localOf(startMs, zone, offsetMinAt);
  return {
    title,
    date: start.date,
    time: timeField(start),
    durationMin: String(Math.round((endMs - startMs) / MINUTE_MS)),
    zone,
    people: peopleOf(draft, (person) => people.find(({ key }) => key === person)?.name ?? ''),
    lobby,
    anonymousAllowed,
  };
}

function peopleOf(draft: MeetingDraft, nameOf: (person: PersonKey) => string): readonly FormPerson[] {
  const { invitees, coOrganizers, presenters } = draft;
  const roleOf = (person: PersonKey): GuestRole =>
    coOrganizers.includes(person) ? 'coOrganizer' : presenters.includes(person) ? 'presenter' : 'invited';
  const invited = invitees.flatMap((one) => (one.kind === 'account' ? [one.person] : []));
  const accounts = [...new Set([...invited, ...coOrganizers, ...presenters])];
  return [
    ...accounts.map((person) => ({ kind: 'account', person, name: nameOf(person), role: roleOf(person) }) as const),
    ...invitees.filter((one) => one.kind === 'mail'),
  ];
}

export interface ReadFields {
  /** Its times are NaN where the fields are no time. */
  readonly draft: MeetingDraft;
  /** `gap`, `overlap`: clocks change then. */
  readonly clocks: 'exact' | 'gap' | 'overlap';
}

/** @param before of the meeting that is edited: times that nobody touched stay as they are, also within a minute */
export function readFields(fields: FormFields, before: MeetingDraft | null): ReadFields {
  const { title, zone, lobby, anonymousAllowed, people } = fields;
  const times = readTimes(fields, before);
  const withRole = (role: GuestRole): readonly PersonKey[] =>
    people.flatMap((one) => (one.kind === 'account' && one.role === role ? [one.person] : []));
  const draft = {
    title: title.trim(),
    startMs: times.startMs,
    endMs: times.endMs,
    zone,
    invitees: people.map(
      (one): Invitee =>
        one.kind === 'account' ? { kind: 'account', person: one.person } : { kind: 'mail', mail: one.mail },
    ),
    coOrganizers: withRole('coOrganizer'),
    presenters: withRole('presenter'),
    lobby,
    anonymousAllowed,
  };
  return { draft, clocks: times.clocks };
}

function readTimes({ date, time, durationMin, zone }: FormFields, before: MeetingDraft | null) {
  const local = parseLocal(date, time);
  const minutes = /^\d{1,5}$/.test(durationMin.trim()) ? Number(durationMin) : Number.NaN;
  if (local === null || !isZone(zone)) return { startMs: Number.NaN, endMs: Number.NaN, clocks: 'exact' } as const;
  const read = instantOf(local, zone, offsetMinAt);
  const old = before === null ? null : localOf(before.startMs, before.zone, offsetMinAt);
  const isUntouched = before?.zone === zone && old?.date === local.date && old.minuteOfDay === local.minuteOfDay;
  const startMs = isUntouched ? before.startMs : read.instantMs;
  const isAsLong = isUntouched && Math.round((before.endMs - before.startMs) / MINUTE_MS) === minutes;
  const endMs = isAsLong ? before.endMs : startMs + minutes * MINUTE_MS;
  return { startMs, endMs, clocks: isUntouched ? 'exact' : read.kind } as const;
}

/** What the form can tell by itself; the hub tells the rest. */
export const problemsOf = (
  draft: MeetingDraft,
  nowMs: number,
  before: MeetingDraft | null,
): readonly ScheduleProblem[] => formProblems(draft, { isZone, nowMs, before });

/** Next to which field a problem is shown. */
export function fieldOf({ kind }: ScheduleProblem): 'title' | 'time' | 'people' | 'lobby' {
  switch (kind) {
    case 'title-missing':
    case 'title-too-long':
    case 'organizer-not-member':
      return 'title';
    case 'zone-unknown':
    case 'time-missing':
    case 'too-short':
    case 'too-long':
    case 'in-the-past':
    case 'too-far-ahead':
      return 'time';
    case 'too-many-people':
    case 'address-malformed':
    case 'person-unknown':
    case 'co-organizer-not-member':
    case 'presenter-not-known':
      return 'people';
    case 'lobby-not-allowed':
      return 'lobby';
  }
}

/** As the rules want an address: lower case, its domain as ASCII. Null for what is none. */
export function readMail(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const at = text.lastIndexOf('@');
  if (at < 1) return null;
  const mail = `${text.slice(0, at)}@${asciiDomain(text.slice(at + 1))}`;
  return isMail(mail) ? mail : null;
}

function asciiDomain(domain: string): string {
  if (/^[a-z0-9.-]+$/.test(domain)) return domain;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return '';
  }
}

export const samePerson = (a: FormPerson, b: FormPerson): boolean =>
  a.kind === 'account' ? b.kind === 'account' && a.person === b.person : b.kind === 'mail' && a.mail === b.mail;
