import type { RefusalCode } from '../call/refusal.ts';
import type { PersonKey } from '../call/state.ts';
import type { Caller } from './model.ts';

/** Why somebody does not wait any more without being let in; each has its sentence. */
export type TurnAwayCode = Extract<
  RefusalCode,
  | 'lobby-denied'
  /** Rules of reach keep them from those in the meeting. */
  | 'not-allowed'
  | 'anonymous-off'
  | 'guest-access-off'
  | 'meeting-cancelled'
  | 'meeting-moved'
  | 'waited-too-long'
  | 'one-time-full'
  | 'link-expired'
  | 'link-revoked'
  | 'call-over'
>;

/** `over`: the meeting is, and only outsiders were left; `denied`: such people may not be in it any more. */
export type OutReason = 'left' | 'lost' | 'over' | 'denied';

interface DecidedBy {
  readonly by: PersonKey;
  readonly byName: string;
}

/** What happened at a meeting's door. Facts, in the past tense; `applyLobby` never refuses one. */
export type LobbyEvent =
  | { readonly type: 'waited'; readonly caller: Caller; readonly deviceId: string; readonly atMs: number }
  /** The page that holds the place is another one now, or is there again. */
  | { readonly type: 'placeKept'; readonly person: PersonKey; readonly deviceId: string }
  | { readonly type: 'waiterLost'; readonly person: PersonKey; readonly untilMs: number }
  | { readonly type: 'withdrew'; readonly person: PersonKey; readonly reason: 'left' | 'lost' }
  | {
      readonly type: 'letIn';
      readonly caller: Caller;
      /** Null: nobody had to. */
      readonly admitted: DecidedBy | null;
      readonly usesLink: boolean;
      readonly untilMs: number;
    }
  | {
      readonly type: 'turnedAway';
      readonly person: PersonKey;
      readonly code: TurnAwayCode;
      /** Of a Deny. */
      readonly denied: DecidedBy | null;
    }
  | { readonly type: 'callerChanged'; readonly caller: Caller }
  | { readonly type: 'entered'; readonly person: PersonKey }
  | { readonly type: 'dropped'; readonly person: PersonKey; readonly untilMs: number }
  | { readonly type: 'wentOut'; readonly person: PersonKey; readonly reason: OutReason }
  | { readonly type: 'linkRevoked'; readonly by: PersonKey }
  | { readonly type: 'callEnded' };
