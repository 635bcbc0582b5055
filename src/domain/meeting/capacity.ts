import type { LobbyState } from './lobby-state.ts';
import type { Meeting, MeetingKind } from './model.ts';

/** Each browser sends its picture to every other one, and three are what a headset's encoder and uplink carry. */
export const MAX_PEOPLE_IN_MEETING = 4;
/** People, not devices: one of them may be there twice. */
export const MAX_PEOPLE_IN_ONE_TIME_CALL = 2;

const capacityOf = (kind: MeetingKind): number =>
  kind === 'oneTime' ? MAX_PEOPLE_IN_ONE_TIME_CALL : MAX_PEOPLE_IN_MEETING;

/** Why nobody else comes in now, or null. Kept places count. */
export function whyFull(state: LobbyState, meeting: Meeting): 'meeting-full' | 'one-time-full' | null {
  if (Object.keys(state.inside).length < capacityOf(meeting.kind)) return null;
  return meeting.kind === 'oneTime' ? 'one-time-full' : 'meeting-full';
}
