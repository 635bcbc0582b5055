import type { PersonKey } from '../call/state.ts';
import { applyLobbyAll, inTurn } from './apply-lobby.ts';
import { GRACE_MS, type LobbyContext, turnedAway } from './lobby-context.ts';
import type { LobbyEvent } from './lobby-event.ts';
import type { LobbyState, Waiter } from './lobby-state.ts';
import { isVerified } from './model.ts';
import { linkExpiresAtMs } from './one-time.ts';
import { whyNotOpen } from './opening.ts';
import { goingOut, letInEntitled } from './seats.ts';

/** A page that was forgotten open lets nobody in hours later. */
export const MAX_WAIT_MS = 60 * 60_000;

/** What is due by now: places that were kept long enough, waiting that leads nowhere, and who comes in by that. */
export function sweep(state: LobbyState, context: LobbyContext): readonly LobbyEvent[] {
  const lapsed = inTurn(state, lapsedSeats(state, context.nowMs), (now, person) => goingOut(now, person, 'lost'));
  const there = applyLobbyAll(state, lapsed);
  const stayers = inTurn(there, leftAlone(there, context), (now, person) => goingOut(now, person, 'over'));
  const gone = [...lapsed, ...stayers];
  const left = applyLobbyAll(state, gone);
  const ended = left.waiting.flatMap((waiter) => endOfWaiting(waiter, left, context));
  const events = [...gone, ...ended];
  return events.length === 0 ? events : [...events, ...letInEntitled(applyLobbyAll(state, events), context)];
}

/** When `sweep` has something to do, if nothing else happens; null: never. It may be past. */
export function nextDueMs(state: LobbyState, context: Omit<LobbyContext, 'nowMs'>): number | null {
  const seats = Object.values(state.inside).flatMap((seat) => (seat.state === 'in' ? [] : [seat.untilMs]));
  const waiters = state.waiting.flatMap(({ sinceMs, awayUntilMs }) => [sinceMs + MAX_WAIT_MS, awayUntilMs ?? Infinity]);
  const closing = state.waiting.length === 0 ? [] : [closingMs(state, context)];
  const alone = areAlone(state) ? [overAtMs(context)] : [];
  const dues = [...seats, ...waiters, ...closing, ...alone];
  const due = Math.min(...dues);
  return due === Number.POSITIVE_INFINITY ? null : Math.max(0, due);
}

/** After the hub was away, everybody gets the same time to come back, in the order that was. */
export function keepEverybody(state: LobbyState, nowMs: number): readonly LobbyEvent[] {
  const untilMs = nowMs + GRACE_MS;
  return [
    ...state.waiting.map(({ caller }) => ({ type: 'waiterLost', person: caller.person, untilMs }) as const),
    ...Object.keys(state.inside).map((person) => ({ type: 'dropped', person, untilMs }) as const),
  ];
}

const lapsedSeats = (state: LobbyState, nowMs: number): readonly PersonKey[] =>
  Object.entries(state.inside).flatMap(([person, seat]) =>
    seat.state !== 'in' && seat.untilMs <= nowMs ? [person] : [],
  );

/** Nobody is in for whom somebody vouches, but somebody is. Places that are kept count. */
function areAlone({ inside }: LobbyState): boolean {
  const seats = Object.values(inside);
  return seats.length > 0 && seats.every(({ caller }) => !isVerified(caller));
}

/** Outsiders do not hold a meeting open among themselves once it is over: nobody would be there to end it. */
const leftAlone = (state: LobbyState, context: LobbyContext): readonly PersonKey[] =>
  areAlone(state) && overAtMs(context) <= context.nowMs ? Object.keys(state.inside) : [];

/** A one-time call's agent may come back to the customer for as long as the link could have been used. */
function overAtMs({ meeting, settings }: Omit<LobbyContext, 'nowMs'>): number {
  if (meeting.cancelled) return Number.NEGATIVE_INFINITY;
  return meeting.kind === 'oneTime' ? linkExpiresAtMs(meeting, settings) : meeting.endMs;
}

function endOfWaiting(waiter: Waiter, state: LobbyState, context: LobbyContext): readonly LobbyEvent[] {
  const { person } = waiter.caller;
  const { nowMs } = context;
  const over = whyNotOpen(state, context);
  if (over === 'link-expired' || over === 'call-over') return [turnedAway(person, over)];
  if (waiter.awayUntilMs !== null && waiter.awayUntilMs <= nowMs) return [{ type: 'withdrew', person, reason: 'lost' }];
  return nowMs - waiter.sinceMs >= MAX_WAIT_MS ? [turnedAway(person, 'waited-too-long')] : [];
}

/** When waiting ends for everybody. */
function closingMs(state: LobbyState, { meeting, settings }: Omit<LobbyContext, 'nowMs'>): number {
  if (meeting.kind === 'oneTime') return state.link === 'fresh' ? linkExpiresAtMs(meeting, settings) : Infinity;
  return Object.keys(state.inside).length === 0 ? meeting.endMs : Infinity;
}
