import type { Event } from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import { graphTimeOf } from './graph-zones.ts';
import type { Attendee, CalendarEvent, EventChange, NewEvent } from './own-calendar.ts';

/** Where the id of our meeting stands with an event ("Outlook extended properties overview", Microsoft Graph). */
const MEETING_ID_PROPERTY = 'String {bfff1dba-bb7b-4c76-b517-fa22ec7c3001} Name SightlineMeetingId';

const EVENT_FIELDS = [
  ...['id', 'iCalUId', 'subject', 'start', 'end', 'isAllDay', 'sensitivity', 'isOrganizer', 'isCancelled'],
  ...['type', 'seriesMasterId'],
] as const satisfies readonly (keyof Event)[];
export const EVENT_SELECT = EVENT_FIELDS.join(',');
export const EVENT_EXPAND = `singleValueExtendedProperties($filter=id eq '${MEETING_ID_PROPERTY}')`;
/** Else each mailbox answers in a zone of its own. */
export const IN_UTC = { Prefer: 'outlook.timezone="UTC"' } as const;

/** @param meetingId a UUID: nothing in it that a filter would take for its own */
export const madeForFilter = (meetingId: string): string =>
  `singleValueExtendedProperties/Any(ep: ep/id eq '${MEETING_ID_PROPERTY}' and ep/value eq '${meetingId}')`;

/** The calendar was asked for UTC; another zone would be a guess. */
const time = v.pipe(
  v.object({
    dateTime: v.pipe(
      v.string(),
      v.transform((text) => Date.parse(`${text.replace(/Z$/, '')}Z`)),
      v.number(),
      v.finite(),
    ),
    timeZone: v.literal('UTC'),
  }),
  v.transform(({ dateTime }) => dateTime),
);

const ref = { id: v.pipe(v.string(), v.minLength(1)), iCalUId: v.pipe(v.string(), v.minLength(1)) };
export const madeSchema = v.pipe(
  v.object(ref),
  v.transform(({ id, iCalUId }) => ({ eventId: id, uid: iCalUId })),
);

const rawSchema = v.object({
  ...ref,
  subject: v.nullish(v.string(), ''),
  start: time,
  end: time,
  isAllDay: v.nullish(v.boolean(), false),
  sensitivity: v.nullish(v.string(), 'normal'),
  isOrganizer: v.nullish(v.boolean(), false),
  isCancelled: v.nullish(v.boolean(), false),
  type: v.nullish(v.string(), 'singleInstance'),
  seriesMasterId: v.nullish(v.string(), null),
  singleValueExtendedProperties: v.nullish(v.array(v.object({ id: v.string(), value: v.string() })), () => []),
});

export const eventSchema: v.GenericSchema<unknown, CalendarEvent> = v.pipe(rawSchema, v.transform(toEvent));

const DAY_MS = 86_400_000;
/** A day is a day in every zone; a calendar may have shifted its midnight into UTC. */
const nearestMidnight = (instantMs: number): number => Math.round(instantMs / DAY_MS) * DAY_MS;

function toEvent(raw: v.InferOutput<typeof rawSchema>): CalendarEvent {
  const { id, iCalUId, subject, start, end, isAllDay, sensitivity, isOrganizer, isCancelled } = raw;
  const property = raw.singleValueExtendedProperties.find((one) => isMeetingIdProperty(one.id));
  return {
    ref: { eventId: id, uid: iCalUId },
    meetingId: property?.value ?? null,
    title: subject,
    startMs: isAllDay ? nearestMidnight(start) : start,
    endMs: isAllDay ? nearestMidnight(end) : end,
    allDay: isAllDay,
    isPrivate: sensitivity === 'private' || sensitivity === 'confidential',
    seriesId: raw.seriesMasterId,
    isSeries: raw.type === 'seriesMaster',
    isOrganizer,
    cancelled: isCancelled,
  };
}

/** Graph may spell the GUID in letters of another case. */
const isMeetingIdProperty = (id: string): boolean => id.toLowerCase() === MEETING_ID_PROPERTY.toLowerCase();

/** Of `POST /me/events`. `transactionId`: asked again, Graph makes no second event. */
export const newEventBody = ({ meetingId, title, startMs, endMs, zone, text, attendees }: NewEvent): Event => ({
  subject: title,
  start: graphTimeOf(startMs, zone),
  end: graphTimeOf(endMs, zone),
  body: { contentType: 'text', content: text },
  attendees: attendees.map(toAttendee),
  // Who else is invited is theirs to know whom the rules let know it.
  hideAttendees: true,
  transactionId: meetingId,
  singleValueExtendedProperties: [{ id: MEETING_ID_PROPERTY, value: meetingId }],
});

/** As far as it is known without looking at the event. */
export const changeBody = ({ title, times }: EventChange): Event => ({
  ...(title === undefined ? {} : { subject: title }),
  ...(times === undefined
    ? {}
    : { start: graphTimeOf(times.startMs, times.zone), end: graphTimeOf(times.endMs, times.zone) }),
});

/** Whatever else Graph has of an attendee goes back as it came. */
const address = v.nullish(v.looseObject({ address: v.nullish(v.string(), '') }), { address: '' });
const attendeeSchema = v.looseObject({ emailAddress: address });
export const attendeesSchema = v.object({ attendees: v.nullish(v.array(attendeeSchema), () => []) });
type KnownAttendee = v.InferOutput<typeof attendeeSchema>;

/** Those whom somebody has invited in the calendar itself stay, and all with what they have answered. */
export function changedAttendees(known: readonly KnownAttendee[], { added, removed }: EventChange): readonly object[] {
  const gone = new Set(removed.map(mailOf));
  const there = new Set(known.map((one) => addressOf(one)));
  const staying = known.filter((one) => !gone.has(addressOf(one)));
  return [...staying, ...added.filter((one) => !there.has(mailOf(one))).map(toAttendee)];
}

const mailOf = ({ mail }: Attendee): string => mail.toLowerCase();
const addressOf = ({ emailAddress }: KnownAttendee): string => emailAddress.address.toLowerCase();

const toAttendee = ({ name, mail }: Attendee) => ({
  type: 'required' as const,
  emailAddress: { address: mail, ...(name === '' ? {} : { name }) },
});
