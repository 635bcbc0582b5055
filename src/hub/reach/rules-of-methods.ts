import type { CallCommand } from '../../domain/call/command.ts';
import type { CallEvent } from '../../domain/call/event.ts';
import type { ReachAction } from '../../domain/reach/model.ts';
import type { HubMessageName, HubMethodName, HubMethods } from '../../protocol/types.ts';

/** `self`: concerns nobody but the person who asks. */
export type RuleOfMethod = ReachAction | 'self';

/**
 * Which rule of reach each method has to ask before it succeeds. The dispatcher holds every invocation to it: a method that
 * is accepted without having asked is a fault and answers nothing.
 */
export const REACH_OF_METHOD: { readonly [M in HubMethodName]: RuleOfMethod | 'by-command' } = {
  hello: 'self',
  renew: 'self',
  iceServers: 'self',
  contacts: 'recent',
  search: 'find',
  meetings: 'find',
  call: 'call',
  add: 'add',
  joinMeeting: 'join',
  command: 'by-command',
  resume: 'join',
  signal: 'signal',
  relay: 'signal',
  // Whom a meeting brings together is asked when people are invited, when they knock, and when they come in.
  meeting: 'find',
  checkMeeting: 'invite',
  planMeeting: 'invite',
  changeMeeting: 'invite',
  invitation: 'find',
  calendar: 'self',
  cancelMeeting: 'self',
  meetNow: 'self',
  createOneTimeCall: 'self',
  joinLink: 'self',
  revokeLink: 'self',
  sendInvitation: 'self',
  leaveLobby: 'self',
  admit: 'self',
  deny: 'self',
  admitAll: 'self',
  denyAll: 'self',
};

/** What a command asks of those who are in the call. Leaving, and taking back what is one's own, nobody can forbid. */
export const REACH_OF_COMMAND: { readonly [T in CallCommand['type']]: RuleOfMethod } = {
  answer: 'join',
  decline: 'self',
  leave: 'self',
  callOff: 'self',
  setMedia: 'shareScreen',
  describeCamera: 'annotate',
  startEditing: 'annotate',
  stopEditing: 'self',
  mark: 'annotate',
  placeMark: 'annotate',
  refuseMark: 'annotate',
  annotate: 'annotate',
  moveAnchor: 'annotate',
  undo: 'annotate',
  eraseAll: 'self',
};

export const ruleOfCommand = (command: CallCommand): RuleOfMethod =>
  // Whoever turns the camera or the microphone off must be able to, whatever the rules say.
  command.type === 'setMedia' && command.media.video !== 'screen' ? 'self' : REACH_OF_COMMAND[command.type];

export function ruleOf<M extends HubMethodName>(method: M, request: HubMethods[M]['request']): RuleOfMethod {
  const rule = REACH_OF_METHOD[method];
  if (rule !== 'by-command') return rule;
  return 'command' in request ? ruleOfCommand(request.command) : 'self';
}

/**
 * Who is told an event of a call. `present`: those who are in the call or rung by it once it has happened, each of whom may
 * be with each other. `parting`: also who was until then, because it is how they leave.
 */
export const AUDIENCE_OF_EVENT: { readonly [T in CallEvent['type']]: 'present' | 'parting' } = {
  callCreated: 'present',
  rang: 'present',
  joined: 'present',
  left: 'parting',
  ended: 'parting',
  connectionLost: 'present',
  connectionBack: 'present',
  mediaChanged: 'present',
  cameraDescribed: 'present',
  editingStarted: 'present',
  editingStopped: 'present',
  marked: 'present',
  markPlaced: 'present',
  markRefused: 'present',
  annotated: 'present',
  anchorMoved: 'present',
  erased: 'present',
  restored: 'present',
};

/** What has to be asked before the hub tells somebody this by itself; `self` where it says nothing of anybody else. */
export const REACH_OF_MESSAGE = {
  events: 'by-event',
  signal: 'signal',
  relay: 'signal',
  presence: 'presence',
  listsChanged: 'self',
  signInHeld: 'self',
  takenOut: 'self',
  switched: 'self',
  replaced: 'self',
  lobby: 'join',
  lobbyPlace: 'self',
} as const satisfies { readonly [M in HubMessageName]: RuleOfMethod | 'by-event' };
