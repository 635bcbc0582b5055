import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayBounds,
  instantOf,
  localOf,
  type OffsetMinAt,
  parseLocal,
  timeField,
} from '../../../src/domain/meeting/local-time.ts';
import { HOUR_MS, MINUTE_MS } from './fixtures.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** By the zone data that browsers and Node carry. */
const offsetMinAt: OffsetMinAt = (timeZone, instantMs) => {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const two = '2-digit';
    const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...fields });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return (Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instantMs / 1000) * 1000) / MINUTE_MS;
};

const resolve = (date: string, time: string, zone: string): string => {
  const local = parseLocal(date, time);
  if (local === null) throw new Error('no time');
  const { instantMs, kind } = instantOf(local, zone, offsetMinAt);
  return `${new Date(instantMs).toISOString().slice(0, 16)}Z ${kind}`;
};

describe('a local time', () => {
  test.each([
    ['in winter', '2026-01-15', '09:00', 'Europe/Berlin', '2026-01-15T08:00Z exact'],
    ['in summer', '2026-07-15', '09:00', 'Europe/Berlin', '2026-07-15T07:00Z exact'],
    ['just before the clocks go forward', '2026-03-29', '01:59', 'Europe/Berlin', '2026-03-29T00:59Z exact'],
    ['that is skipped becomes an hour later', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30Z gap'],
    ['just after the gap', '2026-03-29', '03:00', 'Europe/Berlin', '2026-03-29T01:00Z exact'],
    ['that comes twice is the first one', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30Z overlap'],
    ['after the overlap', '2026-10-25', '03:00', 'Europe/Berlin', '2026-10-25T02:00Z exact'],
    ['west of Greenwich', '2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30Z gap'],
    ['where the change is half an hour', '2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45Z overlap'],
    ['in a zone of three quarters', '2026-05-20', '12:00', 'Asia/Kathmandu', '2026-05-20T06:15Z exact'],
    ['where midnight is skipped', '2026-09-06', '00:00', 'America/Santiago', '2026-09-06T04:00Z gap'],
    ['on a day that a zone skipped', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T22:00Z gap'],
    ['in UTC', '2026-05-20', '12:00', 'UTC', '2026-05-20T12:00Z exact'],
  ])('%s: %s %s %s', (_when, date, time, zone, expected) => {
    expect(resolve(date, time, zone)).toBe(expected);
  });

  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Asia/Kolkata',
    'Africa/Casablanca',
  );
  const from = Date.UTC(2024, 0, 1);
  const minutes = fc.nat({ max: 5 * 366 * 24 * 60 });

  test('leads back to what clocks show, except in a gap', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const shown = new Date(from + minute * MINUTE_MS).toISOString();
        const local = parseLocal(shown.slice(0, 10), shown.slice(11, 16));
        if (local === null) throw new Error('no time');
        const { instantMs, kind } = instantOf(local, zone, offsetMinAt);
        const back = localOf(instantMs, zone, offsetMinAt);
        if (kind === 'gap') expect(`${back.date} ${timeField(back)}` > `${local.date} ${timeField(local)}`).toBe(true);
        else expect(back).toEqual(local);
      }),
      { numRuns: 1_000 },
    );
  });

  test('of an instant is that instant, or an earlier one that clocks show alike', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const instantMs = from + minute * MINUTE_MS;
        const again = instantOf(localOf(instantMs, zone, offsetMinAt), zone, offsetMinAt);
        if (again.kind === 'overlap') expect(again.instantMs).toBeLessThanOrEqual(instantMs);
        else expect(again).toEqual({ instantMs, kind: 'exact' });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a day', () => {
  const hours = (date: string, zone: string) => {
    const { startMs, endMs } = dayBounds(date, zone, offsetMinAt);
    return (endMs - startMs) / HOUR_MS;
  };
  test.each([
    ['2026-05-20', 'Europe/Berlin', 24],
    ['2026-03-29', 'Europe/Berlin', 23],
    ['2026-10-25', 'Europe/Berlin', 25],
    ['2026-09-06', 'America/Santiago', 23],
    ['2026-04-04', 'America/Santiago', 25],
    ['2026-04-05', 'Australia/Lord_Howe', 24.5],
    ['2011-12-30', 'Pacific/Apia', 0],
  ])('%s in %s has %d hours', (date, zone, expected) => {
    expect(hours(date, zone)).toBe(expected);
  });

  test('is followed by the next one, over months, years and leap days', () => {
    expect([addDays('2026-12-31', 1), addDays('2028-02-28', 1), addDays('2026-03-01', -1)]).toEqual([
      '2027-01-01',
      '2028-02-29',
      '2026-02-28',
    ]);
  });
});

describe('the fields of a form', () => {
  test.each([
    ['2026-02-30', '09:00'],
    ['2026-13-01', '09:00'],
    ['20260101', '09:00'],
    ['2026-01-01', '24:00'],
    ['2026-01-01', '09:60'],
    ['2026-01-01', '9:00'],
    ['', ''],
  ])('%j %j are no time', (date, time) => {
    expect(parseLocal(date, time)).toBeNull();
  });

  test('are filled with two digits', () => {
    expect(timeField({ date: '2026-01-01', minuteOfDay: 65 })).toBe('01:05');
  });
});
