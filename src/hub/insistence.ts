import type { Result } from '../domain/call/refusal.ts';
import type { Clock } from './clock.ts';

/** Work that has to be done, once the store answers again. */
export interface Insistence {
  /** Does it now, and again, ever more seldom, while it fails or is refused with `internal`; any other refusal is final. */
  insist(work: () => Promise<Result<unknown>>): void;
  close(): void;
}

const FIRST_RETRY_MS = 500;
/** A store that was away for long is not hurried. */
const LAST_RETRY_MS = 30_000;

export function createInsistence(clock: Clock, onFailure: (error: unknown) => void): Insistence {
  const waiting = new Set<() => void>();
  let closed = false;

  const later = (work: () => Promise<Result<unknown>>, ms: number): void => {
    if (closed) return;
    const cancel = clock.after(ms, () => {
      waiting.delete(cancel);
      tryIt(work, Math.min(2 * ms, LAST_RETRY_MS));
    });
    waiting.add(cancel);
  };
  const tryIt = (work: () => Promise<Result<unknown>>, nextMs: number): void => {
    work().then(
      (result) => {
        if (result.ok || result.refusal.code !== 'internal') return;
        onFailure(new Error(`refused: ${result.refusal.detail ?? 'internal'}`));
        later(work, nextMs);
      },
      (error: unknown) => {
        onFailure(error);
        later(work, nextMs);
      },
    );
  };
  return {
    insist: (work) => tryIt(work, FIRST_RETRY_MS),
    close() {
      closed = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}
