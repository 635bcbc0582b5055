import { accept, type RefusalCode, type Result, refuse } from '../call/refusal.ts';
import type { PersonKey } from '../call/state.ts';
import { applyLobbyAll } from './apply-lobby.ts';
import { whyFull } from './capacity.ts';
import { decideAdmission } from './decide-admission.ts';
import { decideAtDoor } from './decide-at-door.ts';
import { askEntry, whyDenied } from './entry.ts';
import type { LobbyCommand, VisitorCommand } from './lobby-command.ts';
import { doorOf, type LobbyContext, letIn } from './lobby-context.ts';
import type { LobbyEvent } from './lobby-event.ts';
import { decisionOn, type LobbyState, type Waiter, waiterOf } from './lobby-state.ts';
import { sameCaller } from './model.ts';
import { whyClosedTo, whyNoOtherCustomer, whyNotOpen } from './opening.ts';
import { keepEverybody, sweep } from './sweep.ts';

/** Of one meeting. More hardly wait for anybody; it bounds what a link that got around can cause. */
export const MAX_WAITING = 100;

type Decision = Result<readonly LobbyEvent[]>;

/**
 * What a command makes happen at a meeting's door, or why it may not. Pure; an accepted command can make nothing happen.
 * What became due by the time of `context.nowMs` happens first, so no timer of the hub has to be exact. Whom people may meet is asked
 * besides (`decideReach`), of everybody who is not anonymous.
 */
export function decideLobby(state: LobbyState, command: LobbyCommand, context: LobbyContext): Decision {
  const due = command.type === 'restart' ? keepEverybody(state, context.nowMs) : sweep(state, context);
  const decision = decideNow(applyLobbyAll(state, due), command, context);
  return decision.ok ? accept([...due, ...decision.value]) : decision;
}

function decideNow(state: LobbyState, command: LobbyCommand, context: LobbyContext): Decision {
  switch (command.type) {
    case 'knock':
      return knock(state, command, context);
    case 'withdraw': {
      const waiter = waiterOf(state, command.person);
      const isTheirs = waiter?.deviceId === command.deviceId;
      return accept(isTheirs ? [{ type: 'withdrew', person: command.person, reason: 'left' }] : []);
    }
    case 'admit':
    case 'deny':
    case 'admitAll':
    case 'denyAll':
    case 'revoke':
      return decideAdmission(state, command, context);
    default:
      return decideAtDoor(state, command, context);
  }
}

type Knock = Extract<VisitorCommand, { type: 'knock' }>;

function knock(state: LobbyState, command: Knock, context: LobbyContext): Decision {
  const { caller } = command;
  const refusal = whyClosedTo(caller.person, state, context) ?? whyDenied(caller, context);
  if (refusal !== null) return refuse(refusal);
  if (hasSeat(state, caller.person)) return accept([]);
  const closed = whyNotOpen(state, context);
  if (closed !== null) return refuse(closed);
  const waiter = waiterOf(state, caller.person);
  // Denied while the page was away: it learns so, and is not in the lobby again without anybody having asked for it.
  const isDenied = waiter === undefined && decisionOn(state, caller.person)?.kind === 'denied';
  if (command.again === true && isDenied) return refuse('lobby-denied');
  const full = whyFull(state, context.meeting);
  if (askEntry(caller, doorOf(state, context)).kind === 'in') {
    if (full === null) return accept([letIn(caller, context.nowMs, null)]);
    return waiter === undefined ? refuse(full) : accept(keepPlace(waiter, command));
  }
  if (waiter !== undefined) return accept(keepPlace(waiter, command));
  const shut = whyNobodyElseWaits(state, context);
  if (shut !== null) return refuse(shut);
  return accept([{ type: 'waited', caller, deviceId: command.deviceId, atMs: context.nowMs }]);
}

const whyNobodyElseWaits = (state: LobbyState, context: LobbyContext): RefusalCode | null =>
  whyNoOtherCustomer(state, context) ??
  whyFull(state, context.meeting) ??
  (state.waiting.length >= MAX_WAITING ? 'lobby-full' : null);

/**
 * A second page takes the place over; nobody waits twice, and nobody loses their turn by it. A typed name stays as it was when
 * they came: whoever admits them must not be shown one and let in another.
 */
function keepPlace(waiter: Waiter, { caller: comer, deviceId }: Knock): readonly LobbyEvent[] {
  const caller = comer.signedIn ? comer : { ...comer, name: waiter.caller.name };
  const isThere = waiter.deviceId === deviceId && waiter.awayUntilMs === null;
  const kept = isThere ? [] : [{ type: 'placeKept', person: caller.person, deviceId } as const];
  return sameCaller(waiter.caller, caller) ? kept : [...kept, { type: 'callerChanged', caller }];
}

const hasSeat = (state: LobbyState, person: PersonKey): boolean => state.inside[person] !== undefined;
