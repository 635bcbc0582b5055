/** Lets through a steady rate, and a burst that was saved up before. */
export interface TokenBucket {
  /** False when the limit is reached; nothing is taken then. */
  take(nowMs: number): boolean;
}

export function createTokenBucket(perSecond: number, burst: number): TokenBucket {
  let tokens = burst;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    take(nowMs) {
      const passedMs = Math.max(0, nowMs - lastMs);
      tokens = Math.min(burst, tokens + (passedMs / 1000) * perSecond);
      lastMs = Math.max(lastMs, nowMs);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
