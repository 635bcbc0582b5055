import { accept, type Result, refuse } from '../call/refusal.ts';
import type { PersonKey } from '../call/state.ts';
import { whyFull } from './capacity.ts';
import { JOINABLE_BEFORE_MS } from './joinable.ts';
import { type LobbyState, waiterOf } from './lobby-state.ts';
import { type DoorTime, isExpired } from './one-time.ts';

/** What is final about a meeting, for everybody. */
export function whyClosed(
  state: LobbyState,
  { meeting }: DoorTime,
): 'call-over' | 'link-revoked' | 'meeting-cancelled' | null {
  if (state.ended) return 'call-over';
  if (state.link === 'revoked') return 'link-revoked';
  return meeting.cancelled ? 'meeting-cancelled' : null;
}

/** A meeting that is cancelled goes on for those who are in it: they come back to it after a drop. Null: for nobody known. */
export function whyClosedTo(person: PersonKey | null, state: LobbyState, time: DoorTime): ReturnType<typeof whyClosed> {
  if (person === null || state.inside[person] === undefined) return whyClosed(state, time);
  return state.ended ? 'call-over' : null;
}

/** Why it is not the time for a meeting: too early, or over, unless people are in it. */
export function whyNotOpen(
  state: LobbyState,
  context: DoorTime,
): 'meeting-not-joinable' | 'call-over' | 'link-expired' | null {
  const { meeting, nowMs } = context;
  const isHeld = Object.keys(state.inside).length > 0;
  if (nowMs < meeting.startMs - JOINABLE_BEFORE_MS) return isHeld ? null : 'meeting-not-joinable';
  if (meeting.kind === 'oneTime') return state.link === 'fresh' && isExpired(context) ? 'link-expired' : null;
  return nowMs >= meeting.endMs && !isHeld ? 'call-over' : null;
}

/** Whether somebody more may wait for a one-time call. A link is used once: when its customer is away for a moment, too. */
export function whyNoOtherCustomer(state: LobbyState, { meeting }: DoorTime): 'one-time-full' | null {
  if (meeting.kind !== 'oneTime') return null;
  return state.link === 'used' || whyFull(state, meeting) !== null ? 'one-time-full' : null;
}

/** A link that was opened, and the door it leads to. */
export interface OpenedLink {
  readonly lobby: LobbyState;
  readonly context: DoorTime;
  /** Known by their sign-in or by the cookie of an earlier admission; null for anybody else. */
  readonly person: PersonKey | null;
}

/**
 * What opening a link leads to, before anybody knocks. Opening changes nothing: programs that preview links open them too.
 * @param opened null for a link that never was: the same answer whatever was tried
 */
export function askLink(opened: OpenedLink | null): Result<null> {
  if (opened === null) return refuse('link-unknown');
  const { lobby, context, person } = opened;
  const closed = whyClosedTo(person, lobby, context);
  if (closed !== null) return refuse(closed);
  if (person !== null && isExpected(opened, person)) return accept(null);
  const waits = person !== null && waiterOf(lobby, person) !== undefined;
  const code = whyNotOpen(lobby, context) ?? (waits ? null : whyNoOtherCustomer(lobby, context));
  return code === null ? accept(null) : refuse(code);
}

/** Has a place there already, or may have one whatever the link is worth. */
const isExpected = ({ lobby, context }: OpenedLink, person: PersonKey): boolean =>
  lobby.inside[person] !== undefined || context.meeting.organizer === person;
