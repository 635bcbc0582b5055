import type { Clock } from '../../src/signalr/index.ts';

/** Time that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time on, calling what is due on the way. */
  advance(ms: number): void;
  /** How many repetitions were asked for and not ended. */
  readonly running: number;
}

interface Repeat {
  readonly intervalMs: number;
  readonly run: () => void;
  dueMs: number;
}

/** Any date will do; it must not be near zero, as an expiry could then lie before 1970. */
const START_EPOCH_MS = Date.UTC(2026, 0, 1);

export function createManualClock(): ManualClock {
  const repeats = new Set<Repeat>();
  let nowMs = 0;

  function nextDue(untilMs: number): Repeat | undefined {
    return [...repeats].filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  }

  return {
    get running() {
      return repeats.size;
    },
    monotonicMs: () => nowMs,
    epochMs: () => START_EPOCH_MS + nowMs,
    every(intervalMs, run) {
      const repeat = { intervalMs, run, dueMs: nowMs + intervalMs };
      repeats.add(repeat);
      return () => repeats.delete(repeat);
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (let due = nextDue(untilMs); due !== undefined; due = nextDue(untilMs)) {
        nowMs = due.dueMs;
        due.dueMs += due.intervalMs;
        due.run();
      }
      nowMs = untilMs;
    },
  };
}
