import { describe, expect, it } from 'vitest';
import { createConsoleCode } from '../../../src/hub/demo/console-code.ts';

function setUp() {
  let clockMs = 0;
  const codes: string[] = [];
  const consoleCode = createConsoleCode({ announce: (code) => codes.push(code), nowMs: () => clockMs });
  const pass = (ms: number): void => {
    clockMs += ms;
  };
  return { codes, consoleCode, pass, last: () => codes.at(-1) ?? '' };
}

describe('the code of the console', () => {
  it('is printed once while it is fresh, in two groups of four digits', () => {
    const { codes, consoleCode } = setUp();
    consoleCode.offer();
    consoleCode.offer();
    expect(codes).toHaveLength(1);
    expect(codes[0]).toMatch(/^\d{4}-\d{4}$/);
  });

  it('may be typed with or without its dash', () => {
    const { consoleCode, last } = setUp();
    consoleCode.offer();
    expect(consoleCode.redeem(` ${last().replace('-', ' ')} `)).toBe('accepted');
  });

  it('works once', () => {
    const { consoleCode, last } = setUp();
    consoleCode.offer();
    const code = last();
    expect(consoleCode.redeem(code)).toBe('accepted');
    expect(consoleCode.redeem(code)).toBe('wrong');
    expect(consoleCode.redeem(last())).toBe('accepted');
  });

  it('grows old after ten minutes, and a new one is printed', () => {
    const { consoleCode, codes, pass } = setUp();
    consoleCode.offer();
    pass(10 * 60_000);
    expect(consoleCode.redeem(codes[0] ?? '')).toBe('wrong');
    expect(codes).toHaveLength(2);
    expect(consoleCode.redeem(codes[1] ?? '')).toBe('accepted');
  });

  it('is not looked at for a minute after five wrong answers', () => {
    const { consoleCode, pass, last } = setUp();
    consoleCode.offer();
    for (let attempt = 0; attempt < 5; attempt += 1) expect(consoleCode.redeem('')).toBe('wrong');
    expect(consoleCode.redeem(last())).toBe('too-many');
    pass(59_999);
    expect(consoleCode.redeem(last())).toBe('too-many');
    pass(1);
    expect(consoleCode.redeem(last())).toBe('accepted');
  });
});
