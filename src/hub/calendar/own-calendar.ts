import type { CalendarRef } from '../../domain/meeting/model.ts';
import type { SeenInCalendar } from '../../domain/meeting/own-calendar.ts';
import type { Asker } from '../directory/directory.ts';
import type { TimeRange } from '../store/meeting-store.ts';

/** Somebody who is invited by mail. */
export interface Attendee {
  readonly name: string;
  /** Compares without regard to case. */
  readonly mail: string;
}

/** What is put into a calendar. */
export interface NewEvent extends SeenInCalendar {
  readonly meetingId: string;
  /** IANA name of the zone that it was planned in. */
  readonly zone: string;
  /** Plain text: how to join. */
  readonly text: string;
  readonly attendees: readonly Attendee[];
}

/** What has changed since it was put there. Nothing is said of what may have been written there besides. */
export interface EventChange {
  readonly title?: string;
  readonly times?: Pick<NewEvent, 'startMs' | 'endMs' | 'zone'>;
  readonly added: readonly Attendee[];
  readonly removed: readonly Attendee[];
}

export interface CalendarEvent extends SeenInCalendar {
  readonly ref: CalendarRef;
  /** Of the meeting that it was made for here; a copy that somebody made of it has it too. */
  readonly meetingId: string | null;
  /** Then the times are midnights in UTC of the days that it lasts, whatever the zone. */
  readonly allDay: boolean;
  readonly isPrivate: boolean;
  /** Of an occurrence of a series: the event that the series is; null for others. */
  readonly seriesId: string | null;
  /** The series itself, which stands at its first occurrence. */
  readonly isSeries: boolean;
  /** Whether the calendar's owner organizes it. */
  readonly isOrganizer: boolean;
  readonly cancelled: boolean;
}

export interface CalendarReading {
  readonly events: readonly CalendarEvent[];
  /** False where there were more than anybody would look at. */
  readonly complete: boolean;
}

/**
 * A person's own calendar, by the word of that person alone. Whoever is invited there is told by the calendar: of the meeting, of
 * each change and of its end. Everything rejects with a `DirectoryError`; whether something was done is not known then.
 */
export interface OwnCalendar {
  /** The same meeting again, however often, is one event. @returns null where the person has no mailbox; nothing is done then */
  add(asker: Asker, event: NewEvent): Promise<CalendarRef | null>;
  change(asker: Asker, ref: CalendarRef, change: EventChange): Promise<'done' | 'gone'>;
  /** Nothing is left to do where it is gone already. @param comment to those who are invited */
  remove(asker: Asker, ref: CalendarRef, comment: string): Promise<void>;
  /** Those that were made for a meeting, with copies, wherever they are. Without their `meetingId`. */
  madeFor(asker: Asker, meetingId: string): Promise<readonly CalendarEvent[]>;
  /** What touches a range of time. @returns null where the person has no mailbox */
  read(asker: Asker, range: TimeRange): Promise<CalendarReading | null>;
}

/** null for a tenant whose meetings stand in the hub's own store alone. */
export type OwnCalendars = (tid: string) => OwnCalendar | null;

export const NO_OWN_CALENDARS: OwnCalendars = () => null;
