import { describe, expect, test } from 'vitest';
import { createGuesses } from '../../../src/hub/join-api/guesses.ts';

function setUp() {
  let now = 0;
  const guesses = createGuesses(() => now);
  const wrong = (address: string, times: number): void => {
    for (let n = 0; n < times; n += 1) guesses.wrong(address);
  };
  const pass = (ms: number): void => {
    now += ms;
  };
  return { guesses, wrong, pass };
}

describe('what somebody without a sign-in may try [SPEC 11.7]', () => {
  test('is ten wrong links from one network, then six a minute', () => {
    const { guesses, wrong, pass } = setUp();
    wrong('2001:db8:1:2::9', 10);
    expect(guesses.mayTry('2001:db8:1:2:ffff::1', true)).toBe(false);
    expect(guesses.mayTry('2001:db8:1:3::9', false)).toBe(true);
    pass(10_000);
    expect(guesses.mayTry('2001:db8:1:2::9', true)).toBe(true);
    wrong('2001:db8:1:2::9', 1);
    expect(guesses.mayTry('2001:db8:1:2::9', true)).toBe(false);
  });

  test('keeps nobody out whose link leads somewhere, however many others guess', () => {
    const { guesses, wrong, pass } = setUp();
    for (let n = 0; n < 300; n += 1) wrong(`198.51.${n >> 8}.${n & 255}`, 1);
    expect(guesses.mayTry('192.0.2.7', true)).toBe(true);
    expect(guesses.mayTry('192.0.2.7', false)).toBe(false);
    expect(guesses.mayTry('198.51.0.1', true)).toBe(false);
    pass(200);
    expect(guesses.mayTry('198.51.0.1', true)).toBe(true);
  });

  test('is thirty new people from one network to one meeting, then six a minute', () => {
    const { guesses, pass } = setUp();
    const bring = (address = '192.0.2.7', meeting = 'pump') => guesses.mayBring(address, meeting);
    expect(Array.from({ length: 30 }, () => bring())).not.toContain(false);
    expect(bring()).toBe(false);
    expect([bring('192.0.2.8'), bring('192.0.2.7', 'valve')]).toEqual([true, true]);
    pass(10_000);
    expect([bring(), bring()]).toEqual([true, false]);
  });
});
