import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanName } from '../../../src/domain/meeting/name.ts';

describe('a typed name', () => {
  test.each([
    ['  Ann   of\tOEM ', 'Ann of OEM'],
    ['Zoë', 'Zoë'],
    ['Olga\u202Egnp', 'Olgagnp'],
    ['A\u200Bnn', 'Ann'],
    ['x'.repeat(80), 'x'.repeat(60)],
    [`e${'\u0301'.repeat(53)}`, `é${'\u0301'.repeat(3)}`],
    ['A\u180Enn\uFFF9\u{E0041}', 'Ann'],
    ['نامه\u200Cای', 'نامه\u200Cای'],
    ['\u200DAnn\u200C', 'Ann'],
    ['', null],
    ['  \u3164 ', null],
    ['...', null],
  ])('%j is shown as %j', (typed, expected) => {
    expect(cleanName(typed)).toBe(expected);
  });

  test('that was cleaned stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (typed) => {
        const name = cleanName(typed);
        if (name !== null) expect(cleanName(name)).toBe(name);
      }),
      { numRuns: 2_000 },
    );
  });
});
