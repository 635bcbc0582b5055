import { describe, expect, test } from 'vitest';
import { calendarDay } from '../../../src/domain/meeting/day.ts';
import { meetingOf } from './fixtures.ts';

const HOUR_MS = 3_600_000;
const at = (meetingId: string, start: string, hours: number) =>
  meetingOf({ meetingId, startMs: Date.parse(start), endMs: Date.parse(start) + hours * HOUR_MS });

const dayOf = (meetings: Parameters<typeof calendarDay>[0], date = '2026-05-20') =>
  calendarDay(meetings, { date, zone: 'UTC' }, () => 0).entries;

describe('the calendar of a day', () => {
  test('has the meetings of that day, by start', () => {
    const entries = dayOf([
      at('later', '2026-05-20T14:00Z', 1),
      at('tomorrow', '2026-05-21T00:00Z', 1),
      at('early', '2026-05-20T09:30Z', 1),
      at('yesterday', '2026-05-19T23:00Z', 1),
    ]);
    expect(entries.map(({ meeting, fromMin, toMin }) => [meeting.meetingId, fromMin, toMin])).toEqual([
      ['early', 570, 630],
      ['later', 840, 900],
    ]);
  });

  test('cuts what lasts past midnight, and says so', () => {
    const [before, after] = dayOf([at('in', '2026-05-19T23:00Z', 2), at('out', '2026-05-20T23:00Z', 2)]);
    expect(before).toMatchObject({ fromMin: 0, toMin: 60, startsBefore: true, endsAfter: false });
    expect(after).toMatchObject({ fromMin: 1380, toMin: 1440, startsBefore: false, endsAfter: true });
  });

  test('puts overlapping meetings side by side, in as many columns as needed', () => {
    const entries = dayOf([
      at('long', '2026-05-20T09:00Z', 3),
      at('first', '2026-05-20T09:00Z', 1),
      at('second', '2026-05-20T10:00Z', 1),
      at('alone', '2026-05-20T12:00Z', 1),
    ]);
    expect(entries.map(({ meeting, column, columns }) => [meeting.meetingId, column, columns])).toEqual([
      ['first', 0, 2],
      ['long', 1, 2],
      ['second', 0, 2],
      ['alone', 0, 1],
    ]);
  });

  test('counts time as it goes by where the clocks change', () => {
    const changeMs = Date.parse('2026-10-25T01:00Z');
    const berlin = (_zone: string, ms: number) => (ms < changeMs ? 120 : 60);
    const day = calendarDay(
      [at('noon', '2026-10-25T11:00Z', 1)],
      { date: '2026-10-25', zone: 'Europe/Berlin' },
      berlin,
    );
    expect(day.endMs - day.startMs).toBe(25 * HOUR_MS);
    expect(day.entries[0]).toMatchObject({ fromMin: 13 * 60, toMin: 14 * 60 });
  });
});
