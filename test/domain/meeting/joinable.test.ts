import { describe, expect, test } from 'vitest';
import { isJoinable, meetingsToJoin, pageOf } from '../../../src/domain/meeting/joinable.ts';
import { HOUR_MS, MINUTE_MS, meetingOf, oneTime, START_MS } from './fixtures.ts';

const MEETING = { startMs: 10_000, endMs: 20_000 };

describe('a meeting', () => {
  test.each([
    ['more than the time before its start', 8_999, false],
    ['exactly that time before', 9_000, true],
    ['while it runs', 15_000, true],
    ['in its last moment', 19_999, true],
    ['at its end', 20_000, false],
  ])('%s (at %i) can be joined: %s', (_when, nowMs, expected) => {
    expect(isJoinable(MEETING, nowMs, 1_000)).toBe(expected);
  });
});

describe('what a headset lists to join', () => {
  const listed = (meeting: Parameters<typeof meetingsToJoin>[0][number], nowMs = START_MS, held = false) =>
    meetingsToJoin([meeting], nowMs, () => held).length === 1;

  test.each([
    ['that starts in 15 minutes', START_MS - 15 * MINUTE_MS, true],
    ['that starts a moment later', START_MS - 15 * MINUTE_MS - 1, false],
    ['that runs', START_MS + MINUTE_MS, true],
    ['that is over', START_MS + HOUR_MS, false],
  ])('a meeting %s', (_when, nowMs, expected) => {
    expect(listed(meetingOf(), nowMs)).toBe(expected);
  });

  test('is a meeting beyond its end while people are in it', () => {
    expect(listed(meetingOf(), START_MS + 2 * HOUR_MS, true)).toBe(true);
  });

  test('is no meeting that was made to meet now, and none that was cancelled', () => {
    expect(listed(meetingOf({ kind: 'meetNow' }), START_MS, true)).toBe(false);
    expect(listed(meetingOf({ cancelled: true }), START_MS, true)).toBe(false);
    expect(listed(oneTime())).toBe(true);
  });

  test('are pages where meetings overlap, which keep their order', () => {
    const meetings = meetingsToJoin(
      [
        meetingOf({ meetingId: 'c', startMs: START_MS + 1 }),
        meetingOf({ meetingId: 'b' }),
        meetingOf({ meetingId: 'a' }),
      ],
      START_MS,
      () => false,
    );
    expect(meetings.map(({ meetingId }) => meetingId)).toEqual(['a', 'b', 'c']);
    expect(pageOf(meetings, 'b')).toMatchObject({ number: 2, count: 3, previousId: 'a', nextId: 'c' });
    expect(pageOf(meetings, 'gone')).toMatchObject({ number: 1, previousId: null, nextId: 'b' });
    expect(pageOf([], 'b')).toBeNull();
  });
});
