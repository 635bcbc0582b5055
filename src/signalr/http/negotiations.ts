import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';

/** 128 bits, as in ASP.NET Core: nobody guesses a token. */
const ID_BYTES = 16;

export function createId(): string {
  return randomBytes(ID_BYTES).toString('base64url');
}

export interface Negotiated {
  readonly connectionId: string;
  /** Secret: whoever has it may open the connection (and must be the same user). */
  readonly connectionToken: string;
}

export type Claim =
  | { readonly kind: 'claimed'; readonly connectionId: string; readonly userId: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'active' };

/** Connections that were negotiated: those not yet opened, and the tokens of those that are. */
export interface Negotiations {
  /** Undefined: too many are waiting. */
  issue(userId: string, negotiateVersion: 0 | 1): Negotiated | undefined;
  /** Takes the token into use; a second claim finds it active until `release`. */
  claim(connectionToken: string): Claim;
  /** Forgets a token. */
  release(connectionToken: string): void;
  /** Forgets those that nobody opened in time. */
  sweep(): void;
}

interface Pending {
  readonly connectionId: string;
  readonly userId: string;
  readonly expiresAtMs: number;
}

export function createNegotiations(clock: Clock, limits: Limits): Negotiations {
  /** In the order of expiry, as all live equally long. */
  const pending = new Map<string, Pending>();
  const active = new Set<string>();

  function sweep() {
    const nowMs = clock.monotonicMs();
    for (const [token, { expiresAtMs }] of pending) {
      if (expiresAtMs > nowMs) return;
      pending.delete(token);
    }
  }

  return {
    sweep,
    issue(userId, negotiateVersion) {
      sweep();
      if (pending.size >= limits.maxNegotiations) return undefined;
      const connectionId = createId();
      // Version 0 knows no token: there the id has to be the secret.
      const connectionToken = negotiateVersion === 0 ? connectionId : createId();
      pending.set(connectionToken, {
        connectionId,
        userId,
        expiresAtMs: clock.monotonicMs() + limits.negotiationLifetimeMs,
      });
      return { connectionId, connectionToken };
    },
    claim(connectionToken) {
      sweep();
      if (active.has(connectionToken)) return { kind: 'active' };
      const found = pending.get(connectionToken);
      if (found === undefined) return { kind: 'unknown' };
      pending.delete(connectionToken);
      active.add(connectionToken);
      return { kind: 'claimed', connectionId: found.connectionId, userId: found.userId };
    },
    release(connectionToken) {
      active.delete(connectionToken);
    },
  };
}
