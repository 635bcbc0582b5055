import { accept, type Result, refuse } from '../call/refusal.ts';
import type { PersonKey } from '../call/state.ts';
import { mayManage } from './admitting.ts';
import type { Invitee, Meeting } from './model.ts';
import type { MeetingDraft } from './schedule.ts';

/** Somebody's change of a meeting, as they had it on the screen. */
export interface ChangeRequest {
  readonly by: PersonKey;
  /** The revision that they saw: of two who edit at once the second looks again. */
  readonly revision: number;
}

/** A one-time call stays one of its agent and one customer: only its title and times change. */
export function editMeeting(meeting: Meeting, draft: MeetingDraft, request: ChangeRequest): Result<Meeting> {
  const may = mayChange(meeting, request, 'edit');
  if (!may.ok) return may;
  const { title, startMs, endMs, zone } = draft;
  const times = { title: title.trim(), startMs, endMs, zone, revision: meeting.revision + 1 };
  if (meeting.kind === 'oneTime') return accept({ ...meeting, ...times });
  const { invitees, coOrganizers, presenters, lobby, anonymousAllowed } = draft;
  return accept({ ...meeting, ...times, invitees, coOrganizers, presenters, lobby, anonymousAllowed });
}

/** For good: another meeting is a new one. */
export function cancelMeeting(meeting: Meeting, request: ChangeRequest): Result<Meeting> {
  if (meeting.cancelled) return accept(meeting);
  const may = mayChange(meeting, request, 'cancel');
  return may.ok ? accept({ ...meeting, cancelled: true, revision: meeting.revision + 1 }) : may;
}

function mayChange(meeting: Meeting, { by, revision }: ChangeRequest, action: 'edit' | 'cancel'): Result<null> {
  const may = mayManage(by, meeting, action);
  if (!may.ok) return may;
  if (meeting.cancelled) return refuse('meeting-cancelled');
  return meeting.revision === revision ? accept(null) : refuse('meeting-changed');
}

/** What the people of a meeting should hear of. */
export interface MeetingChanges {
  readonly moved: boolean;
  readonly renamed: boolean;
  readonly cancelled: boolean;
  /** Whoever waits is to be asked for anew (`reconsider`). */
  readonly door: boolean;
  readonly added: readonly Invitee[];
  readonly removed: readonly Invitee[];
}

export function changesOf(before: Meeting, after: Meeting): MeetingChanges {
  const isIn = (list: readonly Invitee[], invitee: Invitee): boolean => list.some((one) => sameInvitee(one, invitee));
  const added = after.invitees.filter((invitee) => !isIn(before.invitees, invitee));
  const removed = before.invitees.filter((invitee) => !isIn(after.invitees, invitee));
  const moved = before.startMs !== after.startMs || before.endMs !== after.endMs;
  const cancelled = !before.cancelled && after.cancelled;
  const roles = [before, after].map(({ coOrganizers, presenters }) => [...coOrganizers, '', ...presenters].join(' '));
  const door =
    moved ||
    cancelled ||
    added.length + removed.length > 0 ||
    roles[0] !== roles[1] ||
    before.lobby !== after.lobby ||
    before.anonymousAllowed !== after.anonymousAllowed;
  return { moved, renamed: before.title !== after.title, cancelled, door, added, removed };
}

const sameInvitee = (a: Invitee, b: Invitee): boolean =>
  a.kind === 'account' ? b.kind === 'account' && a.person === b.person : b.kind === 'mail' && a.mail === b.mail;
