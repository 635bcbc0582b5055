import type { Meeting } from '../../client/types.ts';

export interface MeetingGroups {
  readonly now: readonly Meeting[];
  readonly later: readonly Meeting[];
  readonly earlier: readonly Meeting[];
}

/** A day's meetings, each group in the order of their start. The hub says which can be joined. */
export function groupMeetings(meetings: readonly Meeting[], nowMs: number): MeetingGroups {
  const inOrder = [...meetings].sort((a, b) => a.startMs - b.startMs);
  const rest = inOrder.filter((meeting) => !meeting.joinable);
  return {
    now: inOrder.filter((meeting) => meeting.joinable),
    later: rest.filter((meeting) => meeting.startMs > nowMs),
    earlier: rest.filter((meeting) => meeting.startMs <= nowMs),
  };
}
