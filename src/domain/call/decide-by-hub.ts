import type { HubCommand } from './command.ts';
import { afterLeaving, endForAll } from './ending.ts';
import type { CallEvent } from './event.ts';
import { audience, isIn, wearsHeadset } from './queries.ts';
import { accept, type Result, refuse } from './refusal.ts';
import type { CallState, PersonKey } from './state.ts';

/**
 * Those who are rung count too. Each browser sends its picture to every other one, and three are what a headset's encoder
 * and uplink carry; more people meet in a meeting.
 */
export const MAX_PEOPLE_IN_DIRECT_CALL = 4;

/** Commands of the hub's own: it has asked the rules of reach before, and it keeps the clock. */
export function decideByHub(state: CallState, command: HubCommand): Result<readonly CallEvent[]> {
  if (command.type === 'create') {
    const { kind, title, meetingId } = command;
    return state.phase === 'new' ? accept([{ type: 'callCreated', kind, title, meetingId }]) : accept([]);
  }
  if (state.phase !== 'open') return refuse('call-unknown');
  if (command.type === 'giveUpOnMark') return accept(giveUpOnMark(state, command.markId));
  if (command.type === 'end') return accept(endForAll(state));
  const participant = state.participants[command.person];
  switch (command.type) {
    case 'ring':
      if (isIn(participant)) return refuse('already-in-call');
      if (participant?.state === 'ringing') return accept([]);
      if (audience(state).length >= MAX_PEOPLE_IN_DIRECT_CALL) return refuse('call-full');
      return accept([{ type: 'rang', person: command.person, name: command.name, from: command.from }]);
    case 'join': {
      if (isIn(participant) && participant.device?.id === command.device.id) return accept([]);
      const { person, name, device, media } = command;
      return accept([{ type: 'joined', person, name, device, media }]);
    }
    case 'ringTimedOut':
      return accept(participant?.state === 'ringing' ? afterLeaving(state, command.person, 'missed') : []);
    case 'loseConnection':
      return accept(participant?.state === 'joined' ? [{ type: 'connectionLost', person: command.person }] : []);
    case 'restoreConnection':
      return restore(state, command.person, command.device.id);
    case 'giveUpOn':
      return accept(participant?.state === 'reconnecting' ? afterLeaving(state, command.person, 'lost') : []);
    case 'remove':
      return accept(
        participant === undefined || participant.state === 'left'
          ? []
          : afterLeaving(state, command.person, 'not-allowed'),
      );
  }
}

/** A headset that is there but says nothing: the frame slips out of its memory meanwhile. */
function giveUpOnMark(state: CallState, markId: string): readonly CallEvent[] {
  const pending = state.pendingMarks[markId];
  if (pending === undefined) return [];
  const code = wearsHeadset(state.participants[pending.target]) ? 'frame-too-old' : 'headset-gone';
  return [{ type: 'markRefused', markId, author: pending.author, code }];
}

/** Only the device that joined comes back by itself; another one of the same person has to join. */
function restore(state: CallState, person: PersonKey, deviceId: string): Result<readonly CallEvent[]> {
  const participant = state.participants[person];
  if (!isIn(participant) || participant.device?.id !== deviceId) return refuse('not-in-call');
  return accept(participant.state === 'reconnecting' ? [{ type: 'connectionBack', person }] : []);
}
