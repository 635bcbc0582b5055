import { describe, expect, test } from 'vitest';
import { walkReach } from './reach/walk.ts';

/** Failing seeds stay here, by what they found. */
const PINNED: readonly { readonly seed: number; readonly found: string }[] = [];
const SEEDS = Array.from({ length: 4 }, (_, at) => ({ seed: at + 1, found: 'nothing yet' }));
const STEPS = 300;
/** Real time, on a busy machine. */
const TIMEOUT_MS = 120_000;

describe('while policies and people change and the hub restarts', () => {
  test.each([...PINNED, ...SEEDS])(
    'nobody is with anybody whom the rules forbid (seed $seed) [SPEC 9.7]',
    async ({ seed }) => {
      const walked = await walkReach(seed, STEPS);
      expect(walked.steps).toBe(STEPS);
      // Else there was nothing to forbid.
      expect(walked.pairsTogether).toBeGreaterThan(STEPS / 2);
      for (const many of [walked.accepted, walked.refused, walked.signals]) expect(many).toBeGreaterThan(STEPS / 10);
      expect(walked.removed).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
