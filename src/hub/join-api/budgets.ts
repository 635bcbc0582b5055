/** As a token bucket, and one can look whether something is left before it is known what it is for. */
export interface Budget {
  hasSome(nowMs: number): boolean;
  take(nowMs: number): void;
}

export interface BudgetSize {
  readonly perSecond: number;
  readonly burst: number;
}

/** A budget for each key; those longest unused are forgotten, which gives them all that they had. */
export interface Budgets {
  /** @returns undefined for a key that nothing was ever taken from */
  known(key: string): Budget | undefined;
  of(key: string): Budget;
}

export function createBudget({ perSecond, burst }: BudgetSize): Budget {
  let left = burst;
  let lastMs: number | null = null;
  const settle = (nowMs: number): void => {
    const passedMs = lastMs === null ? 0 : Math.max(0, nowMs - lastMs);
    left = Math.min(burst, left + (passedMs / 1000) * perSecond);
    lastMs = Math.max(lastMs ?? nowMs, nowMs);
  };
  return {
    hasSome(nowMs) {
      settle(nowMs);
      return left >= 1;
    },
    take(nowMs) {
      settle(nowMs);
      left = Math.max(0, left - 1);
    },
  };
}

export function createBudgets(size: BudgetSize, most: number): Budgets {
  const byKey = new Map<string, Budget>();
  return {
    known: (key) => byKey.get(key),
    of(key) {
      const budget = byKey.get(key) ?? createBudget(size);
      byKey.delete(key);
      byKey.set(key, budget);
      const [oldest] = byKey.keys();
      if (byKey.size > most && oldest !== undefined) byKey.delete(oldest);
      return budget;
    },
  };
}
