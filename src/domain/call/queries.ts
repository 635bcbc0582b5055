import type { Actor } from './command.ts';
import type { Annotation, CallState, Participant, PersonKey } from './state.ts';

type InCall = Participant & { readonly state: 'joined' | 'reconnecting' };
type Ringing = Participant & { readonly state: 'ringing' };

/** In the call now, also while the connection is away for a moment. */
export const isIn = (participant: Participant | undefined): participant is InCall =>
  participant !== undefined && (participant.state === 'joined' || participant.state === 'reconnecting');

export const isRinging = (participant: Participant | undefined): participant is Ringing =>
  participant?.state === 'ringing';

export const peopleIn = (state: CallState): readonly Participant[] => Object.values(state.participants).filter(isIn);

export const peopleRinging = (state: CallState): readonly Participant[] =>
  Object.values(state.participants).filter(isRinging);

/** Everybody who is told what happens in the call. */
export const audience = (state: CallState): readonly PersonKey[] =>
  Object.values(state.participants)
    .filter((participant) => participant.state !== 'left')
    .map((participant) => participant.person);

/** The participant an actor speaks for: in the call, from the very device that joined it. */
export function speaker(state: CallState, actor: Actor): Participant | null {
  if (actor.kind === 'hub') return null;
  const participant = state.participants[actor.person];
  return isIn(participant) && participant.device?.id === actor.device.id ? participant : null;
}

/** Whether somebody's headset shows its camera, so that a mark on its picture means something. */
export const wearsHeadset = (participant: Participant | undefined): participant is InCall =>
  isIn(participant) && participant.device?.kind === 'headset';

/** What is drawn in the room now, oldest first. */
export const visibleAnnotations = (state: CallState): readonly Annotation[] =>
  Object.values(state.annotations).filter((annotation) => !annotation.erased);
