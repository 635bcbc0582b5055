import type { CalendarEntry, OwnDay } from '../../client/types.ts';
import type { PlacedMeeting } from '../../domain/meeting/joinable.ts';
import type { CalendarDate } from '../../domain/meeting/local-time.ts';

/** Something else in one's own calendar, with a place among the day's meetings. */
export interface OwnEntry extends PlacedMeeting {
  readonly own: CalendarEntry;
}

/** Those that take some of the day's hours. */
export const timedEntries = ({ entries }: OwnDay): readonly OwnEntry[] =>
  entries
    .filter(({ allDay }) => !allDay)
    .map((own) => ({ own, meetingId: `own ${own.entryId}`, startMs: own.startMs, endMs: own.endMs }));

/** Those that take the whole day: days without a zone, which are the same date everywhere. */
export function allDayEntries({ entries }: OwnDay, date: CalendarDate): readonly CalendarEntry[] {
  const dayMs = Date.parse(`${date}T00:00:00Z`);
  return entries.filter(({ allDay, startMs, endMs }) => allDay && startMs <= dayMs && dayMs < endMs);
}

/** What is said of a calendar that could not be read; null where there is nothing to say. */
export function calendarProblem({ state, refusal }: OwnDay) {
  if (state !== 'failed') return null;
  switch (refusal?.code) {
    case 'calendar-denied':
      return 'day.calendarDenied';
    case 'sign-in-more':
      return 'day.calendarSignIn';
    default:
      return 'day.calendarAway';
  }
}
