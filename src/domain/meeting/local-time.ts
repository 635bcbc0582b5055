/** Minutes that a zone's clocks are ahead of UTC at an instant: 120 for Berlin's summer. */
export type OffsetMinAt = (zone: string, instantMs: number) => number;

/** A day of the Gregorian calendar, as ISO 8601: `2026-03-29`. */
export type CalendarDate = string;

/** What clocks on a wall show. */
export interface LocalDateTime {
  readonly date: CalendarDate;
  /** From 0; 90 is half past one. */
  readonly minuteOfDay: number;
}

/**
 * `gap`: clocks were put forward past this time; `overlap`: they were put back, and it comes twice.
 */
export interface ResolvedInstant {
  readonly instantMs: number;
  readonly kind: 'exact' | 'gap' | 'overlap';
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The instant of a local time. One that comes twice is the first of the two; one that is skipped is read with the offset before the
 * gap, so 02:30 becomes 03:30 (RFC 5545, 3.3.5). Supposes that a zone's clocks change at most once within two days.
 */
export function instantOf(local: LocalDateTime, zone: string, offsetMinAt: OffsetMinAt): ResolvedInstant {
  const asUtcMs = utcOf(local);
  const before = offsetMinAt(zone, asUtcMs - DAY_MS);
  const after = offsetMinAt(zone, asUtcMs + DAY_MS);
  const instants = [...new Set([before, after])]
    .map((offset) => ({ offset, instantMs: asUtcMs - offset * MINUTE_MS }))
    .filter(({ offset, instantMs }) => offsetMinAt(zone, instantMs) === offset)
    .map(({ instantMs }) => instantMs);
  if (instants.length === 0) return { instantMs: asUtcMs - before * MINUTE_MS, kind: 'gap' };
  return { instantMs: Math.min(...instants), kind: instants.length === 1 ? 'exact' : 'overlap' };
}

/** What clocks in the zone show at an instant; a begun minute does not count. */
export function localOf(instantMs: number, zone: string, offsetMinAt: OffsetMinAt): LocalDateTime {
  const shownMs = instantMs + offsetMinAt(zone, instantMs) * MINUTE_MS;
  const dayMs = Math.floor(shownMs / DAY_MS) * DAY_MS;
  return { date: dateOf(dayMs), minuteOfDay: Math.floor((shownMs - dayMs) / MINUTE_MS) };
}

/** @param days also negative */
export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  dateOf(utcOf({ date, minuteOfDay: 0 }) + days * DAY_MS);

/**
 * From a day's first instant to the next day's: 23 or 25 hours where clocks change, none where a zone skipped the day.
 */
export const dayBounds = (
  date: CalendarDate,
  zone: string,
  offsetMinAt: OffsetMinAt,
): { readonly startMs: number; readonly endMs: number } => {
  const startOf = (day: CalendarDate) => instantOf({ date: day, minuteOfDay: 0 }, zone, offsetMinAt).instantMs;
  return { startMs: startOf(date), endMs: startOf(addDays(date, 1)) };
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{2}):(\d{2})$/;

/** The two fields of a form, `2026-03-29` and `14:30`; null where they are no time. */
export function parseLocal(date: string, time: string): LocalDateTime | null {
  const [, hours, minutes] = TIME.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  if (!isDate(date)) return null;
  return { date, minuteOfDay: Number(hours) * 60 + Number(minutes) };
}

/** `14:30`, as forms have it. */
export const timeField = ({ minuteOfDay }: LocalDateTime): string =>
  [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map((part) => String(part).padStart(2, '0')).join(':');

function isDate(date: string): boolean {
  if (!DATE.test(date)) return false;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && dateOf(ms) === date;
}

const utcOf = ({ date, minuteOfDay }: LocalDateTime): number =>
  Date.parse(`${date}T00:00:00Z`) + minuteOfDay * MINUTE_MS;

const dateOf = (utcMs: number): CalendarDate => new Date(utcMs).toISOString().slice(0, 10);
