import type { PersonKey } from '../call/state.ts';
import type { LobbyState } from './lobby-state.ts';
import type { MeetingClass } from './model.ts';

/** What somebody who waits is told: their own place, and nothing of anybody else. */
export interface LobbyPlace {
  /** From 1. */
  readonly number: number;
  /** By the hub's clock alone: the page's may differ. */
  readonly waitedMs: number;
}

export function lobbyPlace(state: LobbyState, person: PersonKey, nowMs: number): LobbyPlace | null {
  const at = state.waiting.findIndex(({ caller }) => caller.person === person);
  const waiter = state.waiting[at];
  return waiter === undefined ? null : { number: at + 1, waitedMs: Math.max(0, nowMs - waiter.sinceMs) };
}

/** One who waits, for those who may admit. */
export interface LobbyEntry {
  readonly person: PersonKey;
  readonly name: string;
  readonly class: MeetingClass;
  /** Otherwise the name is what somebody typed. */
  readonly signedIn: boolean;
  readonly waitedMs: number;
  /** Out of touch: they cannot be admitted now. */
  readonly away: boolean;
}

/** In the order in which they knocked. */
export const lobbyList = (state: LobbyState, nowMs: number): readonly LobbyEntry[] =>
  state.waiting.map(({ caller, sinceMs, awayUntilMs }) => ({
    person: caller.person,
    name: caller.name,
    class: caller.class,
    signedIn: caller.signedIn,
    waitedMs: Math.max(0, nowMs - sinceMs),
    away: awayUntilMs !== null,
  }));
