import type { PersonKey } from '../call/state.ts';
import { inTurn } from './apply-lobby.ts';
import { whyFull } from './capacity.ts';
import { askEntry } from './entry.ts';
import { doorOf, type LobbyContext, letIn, turnedAway } from './lobby-context.ts';
import type { LobbyEvent, OutReason } from './lobby-event.ts';
import type { LobbyState } from './lobby-state.ts';
import { whyClosed, whyNotOpen } from './opening.ts';

/** Those who wait and need not any more come in, in their order, as far as there are places. */
export function letInEntitled(state: LobbyState, context: LobbyContext): readonly LobbyEvent[] {
  if (whyClosed(state, context) !== null || whyNotOpen(state, context) !== null) return [];
  return inTurn(state, state.waiting, (now, { caller, awayUntilMs }) => {
    if (awayUntilMs !== null || context.barred.has(caller.person)) return [];
    if (whyFull(now, context.meeting) !== null) return [];
    return askEntry(caller, doorOf(now, context)).kind === 'in' ? [letIn(caller, context.nowMs, null)] : [];
  });
}

/**
 * Somebody's place becomes free. A one-time call is over for good once its customer is gone, or once anybody ends it with the
 * customer admitted. An agent who is lost may come back to the customer.
 */
export function goingOut(state: LobbyState, person: PersonKey, reason: OutReason): readonly LobbyEvent[] {
  const seat = state.inside[person];
  if (seat === undefined) return [];
  const went = { type: 'wentOut', person, reason } as const;
  const isOver = state.link === 'used' && (reason === 'left' || seat.usedLink);
  if (!isOver) return [went];
  return [went, ...state.waiting.map(({ caller }) => turnedAway(caller.person, 'call-over')), { type: 'callEnded' }];
}
