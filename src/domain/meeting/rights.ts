import { accept, type RefusalCode, type Result, refuse } from '../call/refusal.ts';
import type { DeviceKind } from '../call/state.ts';
import type { MeetingClass, MeetingKind } from './model.ts';

export const MEETING_RIGHTS = [
  'addPeople',
  /** Files from the company's storage. */
  'storageFiles',
  /** More of the people in the call than their names, and who else is invited. */
  'roster',
  'annotate',
  'shareScreen',
  /** To be offered a snapshot where the network is poor. */
  'snapshotPrompt',
  'record',
  'useHeadset',
] as const;
export type MeetingRight = (typeof MEETING_RIGHTS)[number];

/** Somebody in a meeting, as far as it decides what they may do there. */
export interface Participation {
  readonly class: MeetingClass;
  readonly signedIn: boolean;
  readonly device: DeviceKind;
  readonly meeting: MeetingKind;
}

/** What the meeting itself allows somebody; whom they reach with it is asked besides (`decideReach`). */
export function mayInMeeting(right: MeetingRight, who: Participation): Result<null> {
  const code = whyNot(right, who);
  return code === null ? accept(null) : refuse(code);
}

function whyNot(right: MeetingRight, who: Participation): RefusalCode | null {
  switch (who.class) {
    case 'organizer':
    case 'member':
      return null;
    case 'guest':
      return right === 'useHeadset' ? 'guest-on-headset' : null;
    case 'federated':
      return whyNotFederated(right);
    case 'anonymous':
      return whyNotAnonymous(right, who);
  }
}

function whyNotFederated(right: MeetingRight): RefusalCode | null {
  switch (right) {
    case 'addPeople':
      return 'outsiders-no-adding';
    case 'storageFiles':
      return 'external-no-files';
    case 'record':
      return 'outsiders-no-recording';
    case 'roster':
    case 'annotate':
    case 'shareScreen':
    case 'snapshotPrompt':
    case 'useHeadset':
      return null;
  }
}

function whyNotAnonymous(right: MeetingRight, who: Participation): RefusalCode | null {
  if (who.device === 'headset') return 'anonymous-no-headset';
  switch (right) {
    case 'addPeople':
      return 'outsiders-no-adding';
    case 'storageFiles':
      return 'anonymous-no-files';
    case 'roster':
      return 'anonymous-no-roster';
    case 'record':
      return 'outsiders-no-recording';
    case 'useHeadset':
      return 'anonymous-no-headset';
    case 'snapshotPrompt':
      return who.signedIn ? null : 'anonymous-no-snapshots';
    case 'annotate':
      if (who.meeting === 'oneTime') return who.signedIn ? null : 'one-time-no-drawing';
      return who.device === 'phone' ? 'draw-on-desktop' : null;
    case 'shareScreen':
      return null;
  }
}
