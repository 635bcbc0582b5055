import { createHash } from 'node:crypto';
import type { Event } from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import { toMail } from '../../policy/address.ts';
import type { Asker, DirectoryMeeting } from '../directory.ts';
import type { DirectoryPerson } from '../person.ts';
import type { GraphClient } from './graph-client.ts';

const EVENT_FIELDS = [
  'subject',
  'start',
  'end',
  'iCalUId',
  'isCancelled',
  'isOnlineMeeting',
  'onlineMeeting',
  'isOrganizer',
  'organizer',
  'attendees',
] as const satisfies readonly (keyof Event)[];

const HOUR_MS = 3_600_000;
/** The desk shows the day, and what has just ended. */
const BEFORE_MS = 12 * HOUR_MS;
const AFTER_MS = 24 * HOUR_MS;
const EVENTS_PER_PAGE = 50;
const PAGES = 4;
/** Of very large meetings; the asker is always among those who are expected. */
const MAX_INVITEES = 150;

/** The calendar was asked for UTC; another zone would be a guess. */
const time = v.object({
  dateTime: v.pipe(
    v.string(),
    v.transform((text) => Date.parse(`${text.replace(/Z$/, '')}Z`)),
    v.number(),
    v.finite(),
  ),
  timeZone: v.literal('UTC'),
});
const mailbox = v.nullish(
  v.object({ emailAddress: v.nullish(v.object({ address: v.nullish(v.string(), null) }), null) }),
  null,
);
const eventSchema = v.object({
  subject: v.nullish(v.string(), null),
  start: time,
  end: time,
  iCalUId: v.nullish(v.string(), null),
  isCancelled: v.nullish(v.boolean(), null),
  isOnlineMeeting: v.nullish(v.boolean(), null),
  onlineMeeting: v.nullish(v.object({ joinUrl: v.nullish(v.string(), null) }), null),
  isOrganizer: v.nullish(v.boolean(), null),
  organizer: mailbox,
  attendees: v.nullish(v.array(mailbox), null),
});
type CalendarEvent = v.InferOutput<typeof eventSchema>;

export interface GraphMeetingsOptions {
  readonly client: GraphClient;
  readonly nowMs: () => number;
  readonly findByMails: (asker: Asker, mails: readonly string[]) => Promise<readonly DirectoryPerson[]>;
}

/** Online meetings of the asker's calendar, by start. */
export async function readMeetings(options: GraphMeetingsOptions, asker: Asker): Promise<readonly DirectoryMeeting[]> {
  const { client, nowMs, findByMails } = options;
  const query = {
    startDateTime: new Date(nowMs() - BEFORE_MS).toISOString(),
    endDateTime: new Date(nowMs() + AFTER_MS).toISOString(),
    $select: EVENT_FIELDS.join(','),
    $orderby: 'start/dateTime',
    $top: String(EVENTS_PER_PAGE),
  };
  const headers = { Prefer: 'outlook.timezone="UTC"' };
  const request = { path: '/me/calendarView', query, headers, schema: eventSchema, maxPages: PAGES };
  const events: CalendarEvent[] = [];
  for await (const page of client.pages(asker, request)) {
    // The property takes no $filter.
    events.push(...page.filter((event) => event.isOnlineMeeting === true && event.isCancelled !== true));
  }
  const mails = new Set(events.flatMap((event) => [mailOf(event.organizer), ...inviteesOf(event)].filter(isText)));
  const people = new Map((await findByMails(asker, [...mails])).map((person) => [person.account.mail, person.key]));
  return events.map((event) => toMeeting(event, asker, people));
}

const isText = (text: string): boolean => text !== '';
const mailOf = (box: v.InferOutput<typeof mailbox>): string => toMail(box?.emailAddress?.address ?? '') ?? '';
const inviteesOf = ({ attendees }: CalendarEvent): readonly string[] =>
  (attendees ?? []).map(mailOf).slice(0, MAX_INVITEES);

function toMeeting(event: CalendarEvent, asker: Asker, people: ReadonlyMap<string, string>): DirectoryMeeting {
  const { person, tid } = asker;
  const organizer = event.isOrganizer === true ? person : (people.get(mailOf(event.organizer)) ?? '');
  const invited = inviteesOf(event).flatMap((mail) => people.get(mail) ?? []);
  return {
    meetingId: idOf(event),
    tid,
    title: event.subject ?? '',
    startMs: event.start.dateTime,
    endMs: event.end.dateTime,
    organizer,
    // It stands in the asker's calendar, whatever the list of attendees says, e.g. by a distribution list.
    invitees: [...new Set([...invited, ...(organizer === person ? [] : [person])])],
  };
}

/**
 * The same for everybody who has the meeting in the calendar, and nothing that somebody can make who was not invited: an
 * event's own id differs from mailbox to mailbox, and `iCalUId` alone can be chosen.
 */
function idOf({ iCalUId, onlineMeeting, organizer, start }: CalendarEvent): string {
  const parts = [iCalUId, onlineMeeting?.joinUrl ?? null, mailOf(organizer), start.dateTime];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
