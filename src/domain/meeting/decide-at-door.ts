import { accept, type Result, refuse } from '../call/refusal.ts';
import { applyLobby, applyLobbyAll, inTurn } from './apply-lobby.ts';
import { bring } from './decide-bringing.ts';
import { whyDenied } from './entry.ts';
import type { DoorCommand } from './lobby-command.ts';
import { GRACE_MS, type LobbyContext, turnedAway } from './lobby-context.ts';
import type { LobbyEvent, TurnAwayCode } from './lobby-event.ts';
import { type LobbyState, type Waiter, waiterOf } from './lobby-state.ts';
import { type Caller, sameCaller } from './model.ts';
import { whyClosed, whyNotOpen } from './opening.ts';
import { goingOut, letInEntitled } from './seats.ts';

/** Commands of the hub's own. */
export function decideAtDoor(
  state: LobbyState,
  command: DoorCommand,
  context: LobbyContext,
): Result<readonly LobbyEvent[]> {
  const untilMs = context.nowMs + GRACE_MS;
  switch (command.type) {
    case 'loseWaiter': {
      const waiter = waiterOf(state, command.person);
      const isLost = waiter?.deviceId === command.deviceId && waiter.awayUntilMs === null;
      return accept(isLost ? [{ type: 'waiterLost', person: command.person, untilMs }] : []);
    }
    case 'bring':
      return bring(state, command, context);
    case 'enter': {
      const seat = state.inside[command.person];
      if (seat === undefined) return refuse('out-of-turn');
      return accept(
        seat.state === 'in' ? [] : withEntitled(state, [{ type: 'entered', person: command.person }], context),
      );
    }
    case 'drop':
      return accept(
        state.inside[command.person]?.state === 'in' ? [{ type: 'dropped', person: command.person, untilMs }] : [],
      );
    case 'leave':
      return accept(withEntitled(state, goingOut(state, command.person, 'left'), context));
    case 'reconsider':
      return accept(reconsider(state, command.callers, context));
    case 'sweep':
    case 'restart':
      return accept([]);
  }
}

const withEntitled = (
  state: LobbyState,
  events: readonly LobbyEvent[],
  context: LobbyContext,
): readonly LobbyEvent[] => [...events, ...letInEntitled(applyLobbyAll(state, events), context)];

/**
 * Something changed around those who wait and those who are in. Whoever may not even wait any more does not stay either; a
 * meeting that is cancelled goes on for those who are in it. Reach has rules of its own for them.
 */
function reconsider(state: LobbyState, callers: readonly Caller[], context: LobbyContext): readonly LobbyEvent[] {
  const changed = callers
    .filter((caller) => isKnownOtherwise(state, caller))
    .map((caller) => ({ type: 'callerChanged', caller }) as const);
  const described = changed.reduce<LobbyState>(applyLobby, state);
  const away = described.waiting.flatMap((waiter) => {
    const code = whyNoMore(described, waiter, context);
    return code === null ? [] : [turnedAway(waiter.caller.person, code)];
  });
  const denied = Object.values(described.inside).filter(({ caller }) => whyDenied(caller, context) !== null);
  const out = inTurn(applyLobbyAll(described, away), denied, (now, { caller }) =>
    goingOut(now, caller.person, 'denied'),
  );
  return withEntitled(state, [...changed, ...away, ...out], context);
}

function isKnownOtherwise(state: LobbyState, caller: Caller): boolean {
  const known = waiterOf(state, caller.person)?.caller ?? state.inside[caller.person]?.caller;
  return known !== undefined && !sameCaller(known, caller);
}

/** Too early for a meeting for which somebody waits already: it was moved. */
function whyNoMore(state: LobbyState, { caller }: Waiter, context: LobbyContext): TurnAwayCode | null {
  const code = whyClosed(state, context) ?? whyNotOpen(state, context) ?? whyDenied(caller, context);
  if (code === null && context.barred.has(caller.person)) return 'not-allowed';
  return code === 'meeting-not-joinable' ? 'meeting-moved' : code;
}
