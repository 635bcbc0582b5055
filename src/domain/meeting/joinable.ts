export interface MeetingTimes {
  /** ms since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Running, or starting within `beforeMs`. The end itself no longer counts. */
export const isJoinable = (meeting: MeetingTimes, nowMs: number, beforeMs: number): boolean =>
  nowMs >= meeting.startMs - beforeMs && nowMs < meeting.endMs;
