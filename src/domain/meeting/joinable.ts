import type { Meeting } from './model.ts';

/** Long enough to get ready, as published for the headset's list. */
export const JOINABLE_BEFORE_MS = 15 * 60_000;

export interface MeetingTimes {
  /** ms since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
}

/** As much of a meeting as its place among others follows from. */
export interface PlacedMeeting extends MeetingTimes {
  readonly meetingId: string;
}

/** Running, or starting within `beforeMs`. The end itself no longer counts. */
export const isJoinable = (meeting: MeetingTimes, nowMs: number, beforeMs: number): boolean =>
  nowMs >= meeting.startMs - beforeMs && nowMs < meeting.endMs;

/**
 * What a headset lists under Join Meeting, by start: whatever runs, also beyond its end while people are in it, or starts soon.
 * Meetings that were made to meet at once are joined by their link alone.
 * @param isHeld whether people are in the meeting's call now, or wait for it to begin
 */
export function meetingsToJoin(
  meetings: readonly Meeting[],
  nowMs: number,
  isHeld: (meeting: Meeting) => boolean,
): readonly Meeting[] {
  return meetings
    .filter(({ kind, cancelled }) => kind !== 'meetNow' && !cancelled)
    .filter((meeting) => isJoinable(meeting, nowMs, JOINABLE_BEFORE_MS) || isHeld(meeting))
    .toSorted(byStart);
}

/** One meeting of several at the same time. */
export interface MeetingPage {
  readonly meeting: Meeting;
  /** From 1. */
  readonly number: number;
  readonly count: number;
  /** Null at the end of the list. */
  readonly previousId: string | null;
  readonly nextId: string | null;
}

/** The page of this meeting; of the first one where it is not listed any more. Null where none is. */
export function pageOf(meetings: readonly Meeting[], meetingId: string | null): MeetingPage | null {
  const at = Math.max(
    0,
    meetings.findIndex((meeting) => meeting.meetingId === meetingId),
  );
  const meeting = meetings[at];
  if (meeting === undefined) return null;
  return {
    meeting,
    number: at + 1,
    count: meetings.length,
    previousId: meetings[at - 1]?.meetingId ?? null,
    nextId: meetings[at + 1]?.meetingId ?? null,
  };
}

/** Touching ends do not overlap. */
export const overlaps = (a: MeetingTimes, b: MeetingTimes): boolean => a.startMs < b.endMs && b.startMs < a.endMs;

/** The same order everywhere, so that pages keep their places. */
export const byStart = (a: PlacedMeeting, b: PlacedMeeting): number =>
  a.startMs - b.startMs || a.endMs - b.endMs || (a.meetingId < b.meetingId ? -1 : 1);
