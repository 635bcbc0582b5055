import type { Result } from '../domain/call/refusal.ts';

/** A token is renewed this long before its end: time for a refresh, a hidden frame, and another try. */
const AHEAD_MS = 120_000;
/** Between tries once a renewal did not work. */
const RETRY_MS = 30_000;
/** However short a token lives, renewing is never a busy loop. */
const SHORTEST_MS = 5_000;
/** Longest delay that `setTimeout` takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface TokenRenewal {
  /** Begins anew from the current token; call on each connect. */
  start(): Promise<void>;
  /** The hub says that the connection's token has ended: whatever token there is now is handed over at once. */
  hurry(): void;
  stop(): void;
}

interface AccessToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

export interface TokenRenewalOptions {
  /** null when only a new sign-in gives one; rejects when one may be had later. */
  readonly accessToken: () => Promise<AccessToken | null>;
  readonly renew: (token: string) => Promise<Result<{ readonly expiresAtMs: number }> | null>;
}

/**
 * Hands the hub a fresh token before the connection's own ends, so that a call never notices. Where none is to be had
 * without the person, nothing happens here: the hub keeps the call and says so.
 */
export function createTokenRenewal({ accessToken, renew }: TokenRenewalOptions): TokenRenewal {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let generation = 0;
  /** When the token that the hub has ends. */
  let handedOverUntilMs = 0;

  const currentToken = (): Promise<AccessToken | null> => accessToken().catch(() => null);

  const schedule = (delayMs: number, own: number): void => {
    if (own !== generation) return;
    timer = setTimeout(() => void renewNow(own), Math.min(Math.max(delayMs, SHORTEST_MS), LONGEST_TIMER_MS));
  };

  const renewNow = async (own: number): Promise<void> => {
    const fresh = await currentToken();
    if (own !== generation) return;
    // Where none is to be had now, what comes is the token that the hub has already.
    const answer = fresh === null || fresh.expiresAtMs <= handedOverUntilMs ? null : await renew(fresh.token);
    if (own !== generation) return;
    if (answer?.ok) handedOverUntilMs = answer.value.expiresAtMs;
    schedule(answer?.ok ? answer.value.expiresAtMs - Date.now() - AHEAD_MS : RETRY_MS, own);
  };

  const stop = (): void => {
    generation += 1;
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };

  return {
    async start() {
      stop();
      const own = generation;
      const current = await currentToken();
      if (own !== generation) return;
      handedOverUntilMs = current?.expiresAtMs ?? 0;
      schedule(current === null ? RETRY_MS : current.expiresAtMs - Date.now() - AHEAD_MS, own);
    },
    hurry() {
      stop();
      handedOverUntilMs = 0;
      void renewNow(generation);
    },
    stop,
  };
}
