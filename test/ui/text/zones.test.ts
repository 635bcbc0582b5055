import { describe, expect, it } from 'vitest';
import { dayBounds, instantOf, localOf } from '../../../src/domain/meeting/local-time.ts';
import { isZone, offsetMinAt, offsetName } from '../../../src/ui/text/zones.ts';

const HOUR_MS = 3_600_000;

describe('time zones of the browser', () => {
  it('knows summer and winter, halves of an hour, and both sides of UTC', () => {
    expect(offsetMinAt('Europe/Berlin', Date.UTC(2026, 6, 1))).toBe(120);
    expect(offsetMinAt('Europe/Berlin', Date.UTC(2026, 0, 1))).toBe(60);
    expect(offsetMinAt('Asia/Kolkata', Date.UTC(2026, 0, 1))).toBe(330);
    expect(offsetMinAt('America/St_Johns', Date.UTC(2026, 0, 1))).toBe(-210);
    expect(offsetMinAt('Europe/Berlin', Date.UTC(2026, 0, 1) + 999)).toBe(60);
  });

  it('makes days of 23 and 25 hours where clocks change', () => {
    const hours = (date: string): number => {
      const { startMs, endMs } = dayBounds(date, 'Europe/Berlin', offsetMinAt);
      return (endMs - startMs) / HOUR_MS;
    };
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-21')]).toEqual([23, 25, 24]);
  });

  it('reads a time that clocks skip as the hour after, and one that comes twice as the first', () => {
    const at = (date: string) => instantOf({ date, minuteOfDay: 150 }, 'Europe/Berlin', offsetMinAt);
    const skipped = at('2026-03-29');
    expect([skipped.kind, localOf(skipped.instantMs, 'Europe/Berlin', offsetMinAt).minuteOfDay]).toEqual(['gap', 210]);
    expect(at('2026-10-25')).toEqual({ kind: 'overlap', instantMs: Date.UTC(2026, 9, 25, 0, 30) });
  });

  it('names the difference to UTC, and says which zones there are', () => {
    expect(offsetName('Asia/Kolkata', 0)).toBe('UTC+05:30');
    expect(offsetName('America/New_York', Date.UTC(2026, 0, 1))).toBe('UTC−05:00');
    expect([isZone('Europe/Berlin'), isZone('Mars/Olympus')]).toEqual([true, false]);
  });
});
