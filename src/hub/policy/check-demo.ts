import { type FileProblem, type PathPart, problemAt, repeated } from './problem.ts';
import type { FileTenant } from './schema.ts';

/** The demo's own part names people by their addresses as well. */
export function checkDemo({ demo, people }: FileTenant, at: readonly PathPart[]): readonly FileProblem[] {
  if (demo === undefined) return [];
  const known = new Set(people.map((person) => person.mail));
  const named = [
    ...demo.meetings.flatMap(({ organizer, invitees }, index) => [
      { mail: organizer, path: ['meetings', index, 'organizer'] },
      ...invitees.map((mail, place) => ({ mail, path: ['meetings', index, 'invitees', place] })),
    ]),
    ...demo.recentContacts.flatMap((contact, index) => [
      { mail: contact.of, path: ['recentContacts', index, 'of'] },
      { mail: contact.with, path: ['recentContacts', index, 'with'] },
    ]),
  ];
  return [
    ...repeated(
      demo.meetings.map((meeting) => meeting.meetingId),
      (index) => [...at, 'demo', 'meetings', index, 'meetingId'],
    ),
    ...named
      .filter(({ mail }) => !known.has(mail))
      .map(({ mail, path }) => problemAt([...at, 'demo', ...path], `${mail} is not among the people of this tenant`)),
  ];
}
