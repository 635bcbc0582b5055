import { createHash } from 'node:crypto';
import { overlaps } from '../../domain/meeting/joinable.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import { followCalendar } from '../../domain/meeting/own-calendar.ts';
import type { CalendarEntry } from '../../protocol/meetings.ts';
import type { Asker } from '../directory/directory.ts';
import type { MeetingStore, TimeRange } from '../store/meeting-store.ts';
import type { CalendarEvent, CalendarReading, OwnCalendar } from './own-calendar.ts';

export interface CalendarReadingOptions {
  readonly store: Pick<MeetingStore, 'get' | 'naming' | 'change'>;
  readonly nowMs: () => number;
  /** Told after it is stored. */
  readonly onChanged: (before: Meeting, after: Meeting) => Promise<void>;
}

/** Somebody's calendar, and by what names meetings may have them. */
export interface Reader {
  readonly asker: Asker;
  readonly names: readonly string[];
  readonly calendar: OwnCalendar;
}

const DAY_MS = 86_400_000;
/** A day without a zone lasts from the first place on earth where it begins to the last one where it ends. */
const ZONES_MS = 14 * 3_600_000;
/** A copy in an invitee's calendar may stand elsewhere than the meeting does here, until its organizer's has been read. */
const AROUND_MS = 35 * DAY_MS;
/** Each is a request of its own; the rest is for the next reading. */
const MAX_LOOKED_FOR = 5;

/**
 * Reads a range of somebody's own calendar. What they organize follows it: moved, renamed or cancelled there means so here. Of what
 * they made a series of, the meeting is the occurrence that comes next.
 * @returns what stands there besides our meetings; null where the person has no mailbox
 */
export async function readCalendar(
  options: CalendarReadingOptions,
  reader: Reader,
  range: TimeRange,
): Promise<readonly CalendarEntry[] | null> {
  const wide = { fromMs: range.fromMs - ZONES_MS, toMs: range.toMs + ZONES_MS };
  const { asker, calendar, names } = reader;
  // Before the calendar is read: what changes here meanwhile is newer than what was read, and stays.
  const around = { fromMs: wide.fromMs - AROUND_MS, toMs: wide.toMs + AROUND_MS };
  const planned = (await options.store.naming([asker.person, ...names], around)).filter(
    ({ calendar: ref }) => ref !== undefined,
  );
  const reading = await calendar.read(asker, wide);
  if (reading === null) return null;
  await followAll(options, reader, { planned, reading, range: wide });
  const ours = new Set(planned.flatMap(({ calendar: ref }) => (ref === undefined ? [] : [ref.uid, ref.eventId])));
  return reading.events
    .filter(
      (event) =>
        !event.cancelled && !ours.has(event.ref.uid) && !ours.has(event.seriesId ?? '') && touches(event, range),
    )
    .map(toEntry);
}

const uidOf = ({ calendar }: Meeting): string | undefined => calendar?.uid;

const touches = (event: CalendarEvent, { fromMs, toMs }: TimeRange): boolean =>
  overlaps(
    event,
    event.allDay ? { startMs: fromMs - ZONES_MS, endMs: toMs + ZONES_MS } : { startMs: fromMs, endMs: toMs },
  );

/** What is nobody else's business is not told: neither what it is nor who is in it. */
const toEntry = ({ ref, title, startMs, endMs, allDay, isPrivate }: CalendarEvent): CalendarEntry => ({
  entryId: createHash('sha256').update(`${ref.eventId} ${startMs}`).digest('base64url').slice(0, 22),
  title: isPrivate ? '' : title,
  isPrivate,
  startMs,
  endMs,
  allDay,
});

interface Comparison {
  readonly planned: readonly Meeting[];
  readonly reading: CalendarReading;
  readonly range: TimeRange;
}

async function followAll(options: CalendarReadingOptions, reader: Reader, comparison: Comparison): Promise<void> {
  const { planned, reading, range } = comparison;
  const { person } = reader.asker;
  const nowMs = options.nowMs();
  const own = planned.filter(({ organizer, cancelled }) => organizer === person && !cancelled);
  const seen = new Set<string>();
  for (const event of reading.events.filter(({ isOrganizer, seriesId }) => isOrganizer && seriesId === null)) {
    const meeting = own.find((one) => uidOf(one) === event.ref.uid) ?? (await movedHere(options, reader, event));
    if (meeting === null) continue;
    seen.add(meeting.meetingId);
    await follow(options, meeting, event.cancelled ? null : event);
  }
  for (const meeting of own) {
    const occurrences = reading.events.filter(({ seriesId }) => seriesId === meeting.calendar?.eventId);
    if (occurrences.length === 0) continue;
    seen.add(meeting.meetingId);
    const next = occurrences.find((one) => one.endMs > nowMs && !one.cancelled);
    const isTurn = isIn(meeting, range) || meeting.endMs <= nowMs || (next?.startMs ?? Infinity) < meeting.startMs;
    if (next !== undefined && isTurn) await follow(options, meeting, next);
  }
  if (!reading.complete) return;
  const missing = own.filter((one) => !seen.has(one.meetingId) && one.endMs > nowMs && isIn(one, range));
  for (const meeting of missing.slice(0, MAX_LOOKED_FOR)) await followMissing(options, reader, { meeting, range });
}

/** It went to another day, or became a series that has nothing here, or somebody has thrown it away. */
async function followMissing(
  options: CalendarReadingOptions,
  { asker, calendar }: Reader,
  { meeting, range }: { readonly meeting: Meeting; readonly range: TimeRange },
): Promise<void> {
  const made = await calendar.madeFor(asker, meeting.meetingId);
  const standing = made.find((one) => one.isOrganizer && !one.cancelled && one.ref.uid === uidOf(meeting));
  if (standing?.isSeries === true) return;
  // One that is in the range but not in the calendar is among what was thrown away.
  await follow(options, meeting, standing === undefined || isIn(standing, range) ? null : standing);
}

const isIn = (times: Pick<Meeting, 'startMs' | 'endMs'>, { fromMs, toMs }: TimeRange): boolean =>
  overlaps(times, { startMs: fromMs, endMs: toMs });

/** From so far away that nobody looked there. */
async function movedHere(
  { store }: CalendarReadingOptions,
  { asker }: Reader,
  { meetingId, ref }: CalendarEvent,
): Promise<Meeting | null> {
  const meeting = meetingId === null ? null : await store.get(meetingId);
  return meeting !== null && meeting.organizer === asker.person && uidOf(meeting) === ref.uid ? meeting : null;
}

async function follow(
  { store, onChanged }: CalendarReadingOptions,
  before: Meeting,
  seen: Pick<CalendarEvent, 'title' | 'startMs' | 'endMs'> | null,
): Promise<void> {
  const after = followCalendar(before, seen);
  // Where somebody has changed it at the same moment, the next reading sees what has become of it.
  if (after !== before && (await store.change(after))) await onChanged(before, after);
}
