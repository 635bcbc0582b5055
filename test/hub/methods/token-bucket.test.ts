import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTokenBucket } from '../../../src/hub/methods/token-bucket.ts';

describe('a token bucket', () => {
  test('never lets more through than its burst and its rate over the time allow', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (waits, rate, burst) => {
        const bucket = createTokenBucket(rate, burst);
        let nowMs = 1_000;
        let taken = 0;
        for (const wait of waits) {
          nowMs += wait;
          if (bucket.take(nowMs)) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(burst + ((nowMs - 1_000) / 1000) * rate + 1e-6);
      }),
    );
  });

  test('always lets its steady rate through, also when the clock steps back', () => {
    const bucket = createTokenBucket(10, 1);
    expect(bucket.take(1_000)).toBe(true);
    expect(bucket.take(1_050)).toBe(false);
    expect(bucket.take(500)).toBe(false);
    expect(bucket.take(1_100)).toBe(true);
  });
});
