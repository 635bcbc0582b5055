import type { PersonKey } from '../../domain/call/state.ts';
import { isInvited } from '../../domain/meeting/classes.ts';
import { byStart, overlaps } from '../../domain/meeting/joinable.ts';
import type { Meeting } from '../../domain/meeting/model.ts';
import type { Account, ReachWorld } from '../../domain/reach/model.ts';
import type { Asker, Directory, DirectoryMeeting } from '../directory/directory.ts';
import type { MeetingRef, MeetingStore, TimeRange } from '../store/meeting-store.ts';
import { meetingSettings } from './settings.ts';

export interface FoundMeeting {
  readonly meeting: Meeting;
  /** False for one of the company's own calendar: it is changed there. */
  readonly isOurs: boolean;
}

/** All meetings that the hub knows of: those planned here, and those of the companies' own calendars. */
export interface MeetingBook {
  find(ref: MeetingRef): Promise<FoundMeeting | null>;
  /** Those that name somebody, by start. */
  of(asker: Asker, account: Account, range: TimeRange): Promise<readonly FoundMeeting[]>;
}

export interface MeetingBookOptions {
  readonly store: Pick<MeetingStore, 'get' | 'naming'>;
  readonly directory: Pick<Directory, 'meeting' | 'meetingsOf'>;
  readonly world: () => ReachWorld;
}

export function createMeetingBook({ store, directory, world }: MeetingBookOptions): MeetingBook {
  const fromCalendar = (meeting: DirectoryMeeting): FoundMeeting => ({
    meeting: toMeeting(meeting, world()),
    isOurs: false,
  });
  return {
    async find({ tid, meetingId }) {
      const meeting = await store.get(meetingId);
      if (meeting !== null) return { meeting, isOurs: true };
      const listed = await directory.meeting(tid, meetingId);
      return listed === null ? null : fromCalendar(listed);
    },
    async of(asker, account, range) {
      const [planned, listed] = await Promise.all([
        store.naming([account.key, ...(account.mail === '' ? [] : [account.mail])], range),
        directory.meetingsOf(asker),
      ]);
      const ours = planned
        .filter((meeting) => names(meeting, account, world()))
        .map((meeting) => ({ meeting, isOurs: true }));
      const theirs = listed.map(fromCalendar).filter(({ meeting }) => isWithin(meeting, range));
      return [...ours, ...theirs].toSorted((a, b) => byStart(a.meeting, b.meeting));
    },
  };
}

const isWithin = (meeting: Meeting, { fromMs, toMs }: TimeRange): boolean =>
  overlaps(meeting, { startMs: fromMs, endMs: toMs });

/** Whether somebody has to do with a meeting: runs it, presents in it, or is invited. */
export function names(meeting: Meeting, account: Account, world: ReachWorld): boolean {
  return hasPart(meeting, account.key) || isInvited({ world, meeting }, account);
}

export const hasPart = ({ organizer, coOrganizers, presenters }: Meeting, person: PersonKey): boolean =>
  organizer === person || coOrganizers.includes(person) || presenters.includes(person);

/** What a calendar leaves open is as the tenant has it by default. */
function toMeeting(meeting: DirectoryMeeting, world: ReachWorld): Meeting {
  const { tid, meetingId, title, startMs, endMs, organizer, invitees } = meeting;
  return {
    tid,
    meetingId,
    kind: 'scheduled',
    title,
    startMs,
    endMs,
    zone: 'UTC',
    organizer,
    coOrganizers: [],
    presenters: [],
    invitees: invitees.map((person) => ({ kind: 'account', person })),
    lobby: meetingSettings(world, tid).lobby.default,
    anonymousAllowed: true,
    cancelled: false,
    revision: 1,
  };
}
