import { LIMITS } from '../../protocol/limits.ts';
import type { Identity } from '../identity/identity.ts';
import type { Visit } from '../join-api/tickets.ts';
import type { Peer } from '../people/peer.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** One connection from its sign-in to its end. Changed only by the methods and by the expiry of the sign-in. */
export interface Session {
  identity: Identity;
  /** Of somebody without a sign-in, who has a ticket for this one meeting; null for everybody else. */
  readonly visit: Visit | null;
  /** The token that `identity` was read from. Secret: never logged, never stored. */
  accessToken: string;
  /** null until it said hello. */
  peer: Peer | null;
  /** The sign-in has expired and could not be renewed; the connection lives on for this call alone. */
  held: { readonly callId: string; readonly untilMs: number } | null;
  readonly requests: TokenBucket;
  readonly relays: TokenBucket;
  /** Of what is relayed without a picture. */
  readonly smallRelays: TokenBucket;
}

export const createSession = (identity: Identity, accessToken: string, visit: Visit | null = null): Session => ({
  identity,
  visit,
  accessToken,
  peer: null,
  held: null,
  requests: createTokenBucket(LIMITS.callsPerSecond, LIMITS.callsBurst),
  relays: createTokenBucket(LIMITS.relaysPerSecond, LIMITS.relaysBurst),
  smallRelays: createTokenBucket(LIMITS.smallRelaysPerSecond, LIMITS.smallRelaysBurst),
});
