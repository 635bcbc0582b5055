import { accept, type Result, refuse } from '../call/refusal.ts';
import { mayAdmit } from './admitting.ts';
import { whyFull } from './capacity.ts';
import { whyDenied } from './entry.ts';
import type { DoorCommand } from './lobby-command.ts';
import { type LobbyContext, letIn } from './lobby-context.ts';
import type { LobbyEvent } from './lobby-event.ts';
import { decisionOn, type LobbyState, waiterOf } from './lobby-state.ts';
import { isVerified } from './model.ts';
import { whyClosed } from './opening.ts';
import { mayInMeeting } from './rights.ts';

type Bring = Extract<DoorCommand, { type: 'bring' }>;

/**
 * Somebody in the meeting rings a person into it: a place is theirs from now on, and they need not wait. About those who wait
 * already, or were denied, nobody decides in this way who may not admit.
 */
export function bring(state: LobbyState, { by, caller }: Bring, context: LobbyContext): Result<readonly LobbyEvent[]> {
  const { meeting, settings } = context;
  const { person } = caller;
  if (state.inside[by.caller.person] === undefined) return refuse('not-in-call');
  const { class: as, signedIn } = by.caller;
  const may = mayInMeeting('addPeople', { class: as, signedIn, device: by.device, meeting: meeting.kind });
  if (!may.ok) return may;
  // The second place is the customer's.
  if (meeting.kind === 'oneTime') return refuse('one-time-full');
  // Nobody whom the meeting's company cannot vouch for comes in unseen.
  if (!isVerified(caller)) return refuse('external-off');
  const refusal = whyClosed(state, context) ?? whyDenied(caller, context);
  if (refusal !== null) return refuse(refusal);
  if (state.inside[person] !== undefined) return accept([]);
  if (!mayAdmit(by, meeting, settings).ok) {
    if (waiterOf(state, person) !== undefined) return refuse('may-not-admit');
    const decision = decisionOn(state, person);
    if (decision?.kind === 'denied') return refuse('already-denied', decision.byName);
  }
  const full = whyFull(state, meeting);
  return full === null ? accept([letIn(caller, context.nowMs, { by, usesLink: false })]) : refuse(full);
}
