import type { OffsetMinAt } from '../../domain/meeting/local-time.ts';

const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks show as parts; making a format is slow, so each zone's is kept. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const [numeric, calendar] = ['numeric', 'gregory'] as const;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(zone, made);
  return made;
}

/** By the browser's own time zone data. Throws RangeError for a zone that it does not know: see `isZone`. */
export const offsetMinAt: OffsetMinAt = (zone, instantMs) => {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const shownMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((shownMs - Math.floor(instantMs / 1_000) * 1_000) / MINUTE_MS);
};

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `UTC+02:00` at an instant, as people compare zones. */
export function offsetName(zone: string, instantMs: number): string {
  const offsetMin = offsetMinAt(zone, instantMs);
  const [hours, minutes] = [Math.floor(Math.abs(offsetMin) / 60), Math.abs(offsetMin) % 60];
  return `UTC${offsetMin < 0 ? '−' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Every zone that the browser knows, with one that is wanted among them: aliases such as `Asia/Calcutta` are not listed. */
export const zoneNames = (wanted: string): readonly string[] =>
  [...new Set([wanted, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort((a, b) => a.localeCompare(b, 'en'));
