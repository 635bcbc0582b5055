import type { Meeting } from '../../client/types.ts';
import { type CalendarDay, calendarDay, type DayEntry } from '../../domain/meeting/day.ts';
import type { PlacedMeeting } from '../../domain/meeting/joinable.ts';
import { type CalendarDate, localOf } from '../../domain/meeting/local-time.ts';
import { offsetMinAt } from '../../ui/text/zones.ts';

const MINUTE_MS = 60_000;
const HOUR_MIN = 60;
/** A meeting of five minutes still has a line of text. */
export const SHORTEST_SHOWN_MIN = 30;
/** What a calm day shows without scrolling. */
const USUAL_HOURS = { fromHour: 7, toHour: 19 } as const;

/** Where a meeting stands in the picture of a day; all from 0 to 1. */
export interface PlacedEntry<M extends PlacedMeeting> {
  readonly entry: DayEntry<M>;
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly width: number;
}

export interface HourLine {
  /** The instant, ms since the epoch: on a day when clocks change, hours are skipped or come twice. */
  readonly atMs: number;
  readonly top: number;
}

export interface DayPicture<M extends PlacedMeeting> {
  readonly hours: readonly HourLine[];
  /** How many hours it shows. */
  readonly shownHours: number;
  /** How many the whole day has: 23 or 25 where clocks change. */
  readonly dayHours: number;
  readonly entries: readonly PlacedEntry<M>[];
  /** Null on any other day, and outside of the hours that are shown. */
  readonly nowTop: number | null;
}

/** As high as a line of text is on the scale of the hours. */
const WORDS_HOURS = 0.35;

/** An hour's own words would stand under those of the line for now, or be cut by it. */
export const isUnderNow = (top: number, { nowTop, shownHours }: Pick<DayPicture<never>, 'nowTop' | 'shownHours'>) =>
  nowTop !== null && Math.abs(top - nowTop) * shownHours < WORDS_HOURS;

/** A one-time call that is over takes no room of the day from those to come; the page of one-time calls tells of it. */
export const standsInDay = ({ oneTime }: Pick<Meeting, 'oneTime'>): boolean =>
  oneTime !== 'ended' && oneTime !== 'expired' && oneTime !== 'revoked';

interface DayWish {
  readonly date: CalendarDate;
  readonly zone: string;
  readonly nowMs: number;
}

/** A day's meetings, side by side where they overlap. Shows working hours, and more where a meeting needs it. */
export function dayPicture<M extends PlacedMeeting>(
  meetings: readonly M[],
  { date, zone, nowMs }: DayWish,
): DayPicture<M> {
  const day = calendarDay(stretched(meetings), { date, zone }, offsetMinAt);
  const { fromMin, toMin } = shownRange(day, zone, nowMs);
  const spanMin = toMin - fromMin;
  const share = (minute: number): number => (minute - fromMin) / spanMin;
  const nowMin = (nowMs - day.startMs) / MINUTE_MS;
  return {
    hours: hoursFrom(fromMin, toMin).map((minute) => ({
      atMs: day.startMs + minute * MINUTE_MS,
      top: share(minute),
    })),
    shownHours: spanMin / HOUR_MIN,
    dayHours: (day.endMs - day.startMs) / (HOUR_MIN * MINUTE_MS),
    entries: day.entries.map((entry) => ({
      entry: { ...entry, meeting: originalOf(entry.meeting, meetings) },
      top: share(entry.fromMin),
      height: (entry.toMin - entry.fromMin) / spanMin,
      left: entry.column / entry.columns,
      width: 1 / entry.columns,
    })),
    nowTop: nowMs >= day.startMs && nowMs < day.endMs && nowMin >= fromMin && nowMin <= toMin ? share(nowMin) : null,
  };
}

/** Drawn as long as their text needs, so that short ones that follow each other do not cover one another. */
const stretched = <M extends PlacedMeeting>(meetings: readonly M[]): readonly M[] =>
  meetings.map((meeting) => ({
    ...meeting,
    endMs: Math.max(meeting.endMs, meeting.startMs + SHORTEST_SHOWN_MIN * MINUTE_MS),
  }));

const originalOf = <M extends PlacedMeeting>(shown: M, meetings: readonly M[]): M =>
  meetings.find(({ meetingId }) => meetingId === shown.meetingId) ?? shown;

/** Whole hours from the day's first instant. */
function shownRange(day: CalendarDay, zone: string, nowMs: number) {
  const dayMin = (day.endMs - day.startMs) / MINUTE_MS;
  const usual = (hour: number): number => minuteOfHour(day, zone, hour);
  const times = day.entries.flatMap(({ fromMin, toMin }) => [fromMin, toMin]);
  if (nowMs >= day.startMs && nowMs < day.endMs) times.push((nowMs - day.startMs) / MINUTE_MS);
  const first = Math.min(usual(USUAL_HOURS.fromHour), ...times);
  const last = Math.max(usual(USUAL_HOURS.toHour), ...times);
  return {
    fromMin: Math.floor(first / HOUR_MIN) * HOUR_MIN,
    toMin: Math.min(Math.ceil(last / HOUR_MIN) * HOUR_MIN, dayMin),
  };
}

/** When the clocks show a full hour, as minutes from the day's first instant. */
function minuteOfHour(day: CalendarDay, zone: string, hour: number): number {
  const lengthMin = (day.endMs - day.startMs) / MINUTE_MS;
  for (let minute = 0; minute < lengthMin; minute += HOUR_MIN) {
    if (localOf(day.startMs + minute * MINUTE_MS, zone, offsetMinAt).minuteOfDay >= hour * HOUR_MIN) return minute;
  }
  return Math.min(hour * HOUR_MIN, lengthMin);
}

function hoursFrom(fromMin: number, toMin: number): readonly number[] {
  return Array.from({ length: Math.ceil((toMin - fromMin) / HOUR_MIN) }, (_none, i) => fromMin + i * HOUR_MIN);
}
