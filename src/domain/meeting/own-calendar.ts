import { changesOf } from './change.ts';
import type { Meeting } from './model.ts';
import { MAX_DURATION_HOURS, MAX_TITLE_LENGTH } from './schedule.ts';

/** A meeting as it stands in its organizer's own calendar. */
export interface SeenInCalendar {
  readonly title: string;
  /** ms since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Takes over what its organizer has done to a meeting in their own calendar: subject and times are at home there. Calendars allow
 * more than meetings do: one without a subject keeps its title, one that takes no time takes a minute, one of days its first day.
 * @param seen null: it is not there any more, which cancels it
 * @returns the same object where nothing has changed
 */
export function followCalendar(meeting: Meeting, seen: SeenInCalendar | null): Meeting {
  if (meeting.cancelled) return meeting;
  const revision = meeting.revision + 1;
  if (seen === null) return { ...meeting, cancelled: true, revision };
  const title = seen.title.trim().slice(0, MAX_TITLE_LENGTH).trim() || meeting.title;
  const { startMs } = seen;
  const endMs = Math.min(Math.max(seen.endMs, startMs + MINUTE_MS), startMs + MAX_DURATION_HOURS * HOUR_MS);
  const isSame = title === meeting.title && startMs === meeting.startMs && endMs === meeting.endMs;
  return isSame ? meeting : { ...meeting, title, startMs, endMs, revision };
}

/** Whether a change at the desk has to be written into the calendar. Who comes in and who waits does not stand there. */
export function concernsCalendar(before: Meeting, after: Meeting): boolean {
  const { moved, renamed, cancelled } = changesOf(before, after);
  return moved || renamed || cancelled || before.zone !== after.zone || peopleIn(before) !== peopleIn(after);
}

const peopleIn = ({ invitees, coOrganizers, presenters }: Meeting): string =>
  [
    ...new Set([
      ...coOrganizers,
      ...presenters,
      ...invitees.map((invitee) => (invitee.kind === 'account' ? invitee.person : invitee.mail)),
    ]),
  ]
    .toSorted()
    .join(' ');
