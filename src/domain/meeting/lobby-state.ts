import type { PersonKey } from '../call/state.ts';
import type { Caller } from './model.ts';

/** Somebody who waits to be let in. Until then nothing reaches them, and nothing of them reaches anybody. */
export interface Waiter {
  readonly caller: Caller;
  /** The one page that holds the place. */
  readonly deviceId: string;
  /** When they knocked, by the hub's clock, ms since the epoch. */
  readonly sinceMs: number;
  /** Until when their place is kept while their page is out of touch; null while it is there. */
  readonly awayUntilMs: number | null;
}

/** A place in the meeting. It counts from the moment somebody is let in, so that two cannot be let into the last one. */
export type Seat = SeatHolder & (SeatIn | SeatKept);

interface SeatHolder {
  readonly caller: Caller;
  /** Whether they were let in by somebody through a link that works once. */
  readonly usedLink: boolean;
}
interface SeatIn {
  readonly state: 'in';
}
/** `entering`: let in, not there yet; `away`: their connection is lost. Kept until then, without a new admission. */
interface SeatKept {
  readonly state: 'entering' | 'away';
  readonly untilMs: number;
}

export interface LobbyDecision {
  readonly person: PersonKey;
  readonly kind: 'admitted' | 'denied';
  readonly by: PersonKey;
  readonly byName: string;
}

/** The link of a one-time call: used by the first admission, not by opening it. */
export type LinkUse = 'fresh' | 'used' | 'revoked';

/** The door of one meeting: who waits, who was let in. Plain data: it outlives the hub. */
export interface LobbyState {
  readonly meetingId: string;
  /** In the order in which they knocked. */
  readonly waiting: readonly Waiter[];
  readonly inside: Readonly<Record<PersonKey, Seat>>;
  /** The latest ones, oldest first: for those who decide at the same moment. */
  readonly decisions: readonly LobbyDecision[];
  readonly link: LinkUse;
  /** Of a one-time call: final. */
  readonly ended: boolean;
}

export const initialLobby = (meetingId: string): LobbyState => ({
  meetingId,
  waiting: [],
  inside: {},
  decisions: [],
  link: 'fresh',
  ended: false,
});

export const waiterOf = (state: LobbyState, person: PersonKey): Waiter | undefined =>
  state.waiting.find(({ caller }) => caller.person === person);

/** The name under which somebody was let in, for as long as they have their place: nobody was asked about another one. */
export const admittedName = (state: LobbyState, person: PersonKey): string | null =>
  state.inside[person]?.caller.name ?? null;

export const decisionOn = (state: LobbyState, person: PersonKey): LobbyDecision | undefined =>
  state.decisions.findLast((decision) => decision.person === person);
