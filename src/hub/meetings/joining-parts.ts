import type { Meeting } from '../../domain/meeting/model.ts';
import type { CallLog } from '../calls/call-log.ts';
import type { OpenCall } from '../calls/open-calls.ts';
import type { MeetingBook } from './book.ts';
import type { Doors } from './doors.ts';
import type { Links } from './links.ts';
import type { DoorRecords } from './records.ts';
import type { Visitors } from './visitors.ts';

/** What joining a meeting takes besides its call. */
export interface JoiningParts {
  readonly book: MeetingBook;
  readonly doors: Doors;
  readonly links: Pick<Links, 'open'>;
  readonly visitors: Visitors;
  readonly records: DoorRecords;
}

/** The call in which the meeting is held now. */
export const callOfMeeting = (
  log: Pick<CallLog, 'open'>,
  { tid, meetingId }: Pick<Meeting, 'tid' | 'meetingId'>,
): OpenCall | undefined => log.open.all().find(({ record }) => record.meetingId === meetingId && record.tid === tid);
