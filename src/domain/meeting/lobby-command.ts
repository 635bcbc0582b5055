import type { PersonKey } from '../call/state.ts';
import type { Admitter } from './admitting.ts';
import type { Caller } from './model.ts';

/** What somebody at the door does. `deviceId`: random per page, as in calls. */
export type VisitorCommand =
  | {
      readonly type: 'knock';
      readonly caller: Caller;
      readonly deviceId: string;
      /** The page asks by itself for the place that it had, e.g. after a drop. */
      readonly again?: boolean;
    }
  /** Only from the page that holds the place. */
  | { readonly type: 'withdraw'; readonly person: PersonKey; readonly deviceId: string };

/** What those who may admit do. */
export type AdmitterCommand =
  | { readonly type: 'admit'; readonly by: Admitter; readonly person: PersonKey }
  | { readonly type: 'deny'; readonly by: Admitter; readonly person: PersonKey }
  /** Those whom the admitter saw waiting: somebody who knocked meanwhile is not let in unseen. */
  | { readonly type: 'admitAll'; readonly by: Admitter; readonly people: readonly PersonKey[] }
  | { readonly type: 'denyAll'; readonly by: Admitter; readonly people: readonly PersonKey[] }
  /** Of a one-time call. */
  | { readonly type: 'revoke'; readonly by: Caller };

/** What the hub knows: never accepted from the wire. */
export type DoorCommand =
  /** A waiting page is out of touch. */
  | { readonly type: 'loseWaiter'; readonly person: PersonKey; readonly deviceId: string }
  /** Somebody in the meeting rings a person into it. */
  | { readonly type: 'bring'; readonly by: Admitter; readonly caller: Caller }
  /** Somebody who was let in is in the call now, or is back in it. */
  | { readonly type: 'enter'; readonly person: PersonKey }
  /** The connection of somebody in the call is lost. */
  | { readonly type: 'drop'; readonly person: PersonKey }
  /** Left, ended the call, or was removed from it. */
  | { readonly type: 'leave'; readonly person: PersonKey }
  /** The meeting, the tenant's settings or the reach of people changed; `callers` are those described anew. */
  | { readonly type: 'reconsider'; readonly callers: readonly Caller[] }
  /** Time went by: `nextDueMs` says when. */
  | { readonly type: 'sweep' }
  /** The hub was away, and everybody with it. */
  | { readonly type: 'restart' };

export type LobbyCommand = VisitorCommand | AdmitterCommand | DoorCommand;
