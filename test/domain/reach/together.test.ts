import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ForbiddenPair, forbiddenPairs, whoMustLeave } from '../../../src/domain/reach/together.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { block, createAccount, createBarriers, createTenant, segmentOfGroup } from '../../support/reach-worlds.ts';

const red = createAccount('abc', 'red@abc.com', { groups: ['Red'] });
const blue = createAccount('abc', 'blue@abc.com', { groups: ['Blue'] });
const ana = createAccount('abc', 'ana@abc.com');
const ben = createAccount('abc', 'ben@abc.com');
const carl = createAccount('contoso', 'carl@contoso.com');
const world = createWorld([
  createTenant('abc', 'abc.com', {
    segments: ['Red', 'Blue'].map(segmentOfGroup),
    barriers: createBarriers([block('Red', ['Blue'])]),
  }),
  createTenant('contoso', 'contoso.com'),
]);

describe('people who are together', () => {
  test('are looked at pair by pair', () => {
    expect(forbiddenPairs(world, [ana, red, ben, blue, red], 'call')).toEqual([
      { a: red.key, b: blue.key, code: 'barrier', decidedBy: expect.objectContaining({ rule: 'barrier-block' }) },
    ]);
    expect(forbiddenPairs(world, [ana, red, ben], 'call')).toEqual([]);
  });

  test('of two tenants may be two in a call, and many in a meeting', () => {
    expect(forbiddenPairs(world, [ana, carl], 'call')).toEqual([]);
    expect(forbiddenPairs(world, [ana, ben, carl], 'meeting')).toEqual([]);
    expect(forbiddenPairs(world, [ana, ben, carl], 'call').map(({ a, b, code }) => [a, b, code])).toEqual([
      [ana.key, carl.key, 'external-no-group'],
      [ben.key, carl.key, 'external-no-group'],
    ]);
  });
});

describe('who must leave', () => {
  const pairOf = (a: string, b: string): ForbiddenPair => {
    const [found] = forbiddenPairs(world, [red, blue], 'call');
    if (found === undefined) throw new Error('Red and Blue may meet');
    return { ...found, a, b };
  };
  /** Of people who came in alphabetical order. */
  const leaving = (...pairs: readonly (readonly [string, string])[]): readonly string[] => {
    const order = [...new Set(pairs.flat())].sort();
    return [
      ...whoMustLeave(
        pairs.map(([a, b]) => pairOf(a, b)),
        order,
      ),
    ].sort();
  };

  test('nobody, where everybody may stay', () => {
    expect(leaving()).toEqual([]);
  });

  test('of two the one who came last, whichever way round the pair is', () => {
    expect(leaving(['a', 'b'])).toEqual(['b']);
    expect(leaving(['b', 'a'])).toEqual(['b']);
  });

  test('the one whom all others may not meet, even if they came first', () => {
    expect(leaving(['a', 'b'], ['c', 'a'], ['a', 'd'])).toEqual(['a']);
  });

  test('also those whom a second look still finds together', () => {
    expect(leaving(['a', 'b'], ['a', 'c'], ['a', 'd'], ['c', 'd'])).toEqual(['a', 'd']);
  });

  const pairs = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })).filter(([a, b]) => a !== b),
    { maxLength: 12 },
  );
  test('leaves no forbidden pair together and sends away nobody for nothing, whatever the order of the pairs', () => {
    fc.assert(
      fc.property(pairs, (drawn) => {
        const forbidden = drawn.map(([a, b]) => pairOf(String(a), String(b)));
        const order = ['0', '1', '2', '3', '4', '5', '6'];
        const gone = whoMustLeave(forbidden, order);
        expect(forbidden.filter(({ a, b }) => !gone.has(a) && !gone.has(b))).toEqual([]);
        expect(whoMustLeave([...forbidden].reverse(), order)).toEqual(gone);
        const concerned = new Set(forbidden.flatMap(({ a, b }) => [a, b]));
        expect([...gone].filter((key) => !concerned.has(key))).toEqual([]);
      }),
    );
  });
});
