import { accept, type Result, refuse } from '../call/refusal.ts';
import type { DeviceKind, PersonKey } from '../call/state.ts';
import { type Caller, isVerified, type Meeting, type MeetingSettings } from './model.ts';

/** Somebody who decides about others at the door, and from where. */
export interface Admitter {
  readonly caller: Caller;
  readonly device: DeviceKind;
}

/**
 * Organizer, co-organizers and presenters, in the meeting or not: from a desk, and from a headset where the tenant says so.
 * Nobody whom the tenant cannot vouch for ever does.
 */
export function mayAdmit({ caller, device }: Admitter, meeting: Meeting, settings: MeetingSettings): Result<null> {
  if (!isVerified(caller) || !admitters(meeting).includes(caller.person)) return refuse('may-not-admit', 'role');
  const isPlace = device === 'desk' || (device === 'headset' && settings.headsetMayAdmit);
  return isPlace ? accept(null) : refuse('may-not-admit', device);
}

/** Whose role it is, the organizer first, e.g. for a headset that may not: it names them. */
export const admitters = (meeting: Meeting): readonly PersonKey[] => [
  ...new Set([meeting.organizer, ...meeting.coOrganizers, ...meeting.presenters]),
];

/** Who may edit a meeting, make it known and revoke its link; only the organizer cancels it. */
export function mayManage(person: PersonKey, meeting: Meeting, action: 'edit' | 'revoke' | 'cancel'): Result<null> {
  const managers = action === 'cancel' ? [meeting.organizer] : [meeting.organizer, ...meeting.coOrganizers];
  return managers.includes(person) ? accept(null) : refuse('organizer-only');
}
