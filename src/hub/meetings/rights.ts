import type { CallCommand } from '../../domain/call/command.ts';
import { accept, type Result, refuse } from '../../domain/call/refusal.ts';
import { type MeetingRight, mayInMeeting } from '../../domain/meeting/rights.ts';
import type { RelayPayload } from '../../protocol/types.ts';
import type { OpenCall } from '../calls/open-calls.ts';
import type { Peer } from '../people/peer.ts';
import type { Doors } from './doors.ts';

/** What a command needs besides whom it reaches; null where everybody in the call may. */
export function rightOfCommand(command: CallCommand): MeetingRight | null {
  switch (command.type) {
    case 'startEditing':
    case 'mark':
    case 'annotate':
      return 'annotate';
    case 'setMedia':
      return command.media.video === 'screen' ? 'shareScreen' : null;
    case 'answer':
    case 'decline':
    case 'leave':
    case 'callOff':
    case 'describeCamera':
    case 'stopEditing':
    case 'placeMark':
    case 'refuseMark':
    case 'moveAnchor':
    case 'undo':
    case 'eraseAll':
      return null;
  }
}

export function rightOfRelay({ type }: RelayPayload): MeetingRight | null {
  switch (type) {
    case 'still':
    case 'stillMarks':
      return 'annotate';
    case 'askSnapshot':
      return 'snapshotPrompt';
    case 'snapshot':
    case 'noSnapshot':
    case 'stillOver':
    case 'askStill':
    case 'stillSeen':
    case 'closeScreen':
      return null;
  }
}

/** What somebody in a meeting's call may not do there, from the page that asks; accepted where nothing is in the way. */
export function mayInCall(
  doors: Pick<Doors, 'busyAt'>,
  { record }: OpenCall,
  { person, device }: Pick<Peer, 'person' | 'device'>,
  right: MeetingRight,
): Result<null> {
  if (record.meetingId === null) return accept(null);
  const door = doors.busyAt(record.meetingId);
  const seat = door?.state.inside[person];
  // Only the seat says what somebody may there.
  if (door === undefined || seat === undefined) return refuse('not-in-call');
  const { class: as, signedIn } = seat.caller;
  return mayInMeeting(right, { class: as, signedIn, device: device.kind, meeting: door.meeting.kind });
}
