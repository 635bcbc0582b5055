import type { PersonKey } from '../call/state.ts';
import type { Account, ReachWorld } from '../reach/model.ts';
import { classTowards } from './classes.ts';
import type { Invitee, LobbyMode, Meeting, MeetingSettings } from './model.ts';
import { cleanLine } from './name.ts';

/** What the organizer decides. */
export interface MeetingDraft {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly zone: string;
  readonly invitees: readonly Invitee[];
  readonly coOrganizers: readonly PersonKey[];
  readonly presenters: readonly PersonKey[];
  readonly lobby: LobbyMode;
  readonly anonymousAllowed: boolean;
}

export interface ScheduleContext {
  readonly world: ReachWorld;
  readonly settings: MeetingSettings;
  readonly organizer: Account;
  accountOf(person: PersonKey): Account | undefined;
  /** Whether the name is an IANA zone that is known here. */
  isZone(zone: string): boolean;
  readonly nowMs: number;
  /** What is being edited; null for a new meeting. */
  readonly before: Meeting | null;
}

export const MAX_TITLE_LENGTH = 200;
/** As for an e-mail's recipients: invitations go out one by one. */
export const MAX_INVITEES = 100;
export const MAX_DURATION_HOURS = 24;
const MIN_DURATION_MS = 60_000;
const HOUR_MS = 3_600_000;
/** While somebody fills in the form, the time they chose goes by. */
const LATE_MS = 5 * 60_000;
/** Five years. Further off, a time is a slip of the keyboard. */
const MAX_AHEAD_MS = 5 * 366 * 24 * HOUR_MS;

/** Why a meeting cannot be planned so; each has its sentence next to the field. */
export type ScheduleProblem =
  | { readonly kind: 'title-missing' }
  | { readonly kind: 'title-too-long'; readonly max: number }
  | { readonly kind: 'zone-unknown'; readonly zone: string }
  | { readonly kind: 'time-missing' }
  | { readonly kind: 'too-short' }
  | { readonly kind: 'too-long'; readonly maxHours: number }
  | { readonly kind: 'in-the-past' }
  | { readonly kind: 'too-far-ahead' }
  | { readonly kind: 'too-many-people'; readonly max: number }
  | { readonly kind: 'address-malformed'; readonly mail: string }
  | { readonly kind: 'person-unknown'; readonly person: PersonKey }
  | { readonly kind: 'lobby-not-allowed'; readonly lobby: LobbyMode }
  | { readonly kind: 'organizer-not-member' }
  /** Whoever runs a meeting is a member of its company. */
  | { readonly kind: 'co-organizer-not-member'; readonly person: PersonKey }
  /** Presenters admit others: the company has to know them. */
  | { readonly kind: 'presenter-not-known'; readonly person: PersonKey };

/** What can be told of a draft without knowing anybody: what a form says while it is filled in. */
export type FormContext = Pick<ScheduleContext, 'isZone' | 'nowMs'> & {
  readonly before: Pick<Meeting, 'startMs' | 'endMs'> | null;
};

export const formProblems = (draft: MeetingDraft, context: FormContext): readonly ScheduleProblem[] => [
  ...titleProblems(titleOf(draft)),
  ...timeProblems(draft, context),
  ...mailProblems(draft.invitees),
];

/** Everything that is wrong with a draft, in the order of the form; empty: it can be planned. */
export const scheduleProblems = (draft: MeetingDraft, context: ScheduleContext): readonly ScheduleProblem[] => [
  ...titleProblems(titleOf(draft)),
  ...timeProblems(draft, context),
  ...inviteeProblems(draft.invitees, context),
  ...roleProblems(draft, context),
  ...lobbyProblems(draft.lobby, context),
];

/** As others will see it. */
const titleOf = ({ title }: MeetingDraft): string => cleanLine(title, Number.POSITIVE_INFINITY);

function titleProblems(title: string): readonly ScheduleProblem[] {
  if (title === '') return [{ kind: 'title-missing' }];
  return title.length > MAX_TITLE_LENGTH ? [{ kind: 'title-too-long', max: MAX_TITLE_LENGTH }] : [];
}

function timeProblems({ startMs, endMs, zone }: MeetingDraft, context: FormContext): readonly ScheduleProblem[] {
  if (!Number.isFinite(startMs) || !Number.isFinite(endMs)) return [{ kind: 'time-missing' }];
  const problems: ScheduleProblem[] = context.isZone(zone) ? [] : [{ kind: 'zone-unknown', zone }];
  if (endMs - startMs < MIN_DURATION_MS) problems.push({ kind: 'too-short' });
  if (endMs - startMs > MAX_DURATION_HOURS * HOUR_MS) problems.push({ kind: 'too-long', maxHours: MAX_DURATION_HOURS });
  if (isPast({ startMs, endMs }, context)) problems.push({ kind: 'in-the-past' });
  if (startMs - context.nowMs > MAX_AHEAD_MS) problems.push({ kind: 'too-far-ahead' });
  return problems;
}

/** Whoever edits something else about a meeting may leave its times as they are. */
function isPast({ startMs, endMs }: Pick<Meeting, 'startMs' | 'endMs'>, { before, nowMs }: FormContext): boolean {
  if (before?.startMs === startMs) return before.endMs !== endMs && endMs <= nowMs;
  return startMs < nowMs - LATE_MS || endMs <= nowMs;
}

const mailProblems = (invitees: readonly Invitee[]): readonly ScheduleProblem[] => [
  ...(invitees.length > MAX_INVITEES ? [{ kind: 'too-many-people', max: MAX_INVITEES } as const] : []),
  ...invitees.flatMap((invitee): readonly ScheduleProblem[] =>
    invitee.kind === 'account' || isMail(invitee.mail) ? [] : [{ kind: 'address-malformed', mail: invitee.mail }],
  ),
];

const inviteeProblems = (invitees: readonly Invitee[], context: ScheduleContext): readonly ScheduleProblem[] => [
  ...mailProblems(invitees),
  ...invitees.flatMap((invitee): readonly ScheduleProblem[] => {
    if (invitee.kind === 'mail' || context.accountOf(invitee.person) !== undefined) return [];
    return [{ kind: 'person-unknown', person: invitee.person }];
  }),
];

function roleProblems(draft: MeetingDraft, context: ScheduleContext): readonly ScheduleProblem[] {
  const { organizer } = context;
  const isMember = (account: Account | undefined): boolean =>
    account !== undefined && account.tid === organizer.tid && account.kind !== 'guest';
  const isKnown = (account: Account | undefined): boolean =>
    account !== undefined && classOf(account, draft, context) !== 'anonymous';
  return [
    ...(isMember(organizer) ? [] : [{ kind: 'organizer-not-member' } as const]),
    ...draft.coOrganizers
      .filter((person) => !isMember(context.accountOf(person)))
      .map((person) => ({ kind: 'co-organizer-not-member', person }) as const),
    ...draft.presenters
      .filter((person) => !isKnown(context.accountOf(person)))
      .map((person) => ({ kind: 'presenter-not-known', person }) as const),
  ];
}

const classOf = (account: Account, draft: MeetingDraft, { world, organizer }: ScheduleContext) =>
  classTowards({ world, meeting: plannedMeeting(draft, organizer), organizer }, account);

/** A lobby setting that was allowed once may stay; it then never opens more than the tenant's default. */
const lobbyProblems = (lobby: LobbyMode, { settings, before }: ScheduleContext): readonly ScheduleProblem[] =>
  settings.lobby.allowed.includes(lobby) || before?.lobby === lobby ? [] : [{ kind: 'lobby-not-allowed', lobby }];

/** The draft as a meeting that has no id yet. */
export const plannedMeeting = (draft: MeetingDraft, organizer: Account): Meeting => ({
  ...draft,
  title: titleOf(draft),
  tid: organizer.tid,
  meetingId: '',
  kind: 'scheduled',
  organizer: organizer.key,
  cancelled: false,
  revision: 1,
});

const MAX_MAIL_LENGTH = 254;
/** The pattern of the HTML standard, with at least one dot in the domain. */
const MAIL =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** @param mail lower case, its domain as ASCII */
export const isMail = (mail: string): boolean => mail.length <= MAX_MAIL_LENGTH && MAIL.test(mail);
