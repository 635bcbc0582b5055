import { byStart, overlaps, type PlacedMeeting } from './joinable.ts';
import { type CalendarDate, dayBounds, type OffsetMinAt } from './local-time.ts';

/** A meeting's place in the calendar of one day. */
export interface DayEntry<M extends PlacedMeeting = PlacedMeeting> {
  readonly meeting: M;
  /** From the day's first instant, as time goes by: on a day of 25 hours up to 1500. Never equal. */
  readonly fromMin: number;
  readonly toMin: number;
  readonly startsBefore: boolean;
  readonly endsAfter: boolean;
  /** Overlapping meetings stand side by side: from 0, of so many. */
  readonly column: number;
  readonly columns: number;
}

export interface CalendarDay<M extends PlacedMeeting = PlacedMeeting> {
  readonly startMs: number;
  readonly endMs: number;
  /** By start. */
  readonly entries: readonly DayEntry<M>[];
}

const MINUTE_MS = 60_000;

/** The meetings of one day in a zone, also those that last past midnight. */
export function calendarDay<M extends PlacedMeeting>(
  meetings: readonly M[],
  { date, zone }: { readonly date: CalendarDate; readonly zone: string },
  offsetMinAt: OffsetMinAt,
): CalendarDay<M> {
  const day = dayBounds(date, zone, offsetMinAt);
  const shown = meetings.filter((meeting) => overlaps(meeting, day)).toSorted(byStart);
  return { ...day, entries: clustersOf(shown).flatMap((cluster) => layOut(cluster, day)) };
}

/** Groups in which each meeting overlaps, by way of others, with every other one. */
function clustersOf<M extends PlacedMeeting>(meetings: readonly M[]): readonly (readonly M[])[] {
  const clusters: M[][] = [];
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const meeting of meetings) {
    const cluster = meeting.startMs < untilMs ? clusters.at(-1) : undefined;
    if (cluster === undefined) clusters.push([meeting]);
    else cluster.push(meeting);
    untilMs = Math.max(untilMs, meeting.endMs);
  }
  return clusters;
}

/** Each in the first column that is free by its start. */
function layOut<M extends PlacedMeeting>(
  cluster: readonly M[],
  day: Pick<CalendarDay, 'startMs' | 'endMs'>,
): readonly DayEntry<M>[] {
  const endsMs: number[] = [];
  const columns = cluster.map((meeting) => {
    const free = endsMs.findIndex((endMs) => endMs <= meeting.startMs);
    const column = free === -1 ? endsMs.length : free;
    endsMs[column] = meeting.endMs;
    return column;
  });
  return cluster.map((meeting, at) => ({
    meeting,
    fromMin: (Math.max(meeting.startMs, day.startMs) - day.startMs) / MINUTE_MS,
    toMin: (Math.min(meeting.endMs, day.endMs) - day.startMs) / MINUTE_MS,
    startsBefore: meeting.startMs < day.startMs,
    endsAfter: meeting.endMs > day.endMs,
    column: columns[at] ?? 0,
    columns: endsMs.length,
  }));
}
