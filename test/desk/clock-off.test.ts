import { expect, test } from 'vitest';
import { minutesOff } from '../../src/desk/shell/banner.tsx';

test.each([
  ['right', 0, 0],
  ['a minute slow', 61_000, 0],
  ['four minutes slow', 4 * 60_000 + 10_000, 4],
  ['an hour fast', -3_600_000, 60],
])('of a clock that is %s the desk says so only where a meeting could be missed by it', (_how, offsetMs, minutes) => {
  expect(minutesOff(offsetMs)).toBe(minutes);
});
