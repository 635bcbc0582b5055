/** All that the server knows of time, so that tests can run it by hand. */
export interface Clock {
  /** Milliseconds that only go forward: for idle times and deadlines. */
  monotonicMs(): number;
  /** Milliseconds since 1970: for the expiry of tokens. */
  epochMs(): number;
  /** Calls `run` again and again until the returned function is called. */
  every(intervalMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  every(intervalMs, run) {
    const timer = setInterval(run, intervalMs);
    // The timer alone is no reason for the process to stay.
    timer.unref();
    return () => clearInterval(timer);
  },
};
