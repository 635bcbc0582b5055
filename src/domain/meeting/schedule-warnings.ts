import type { PersonKey } from '../call/state.ts';
import { admitters } from './admitting.ts';
import { anonymousCaller, describeCaller } from './classes.ts';
import { askEntry, type Entry } from './entry.ts';
import { overlaps } from './joinable.ts';
import type { Invitee, Meeting } from './model.ts';
import { type MeetingDraft, plannedMeeting, type ScheduleContext } from './schedule.ts';

export interface WarningContext extends ScheduleContext {
  /** Whether somebody has the licence for a desk, where people are admitted. */
  sitsAtDesk(person: PersonKey): boolean;
  /** The organizer's other ones. */
  readonly meetings: readonly Meeting[];
}

/** What can be planned so, and probably is not meant. */
export type ScheduleWarning =
  /** They would wait in the lobby, and nobody would be there to let them in. What helps is offered. */
  | {
      readonly kind: 'nobody-to-admit';
      readonly waiting: readonly Invitee[];
      /** Whether the lobby may be opened to everyone. */
      readonly offerEveryone: boolean;
      /** Invited people at a desk, who could be made co-organizers. */
      readonly offerCoOrganizers: readonly PersonKey[];
    }
  /** They could not even wait. */
  | {
      readonly kind: 'cannot-join';
      readonly invitees: readonly Invitee[];
      readonly code: 'anonymous-off' | 'guest-access-off';
    }
  | { readonly kind: 'overlaps'; readonly meetingIds: readonly string[] };

export function scheduleWarnings(draft: MeetingDraft, context: WarningContext): readonly ScheduleWarning[] {
  const entries = draft.invitees.map((invitee) => ({ invitee, entry: entryOf(invitee, draft, context) }));
  const among = (isMeant: (entry: Entry) => boolean) =>
    entries.filter(({ entry }) => isMeant(entry)).map(({ invitee }) => invitee);
  const waiting = among(({ kind }) => kind === 'lobby');
  return [
    ...(waiting.length === 0 || somebodyAdmits(draft, context) ? [] : [nobodyToAdmit(waiting, draft, context)]),
    ...(['anonymous-off', 'guest-access-off'] as const).flatMap((code) => {
      const invitees = among((entry) => entry.kind === 'denied' && entry.code === code);
      return invitees.length === 0 ? [] : [{ kind: 'cannot-join', invitees, code } as const];
    }),
    ...overlapWarnings(draft, context),
  ];
}

/** A bare address may belong to anybody: only the link is certain to work for them, and by it they are anonymous. */
function entryOf(invitee: Invitee, draft: MeetingDraft, context: WarningContext): Entry {
  const { world, settings, organizer } = context;
  const meeting = plannedMeeting(draft, organizer);
  const guestAccess = world.tenant(organizer.tid)?.guests.enabled ?? false;
  const account = invitee.kind === 'account' ? context.accountOf(invitee.person) : undefined;
  const caller =
    account === undefined ? anonymousCaller('', '') : describeCaller({ world, meeting, organizer }, account, '');
  return askEntry(caller, { meeting, settings, guestAccess, verifiedPresent: true });
}

const somebodyAdmits = (draft: MeetingDraft, { settings, organizer, sitsAtDesk }: WarningContext): boolean =>
  settings.headsetMayAdmit || admitters(plannedMeeting(draft, organizer)).some((person) => sitsAtDesk(person));

function nobodyToAdmit(waiting: readonly Invitee[], draft: MeetingDraft, context: WarningContext): ScheduleWarning {
  const { settings, organizer } = context;
  const colleagues = draft.invitees.flatMap((invitee) => {
    const account = invitee.kind === 'account' ? context.accountOf(invitee.person) : undefined;
    return account !== undefined && account.tid === organizer.tid && account.kind !== 'guest' ? [account.key] : [];
  });
  return {
    kind: 'nobody-to-admit',
    waiting,
    offerEveryone: settings.lobby.allowed.includes('everyone'),
    offerCoOrganizers: colleagues.filter((person) => person !== organizer.key && context.sitsAtDesk(person)),
  };
}

function overlapWarnings(draft: MeetingDraft, { meetings, before }: WarningContext): readonly ScheduleWarning[] {
  const meetingIds = meetings
    .filter((other) => other.meetingId !== before?.meetingId && !other.cancelled && overlaps(draft, other))
    .map(({ meetingId }) => meetingId);
  return meetingIds.length === 0 ? [] : [{ kind: 'overlaps', meetingIds }];
}
