/** How bad a network is. */
export interface Faults {
  /** Probability that a message finds its connection broken. */
  readonly dropPerMessage: number;
  /** ms one way. */
  readonly longestDelayMs: number;
}

export const CALM: Faults = { dropPerMessage: 0, longestDelayMs: 5 };

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
