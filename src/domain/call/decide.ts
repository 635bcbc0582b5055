import type { Actor, CallCommand, HubCommand } from './command.ts';
import { decideAnnotation } from './decide-annotations.ts';
import { decideByHub } from './decide-by-hub.ts';
import { afterLeaving } from './ending.ts';
import type { CallEvent } from './event.ts';
import { isIn, speaker, wearsHeadset } from './queries.ts';
import { accept, type Result, refuse } from './refusal.ts';
import type { CallState, MediaState, Participant, PersonKey } from './state.ts';

/**
 * What a command makes happen, or why it may not. Pure; an accepted command can make nothing happen (an empty list).
 * Who may reach whom is asked before this: here is only what the call itself allows.
 */
export function decide(
  state: CallState,
  command: CallCommand | HubCommand,
  actor: Actor,
): Result<readonly CallEvent[]> {
  if (state.phase === 'ended') return refuse('call-ended');
  if (actor.kind === 'hub') return isHubCommand(command) ? decideByHub(state, command) : refuse('out-of-turn');
  if (isHubCommand(command)) return refuse('out-of-turn');
  if (command.type === 'answer') return answer(state, command.media, actor);
  if (command.type === 'decline') return decline(state, command.reason, actor);
  const self = speaker(state, actor);
  if (self === null) return refuse('not-in-call');
  return decideInCall(state, command, self);
}

const HUB_COMMANDS: ReadonlySet<string> = new Set<HubCommand['type']>([
  'create',
  'ring',
  'join',
  'ringTimedOut',
  'loseConnection',
  'restoreConnection',
  'giveUpOn',
  'giveUpOnMark',
  'remove',
  'end',
]);
const isHubCommand = (command: CallCommand | HubCommand): command is HubCommand => HUB_COMMANDS.has(command.type);

type PersonActor = Extract<Actor, { kind: 'person' }>;

function answer(state: CallState, media: MediaState, actor: PersonActor): Result<readonly CallEvent[]> {
  const self = state.participants[actor.person];
  if (isIn(self)) return self.device?.id === actor.device.id ? accept([]) : refuse('already-in-call');
  if (self?.state !== 'ringing') return refuse('not-ringing');
  return accept([{ type: 'joined', person: self.person, name: self.name, device: actor.device, media }]);
}

function decline(state: CallState, reason: 'declined' | 'busy', actor: PersonActor): Result<readonly CallEvent[]> {
  if (state.participants[actor.person]?.state !== 'ringing') return refuse('not-ringing');
  return accept(afterLeaving(state, actor.person, reason));
}

type InCallCommand = Exclude<CallCommand, { type: 'answer' | 'decline' }>;

function decideInCall(state: CallState, command: InCallCommand, self: Participant): Result<readonly CallEvent[]> {
  switch (command.type) {
    case 'leave':
      return accept(afterLeaving(state, self.person, 'left'));
    case 'callOff':
      return callOff(state, command.person, self);
    case 'setMedia':
      return accept(
        sameMedia(self.media, command.media)
          ? []
          : [{ type: 'mediaChanged', person: self.person, media: command.media }],
      );
    case 'describeCamera': {
      if (self.device?.kind !== 'headset') return refuse('headset-only');
      const { camera, spaceEpoch, tracking } = command;
      return accept([{ type: 'cameraDescribed', person: self.person, camera, spaceEpoch, tracking }]);
    }
    case 'startEditing':
      return startEditing(state, command, self);
    case 'stopEditing':
      return accept(state.editing[self.person] === undefined ? [] : [{ type: 'editingStopped', person: self.person }]);
    default:
      return decideAnnotation(state, command, self);
  }
}

/** By whoever rang them; the others in the call wanted them to come, too. */
function callOff(state: CallState, person: PersonKey, self: Participant): Result<readonly CallEvent[]> {
  const rung = state.participants[person];
  if (rung?.state !== 'ringing') return refuse('not-ringing');
  return rung.rungBy === self.person ? accept(afterLeaving(state, person, 'cancelled')) : refuse('out-of-turn');
}

function startEditing(
  state: CallState,
  command: Extract<CallCommand, { type: 'startEditing' }>,
  self: Participant,
): Result<readonly CallEvent[]> {
  const target = state.participants[command.target];
  if (!wearsHeadset(target)) return refuse('headset-gone');
  if (target.media.video !== 'camera') return refuse('video-off');
  if (!target.tracking) return refuse('tracking-lost');
  return accept([{ type: 'editingStarted', person: self.person, target: target.person, frame: command.frame }]);
}

const sameMedia = (a: MediaState, b: MediaState): boolean =>
  a.audio === b.audio && a.video === b.video && a.problem === b.problem;
