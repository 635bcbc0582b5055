import { describe, expect, test } from 'vitest';
import { isJoinable } from '../../../src/domain/meeting/joinable.ts';

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
