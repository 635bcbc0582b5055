/** First at once, then slower, never slower than this: a hub that is back is found within seconds. */
const LONGEST_MS = 8_000;
const FIRST_MS = 250;

/** How long to wait before connection attempt number `attempt` (0 = the first after a drop). `random` is 0..1. */
export function backoffMs(attempt: number, random: number): number {
  if (attempt === 0) return Math.round(FIRST_MS * random);
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(longest * (0.5 + 0.5 * random));
}
