import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf } from '../../../src/domain/meeting/local-time.ts';
import { graphTimeOf } from '../../../src/hub/calendar/graph-zones.ts';
import { offsetMinAt } from '../../../src/ui/text/zones.ts';

const momentOf = ({ dateTime, timeZone }: ReturnType<typeof graphTimeOf>): number => {
  const [date = '', time = ''] = dateTime.split('T');
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return instantOf({ date, minuteOfDay: hour * 60 + minute }, timeZone, offsetMinAt).instantMs + second * 1000;
};
const ZONES = Intl.supportedValuesOf('timeZone');

describe('a moment for Microsoft Graph', () => {
  test.each([
    ['Europe/Berlin', '2026-07-05T11:00:00', 'Europe/Berlin'],
    ['Europe/Vienna', '2026-07-05T11:00:00', 'Europe/Berlin'],
    ['America/Detroit', '2026-07-05T05:00:00', 'America/New_York'],
    ['UTC', '2026-07-05T09:00:00', 'UTC'],
    ['Australia/Lord_Howe', '2026-07-05T09:00:00', 'UTC'],
  ])('planned in %s is %s in %s', (zone, dateTime, timeZone) => {
    expect(graphTimeOf(Date.UTC(2026, 6, 5, 9), zone)).toEqual({ dateTime, timeZone });
  });

  test('that comes twice on the clock is said in UTC', () => {
    expect(graphTimeOf(Date.UTC(2026, 9, 25, 1, 30), 'Europe/Berlin')).toEqual({
      ...{ dateTime: '2026-10-25T01:30:00', timeZone: 'UTC' },
    });
  });

  test('is the same moment, whatever the zone and the season', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2025, 0) / 1000, max: Date.UTC(2035, 0) / 1000 }),
        fc.constantFrom(...ZONES),
        (seconds, zone) => momentOf(graphTimeOf(seconds * 1000, zone)) === seconds * 1000,
      ),
      { numRuns: 200 },
    );
  });
});
