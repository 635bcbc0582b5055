import type { PersonKey } from '../call/state.ts';
import type { Admitter } from './admitting.ts';
import type { Door } from './entry.ts';
import type { LobbyEvent, TurnAwayCode } from './lobby-event.ts';
import type { LobbyState } from './lobby-state.ts';
import { type Caller, isVerified } from './model.ts';
import type { DoorTime } from './one-time.ts';

/** What decides at the door besides its own state, as it is now. */
export interface LobbyContext extends DoorTime {
  /** Whether the meeting's tenant accepts guests. */
  readonly guestAccess: boolean;
  /** Of those who wait: who may not be with those in the meeting now (`decideReach`). */
  readonly barred: ReadonlySet<PersonKey>;
}

/** For somebody whose connection is lost, and for somebody let in to get there: back without a new admission. */
export const GRACE_MS = 60_000;

export const doorOf = (state: LobbyState, { meeting, settings, guestAccess }: LobbyContext): Door => ({
  meeting,
  settings,
  guestAccess,
  verifiedPresent: Object.values(state.inside).some((seat) => seat.state === 'in' && isVerified(seat.caller)),
});

/** Comes in: by somebody, or (null) because nobody has to. */
export const letIn = (
  caller: Caller,
  nowMs: number,
  admission: { readonly by: Admitter; readonly usesLink: boolean } | null,
): LobbyEvent => ({
  type: 'letIn',
  caller,
  admitted: admission && { by: admission.by.caller.person, byName: admission.by.caller.name },
  usesLink: admission?.usesLink ?? false,
  untilMs: nowMs + GRACE_MS,
});

/** Waits no more, by nobody's decision: the state of things does it. */
export const turnedAway = (person: PersonKey, code: TurnAwayCode): LobbyEvent => ({
  type: 'turnedAway',
  person,
  code,
  denied: null,
});
