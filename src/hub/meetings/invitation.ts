import ical, { ICalAttendeeRole, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Meeting } from '../../domain/meeting/model.ts';

/** Somebody with an address. */
export interface Addressee {
  readonly name: string;
  readonly mail: string;
}

/** What an invitation is made of. */
export interface InvitationParts {
  readonly meeting: Meeting;
  readonly url: string;
  readonly company: string;
  readonly organizer: Addressee;
  readonly invitees: readonly Addressee[];
  readonly nowMs: number;
}

export interface InvitationWords {
  readonly subject: string;
  readonly text: string;
  readonly ics: string;
}

/** In English, as the pages are. The times stand in the zone that the meeting was planned in. */
export function writeInvitation(parts: InvitationParts): InvitationWords {
  const text = parts.meeting.kind === 'oneTime' ? oneTimeText(parts) : meetingText(parts);
  return { subject: subjectOf(parts), text, ics: writeCalendar(parts, text) };
}

const subjectOf = ({ meeting, company }: InvitationParts): string =>
  meeting.kind === 'oneTime' ? `Video call with ${company}` : meeting.title;

const meetingText = ({ meeting, url, organizer, company }: InvitationParts): string =>
  [
    `${organizer.name} (${company}) invites you to a meeting.`,
    '',
    meeting.title,
    whenText(meeting),
    '',
    'Join the meeting in your browser:',
    url,
    '',
    'No account and no app is needed: open the link, type your name and wait until somebody lets you in.',
    '',
  ].join('\n');

const oneTimeText = ({ url, organizer, company }: InvitationParts): string =>
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
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: zone }).format(startMs);
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone });
  return `${day}, ${time.format(startMs)}–${time.format(endMs)} (${zone})`;
}

/** Instants in UTC: whatever a calendar knows of zones, it shows the right time. */
function writeCalendar({ meeting, url, organizer, invitees, nowMs }: InvitationParts, text: string): string {
  const calendar = ical({
    method: meeting.cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    prodId: { company: 'Sightline', product: 'Sightline', language: 'EN' },
  });
  const event = calendar.createEvent({
    id: `${meeting.meetingId}@${new URL(url).hostname}`,
    sequence: meeting.revision - 1,
    stamp: new Date(nowMs),
    start: new Date(meeting.startMs),
    end: new Date(meeting.endMs),
    summary: meeting.title,
    description: text,
    location: url,
    url,
    status: meeting.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(organizer.mail === '' ? {} : { organizer: { name: organizer.name, email: organizer.mail } }),
  });
  for (const { name, mail } of invitees) {
    event.createAttendee({ ...(name === '' ? {} : { name }), email: mail, role: ICalAttendeeRole.REQ, rsvp: true });
  }
  return calendar.toString();
}
