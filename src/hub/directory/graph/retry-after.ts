/** Without a header: long enough to be of use, short enough to be waited for. */
const UNNAMED_MS = 1_000;
const LONGEST_MS = 10 * 60_000;

/** `Retry-After` as seconds or as a date (RFC 9110, 10.2.3), in ms from now. */
export function retryAfterMsOf(header: string | null, nowMs: number): number {
  if (header === null) return UNNAMED_MS;
  const ms = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_MS) : UNNAMED_MS;
}
