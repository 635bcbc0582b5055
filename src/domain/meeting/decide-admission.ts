import { accept, type Result, refuse } from '../call/refusal.ts';
import type { PersonKey } from '../call/state.ts';
import { type Admitter, mayAdmit, mayManage } from './admitting.ts';
import { inTurn } from './apply-lobby.ts';
import { whyFull } from './capacity.ts';
import { whyDenied } from './entry.ts';
import type { AdmitterCommand } from './lobby-command.ts';
import { type LobbyContext, letIn, turnedAway } from './lobby-context.ts';
import type { LobbyEvent } from './lobby-event.ts';
import { decisionOn, type LobbyState, type Waiter, waiterOf } from './lobby-state.ts';
import type { Caller } from './model.ts';
import { whyClosed, whyNotOpen } from './opening.ts';

type Decision = Result<readonly LobbyEvent[]>;

/** What those decide who may admit. */
export function decideAdmission(state: LobbyState, command: AdmitterCommand, context: LobbyContext): Decision {
  if (command.type === 'revoke') return revoke(state, command.by, context);
  const may = mayDecide(state, command.by, context);
  if (!may.ok) return may;
  const closed = whyClosed(state, context) ?? whyNotOpen(state, context);
  if (closed !== null) return refuse(closed);
  switch (command.type) {
    case 'admit':
      return admit(state, command, context);
    case 'deny':
      return deny(state, command);
    case 'admitAll':
      return admitAll(state, command, context);
    case 'denyAll':
      return accept(waitersAmong(state, command.people).map((waiter) => turnedAwayBy(command.by, waiter)));
  }
}

/** Somebody who waits themselves decides about nobody, whatever their part in the meeting. */
const mayDecide = (state: LobbyState, by: Admitter, { meeting, settings }: LobbyContext): Result<null> =>
  waiterOf(state, by.caller.person) === undefined
    ? mayAdmit(by, meeting, settings)
    : refuse('may-not-admit', 'waiting');

interface One {
  readonly by: Admitter;
  readonly person: PersonKey;
}

function admit(state: LobbyState, one: One, context: LobbyContext): Decision {
  const waiter = waiterOf(state, one.person);
  if (waiter === undefined) return decidedAlready(state, one, 'admitted');
  if (waiter.awayUntilMs !== null) return refuse('not-waiting', 'away');
  const code = whyDenied(waiter.caller, context) ?? whyFull(state, context.meeting);
  if (code !== null) return refuse(code);
  // Told that they are admitted, they would be refused all the same.
  if (context.barred.has(one.person)) return refuse('not-allowed');
  return accept(admission(state, waiter, one.by, context));
}

function admission(state: LobbyState, waiter: Waiter, by: Admitter, context: LobbyContext): readonly LobbyEvent[] {
  const usesLink = context.meeting.kind === 'oneTime';
  const others = usesLink ? state.waiting.filter((other) => other !== waiter) : [];
  return [
    letIn(waiter.caller, context.nowMs, { by, usesLink }),
    ...others.map(({ caller }) => turnedAway(caller.person, 'one-time-full')),
  ];
}

function deny(state: LobbyState, one: One): Decision {
  const waiter = waiterOf(state, one.person);
  return waiter === undefined ? decidedAlready(state, one, 'denied') : accept([turnedAwayBy(one.by, waiter)]);
}

/** Of two who decide at the same moment the second learns what the first did. The same decision again changes nothing. */
function decidedAlready(state: LobbyState, { by, person }: One, wanted: 'admitted' | 'denied'): Decision {
  const decision = decisionOn(state, person);
  if (decision === undefined) return refuse('not-waiting');
  if (decision.kind === wanted && decision.by === by.caller.person) return accept([]);
  return refuse(decision.kind === 'admitted' ? 'already-admitted' : 'already-denied', decision.byName);
}

/** In the order in which they knocked, as many as there are places; the others wait on. */
function admitAll(
  state: LobbyState,
  { by, people }: Extract<AdmitterCommand, { type: 'admitAll' }>,
  context: LobbyContext,
): Decision {
  const waiters = waitersAmong(state, people).filter(
    ({ caller, awayUntilMs }) =>
      awayUntilMs === null && whyDenied(caller, context) === null && !context.barred.has(caller.person),
  );
  if (waiters.length === 0) return accept([]);
  if (context.meeting.kind === 'oneTime' && waiters.length > 1) return refuse('choose-one');
  const full = whyFull(state, context.meeting);
  if (full !== null) return refuse(full);
  return accept(
    inTurn(state, waiters, (now, waiter) =>
      whyFull(now, context.meeting) === null ? admission(now, waiter, by, context) : [],
    ),
  );
}

const waitersAmong = (state: LobbyState, people: readonly PersonKey[]): readonly Waiter[] =>
  state.waiting.filter(({ caller }) => people.includes(caller.person));

/** The link of a one-time call, before anybody was let in by it. */
function revoke(state: LobbyState, by: Caller, { meeting }: LobbyContext): Decision {
  const may = mayManage(by.person, meeting, 'revoke');
  if (!may.ok) return may;
  if (meeting.kind !== 'oneTime') return refuse('out-of-turn');
  if (state.ended) return refuse('call-over');
  if (state.link === 'revoked') return accept([]);
  if (state.link === 'used') {
    return refuse('already-admitted', state.decisions.findLast(({ kind }) => kind === 'admitted')?.byName);
  }
  return accept([
    ...state.waiting.map(({ caller }) => turnedAway(caller.person, 'link-revoked')),
    { type: 'linkRevoked', by: by.person },
  ]);
}

const turnedAwayBy = ({ caller: { person: by, name: byName } }: Admitter, { caller }: Waiter): LobbyEvent => ({
  type: 'turnedAway',
  person: caller.person,
  code: 'lobby-denied',
  denied: { by, byName },
});
