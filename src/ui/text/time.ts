const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How far a time is from now, in words: "5 minutes ago", "in 3 minutes", "yesterday"; a date after a week. */
export function relativeTime(atMs: number, nowMs: number, language: string): string {
  const deltaMs = atMs - nowMs;
  const sizeMs = Math.abs(deltaMs);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (sizeMs < HOUR_MS) return words.format(Math.round(deltaMs / MINUTE_MS), 'minute');
  if (sizeMs < DAY_MS) return words.format(Math.round(deltaMs / HOUR_MS), 'hour');
  if (sizeMs < 7 * DAY_MS) return words.format(Math.round(deltaMs / DAY_MS), 'day');
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(atMs);
}

/** Names in a row as the language has it: "Ann, Bo and Cy". */
export function nameList(names: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}
