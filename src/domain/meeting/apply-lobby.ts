import type { PersonKey } from '../call/state.ts';
import type { LobbyEvent } from './lobby-event.ts';
import type { LobbyDecision, LobbyState, Seat, Waiter } from './lobby-state.ts';
import type { Caller } from './model.ts';

/** Enough for those who decide at the same moment; older ones are forgotten, so the state of a long meeting stays small. */
const MAX_DECISIONS = 100;

/** The door after one more event. Pure and total. */
export function applyLobby(state: LobbyState, event: LobbyEvent): LobbyState {
  switch (event.type) {
    case 'waited': {
      const { caller, deviceId, atMs } = event;
      // What was decided before was about another wait.
      const decisions = state.decisions.filter(({ person }) => person !== caller.person);
      const waiter = { caller, deviceId, sinceMs: atMs, awayUntilMs: null };
      return { ...state, decisions, waiting: [...state.waiting, waiter] };
    }
    case 'placeKept':
      return patchWaiter(state, event.person, { deviceId: event.deviceId, awayUntilMs: null });
    case 'waiterLost':
      return patchWaiter(state, event.person, { awayUntilMs: event.untilMs });
    case 'withdrew':
      return withoutWaiter(state, event.person);
    case 'letIn':
      return applyLetIn(state, event);
    case 'turnedAway': {
      const { person, denied } = event;
      return decided(withoutWaiter(state, person), denied && { person, kind: 'denied', ...denied });
    }
    case 'callerChanged':
      return applyCaller(state, event.caller);
    case 'entered':
      return patchSeat(state, event.person, ({ caller, usedLink }) => ({ caller, usedLink, state: 'in' }));
    case 'dropped': {
      const { untilMs } = event;
      return patchSeat(state, event.person, ({ caller, usedLink }) => ({ caller, usedLink, state: 'away', untilMs }));
    }
    case 'wentOut': {
      const { [event.person]: _gone, ...inside } = state.inside;
      return { ...state, inside };
    }
    case 'linkRevoked':
      return { ...state, link: 'revoked' };
    case 'callEnded':
      return { ...state, ended: true, waiting: [], inside: {} };
  }
}

export const applyLobbyAll = (state: LobbyState, events: readonly LobbyEvent[]): LobbyState =>
  events.reduce(applyLobby, state);

/** What follows for one after the other, each by the state that those before left. */
export function inTurn<T>(
  state: LobbyState,
  items: readonly T[],
  decideOne: (state: LobbyState, item: T) => readonly LobbyEvent[],
): readonly LobbyEvent[] {
  const events: LobbyEvent[] = [];
  let now = state;
  for (const item of items) {
    const more = decideOne(now, item);
    events.push(...more);
    now = applyLobbyAll(now, more);
  }
  return events;
}

function applyLetIn(state: LobbyState, event: Extract<LobbyEvent, { type: 'letIn' }>): LobbyState {
  const { caller, admitted, usesLink, untilMs } = event;
  const seat = { caller, usedLink: usesLink, state: 'entering', untilMs } as const;
  const rest = withoutWaiter(state, caller.person);
  return decided(
    {
      ...rest,
      inside: { ...rest.inside, [caller.person]: seat },
      link: usesLink ? 'used' : rest.link,
    },
    admitted && { person: caller.person, kind: 'admitted', ...admitted },
  );
}

function applyCaller(state: LobbyState, caller: Caller): LobbyState {
  const changed = patchWaiter(state, caller.person, { caller });
  return patchSeat(changed, caller.person, (seat) => ({ ...seat, caller }));
}

const decided = (state: LobbyState, decision: LobbyDecision | null): LobbyState =>
  decision === null ? state : { ...state, decisions: [...state.decisions, decision].slice(-MAX_DECISIONS) };

const withoutWaiter = (state: LobbyState, person: PersonKey): LobbyState => ({
  ...state,
  waiting: state.waiting.filter(({ caller }) => caller.person !== person),
});

const patchWaiter = (state: LobbyState, person: PersonKey, changes: Partial<Waiter>): LobbyState => ({
  ...state,
  waiting: state.waiting.map((waiter) => (waiter.caller.person === person ? { ...waiter, ...changes } : waiter)),
});

function patchSeat(state: LobbyState, person: PersonKey, change: (seat: Seat) => Seat): LobbyState {
  const seat = state.inside[person];
  return seat === undefined ? state : { ...state, inside: { ...state.inside, [person]: change(seat) } };
}
