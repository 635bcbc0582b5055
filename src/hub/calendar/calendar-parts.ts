import type { Meeting } from '../../domain/meeting/model.ts';
import { createSerial } from '../calls/serial.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import { addresseesOf } from '../meetings/addressees.ts';
import type { Links } from '../meetings/links.ts';
import type { Online } from '../people/online.ts';
import type { Reach } from '../reach/reach.ts';
import type { MeetingStore } from '../store/meeting-store.ts';
import type { ValueStore } from '../store/store.ts';
import { type CalendarDays, createCalendarDays } from './calendar-days.ts';
import { type CalendarWrites, createCalendarWrites } from './calendar-writes.ts';
import type { OwnCalendars } from './own-calendar.ts';
import { createUnfinished } from './unfinished.ts';

export interface CalendarPartsOptions {
  readonly calendars: OwnCalendars;
  readonly store: { readonly meetings: MeetingStore; readonly values: ValueStore };
  readonly directory: Directory;
  readonly reach: Reach;
  readonly links: Links;
  readonly online: Online;
  readonly clock: Clock;
  readonly onChanged: (before: Meeting, after: Meeting) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Reading and writing people's own calendars: of one person, one thing at a time. */
export function createCalendarParts(options: CalendarPartsOptions): {
  readonly days: CalendarDays;
  readonly writes: CalendarWrites;
} {
  const { calendars, store, directory, reach, links, online, clock, onChanged, onFailure } = options;
  const inTurn = createSerial();
  const unfinished = createUnfinished({ values: store.values, meetings: store.meetings, nowMs: clock.nowMs });
  const reading = { store: store.meetings, onChanged };
  const days = createCalendarDays({ ...reading, calendars, unfinished, clock, online, inTurn, onFailure });
  const writes = createCalendarWrites({
    ...{ calendars, store: store.meetings, links, unfinished, inTurn },
    addressees: (peer, invitees) => addresseesOf({ directory, reach }, peer, invitees),
    onWriting: ({ person }) => days.forget(person),
  });
  return { days, writes };
}
