import type { Clock } from '../../../src/hub/clock.ts';
import { settle } from './settle.ts';

export interface FakeClock extends Clock {
  /** Moves time on, runs what falls due in its order, and lets what that started come to rest. */
  advance(ms: number): Promise<void>;
}

/** @param rest until what has been started has come to rest */
export function createFakeClock(startMs = Date.UTC(2026, 0, 5, 9), rest: () => Promise<void> = settle): FakeClock {
  let nowMs = startMs;
  let timers: { readonly atMs: number; readonly work: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    after(ms, work) {
      const timer = { atMs: nowMs + Math.max(0, ms), work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await rest();
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined || next.atMs > untilMs) break;
        timers = timers.filter((other) => other !== next);
        nowMs = next.atMs;
        next.work();
        await rest();
      }
      nowMs = untilMs;
    },
  };
}
