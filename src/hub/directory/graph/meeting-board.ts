import type { PersonKey } from '../../../domain/call/state.ts';
import type { DirectoryMeeting } from '../directory.ts';
import { createBoundedMap } from './bounded-map.ts';

/** Meetings as they stand in the calendars of those who have asked. */
export interface MeetingBoard {
  get(meetingId: string): DirectoryMeeting | null;
  /** @param reader in whose calendar it was read @returns the meeting with everybody who is expected */
  note(meeting: DirectoryMeeting, reader: PersonKey): DirectoryMeeting;
}

interface Noted {
  readonly meeting: DirectoryMeeting;
  /** Who has shown it in their own calendar since the organizer's was read last. */
  readonly attendees: ReadonlySet<PersonKey>;
}

const MAX_MEETINGS = 10_000;

/**
 * Who is expected is the organizer's to say: each reading of that calendar replaces the list. What stands in another calendar
 * says no more than that its owner is invited, however many of them it names, and no longer than until the organizer's is
 * read again.
 */
export function createMeetingBoard(): MeetingBoard {
  const noted = createBoundedMap<string, Noted>(MAX_MEETINGS);
  const whole = ({ meeting, attendees }: Noted): DirectoryMeeting => ({
    ...meeting,
    invitees: [...new Set([...meeting.invitees, ...attendees])],
  });
  return {
    get(meetingId) {
      const one = noted.get(meetingId);
      return one === undefined ? null : whole(one);
    },
    note(meeting, reader) {
      const before = noted.get(meeting.meetingId);
      const organizer = meeting.organizer || (before?.meeting.organizer ?? '');
      const invitees = before?.meeting.invitees ?? [];
      const next: Noted =
        reader === organizer
          ? { meeting: { ...meeting, organizer }, attendees: new Set() }
          : {
              meeting: { ...meeting, organizer, invitees },
              attendees: new Set([...(before?.attendees ?? []), reader]),
            };
      noted.set(meeting.meetingId, next);
      return whole(next);
    },
  };
}
