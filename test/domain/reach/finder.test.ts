import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideReach } from '../../../src/domain/reach/decide.ts';
import { createFinder } from '../../../src/domain/reach/finder.ts';
import type { Account } from '../../../src/domain/reach/model.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { pairsOf, policiesOf } from '../../support/reach-arbitraries.ts';

describe('a finder', () => {
  test('finds whom the rules let somebody find, however many it has been asked about', () => {
    const pairs = fc.array(pairsOf(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(policiesOf(), pairs, (policies, given) => {
        const world = createWorld(policies);
        const people: readonly Account[] = given.flat();
        for (const actor of people) {
          const mayFind = createFinder(world, actor);
          for (const target of people) {
            const question = { action: 'find', actor, target, present: [], place: 'none' } as const;
            expect(mayFind(target)).toBe(decideReach(world, question).allowed);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
