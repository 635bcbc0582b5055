/** When to repeat something that may have been lost: soon at first, then ever more rarely. */
export interface Resend {
  /** Something new was sent, or was answered: wait from now. */
  reset(): void;
  /** True at most once per interval. */
  isDue(): boolean;
}

/** A signal takes tens of ms to be answered; the longest wait is what somebody would notice as a hang. */
const INTERVALS_MS = [1000, 1500, 2000] as const;
const LONGEST_MS = 2500;

export function createResend(nowMs: () => number): Resend {
  let sinceMs = nowMs();
  let times = 0;
  return {
    reset() {
      sinceMs = nowMs();
      times = 0;
    },
    isDue() {
      if (nowMs() - sinceMs < (INTERVALS_MS[times] ?? LONGEST_MS)) return false;
      sinceMs = nowMs();
      times += 1;
      return true;
    },
  };
}
