/** The last numbers of a series, in a fixed array. */
export interface SlidingWindow {
  push(value: number): void;
  clear(): void;
  size(): number;
  /** In no particular order, `index` below `size()`. */
  at(index: number): number;
  min(): number | null;
  max(): number | null;
  median(): number | null;
  nearest(wanted: number): number | null;
  /** The next smaller and the next larger value. */
  below(limit: number): number | null;
  above(limit: number): number | null;
  /** Between the smallest and the largest; 0 when empty. */
  spread(): number;
}

export function createSlidingWindow(capacity: number): SlidingWindow {
  const values = new Float64Array(capacity);
  const sorted = new Float64Array(capacity);
  let pushed = 0;
  const size = (): number => Math.min(pushed, capacity);
  const at = (index: number): number => values[index] ?? Number.NaN;

  function median(): number | null {
    if (pushed === 0) return null;
    sorted.set(values);
    const part = sorted.subarray(0, size()).sort();
    const middle = size() >> 1;
    const upper = part[middle] ?? Number.NaN;
    return size() % 2 === 1 ? upper : (upper + (part[middle - 1] ?? upper)) / 2;
  }

  /** Of the values that are `allowed`, the one that `better` prefers over all others. */
  function pick(
    better: (candidate: number, best: number) => boolean,
    allowed: (candidate: number) => boolean = () => true,
  ): number | null {
    let best: number | null = null;
    for (let i = 0; i < size(); i += 1) {
      if (allowed(at(i)) && (best === null || better(at(i), best))) best = at(i);
    }
    return best;
  }
  const min = (): number | null => pick((candidate, best) => candidate < best);
  const max = (): number | null => pick((candidate, best) => candidate > best);

  return {
    push(value) {
      values[pushed % capacity] = value;
      pushed += 1;
    },
    clear() {
      pushed = 0;
    },
    size,
    at,
    min,
    max,
    median,
    nearest: (wanted) => pick((candidate, best) => Math.abs(candidate - wanted) < Math.abs(best - wanted)),
    below: (limit) =>
      pick(
        (candidate, best) => candidate > best,
        (candidate) => candidate < limit,
      ),
    above: (limit) =>
      pick(
        (candidate, best) => candidate < best,
        (candidate) => candidate > limit,
      ),
    spread: () => (max() ?? 0) - (min() ?? 0),
  };
}
