import ical, { ICalAttendeeRole, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Meeting } from '../../domain/meeting/model.ts';
import type { Addressee } from './addressees.ts';

/** What an invitation is made of. */
export interface InvitationParts {
  readonly meeting: Meeting;
  /** null: of a cancelled meeting. */
  readonly url: string | null;
  /** The hub's own address. */
  readonly origin: string;
  readonly company: string;
  readonly organizer: Addressee;
  readonly nowMs: number;
}

export interface InvitationWords {
  readonly subject: string;
  readonly text: string;
  /** For one recipient, or for a file that anybody may get: it names nobody else who is invited. */
  readonly icsFor: (attendee: Addressee | null) => string;
}

/** In English, as the pages are. The times stand in the zone that the meeting was planned in. */
export function writeInvitation(parts: InvitationParts): InvitationWords {
  const text = textOf(parts);
  return { subject: subjectOf(parts), text, icsFor: (attendee) => writeCalendar(parts, text, attendee) };
}

function textOf(parts: InvitationParts): string {
  const { meeting, url } = parts;
  if (meeting.cancelled || url === null) return cancelledText(parts);
  return meeting.kind === 'oneTime' ? oneTimeText(parts, url) : meetingText(parts, url);
}

function subjectOf({ meeting, company }: InvitationParts): string {
  if (meeting.cancelled) return `Cancelled: ${meeting.title}`;
  return meeting.kind === 'oneTime' ? `Video call with ${company}` : meeting.title;
}

const cancelledText = ({ meeting, organizer, company }: InvitationParts): string =>
  [`${organizer.name} (${company}) has cancelled this meeting.`, '', meeting.title, whenText(meeting), ''].join('\n');

const meetingText = ({ meeting, organizer, company }: InvitationParts, url: string): string =>
  [
    `${organizer.name} (${company}) invites you to a meeting.`,
    '',
    meeting.title,
    whenText(meeting),
    '',
    howToJoin(url),
  ].join('\n');

/** All that a calendar does not say by itself, and nothing that a change of the meeting would make wrong. */
export const howToJoin = (url: string): string =>
  [
    'Join the meeting in your browser:',
    url,
    '',
    'No account and no app is needed: open the link, type your name and wait until somebody lets you in.',
    '',
  ].join('\n');

const oneTimeText = ({ organizer, company }: InvitationParts, url: string): string =>
  [
    `${organizer.name} of ${company} would like to help you in a video call.`,
    '',
    '1. Open this link in the browser of your phone or computer:',
    url,
    '2. Type your name.',
    '3. Allow the camera and the microphone, and wait until you are let in.',
    '',
    'The link works once. Nobody sees or hears you before you are let in.',
    '',
  ].join('\n');

function whenText({ startMs, endMs, zone }: Meeting): string {
  const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: zone });
  const day = dayFormat.format(startMs);
  const endDay = dayFormat.format(endMs);
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone });
  const [start, end] = [time.format(startMs), time.format(endMs)];
  return day === endDay ? `${day}, ${start}–${end} (${zone})` : `${day}, ${start} – ${endDay}, ${end} (${zone})`;
}

/** Instants in UTC: whatever a calendar knows of zones, it shows the right time. */
function writeCalendar(parts: InvitationParts, text: string, attendee: Addressee | null): string {
  const { meeting, url, origin, organizer, nowMs } = parts;
  const calendar = ical({
    method: meeting.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    prodId: { company: 'Sightline', product: 'Sightline', language: 'EN' },
  });
  const event = calendar.createEvent({
    // The same event as in the calendars of those whom the organizer's own calendar has invited.
    id: meeting.calendar?.uid ?? `${meeting.meetingId}@${new URL(origin).hostname}`,
    sequence: meeting.revision - 1,
    stamp: new Date(nowMs),
    start: new Date(meeting.startMs),
    end: new Date(meeting.endMs),
    summary: meeting.title,
    description: text,
    ...(url === null ? {} : { location: url, url }),
    status: meeting.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(organizer.mail === '' ? {} : { organizer: { name: organizer.name, email: organizer.mail } }),
  });
  if (attendee !== null) {
    const { name, mail } = attendee;
    event.createAttendee({ ...(name === '' ? {} : { name }), email: mail, role: ICalAttendeeRole.REQ, rsvp: true });
  }
  return calendar.toString();
}
