import { describe, expect, test } from 'vitest';
import { decideReach } from '../../../src/domain/reach/decide.ts';
import type { Account, BarrierPolicy, Barriers, ReachWorld, RuleStep } from '../../../src/domain/reach/model.ts';
import { mayReach } from '../../../src/domain/reach/pair.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import {
  allow,
  block,
  createAccount,
  createBarriers,
  createTenant,
  segmentOfGroup,
} from '../../support/reach-worlds.ts';

const SEGMENTS = ['Red', 'Blue', 'Green', 'White'].map(segmentOfGroup);

const worldWith = (policies: readonly BarrierPolicy[], more: Partial<Barriers> = {}): ReachWorld =>
  createWorld([createTenant('abc', 'abc.com', { segments: SEGMENTS, barriers: createBarriers(policies, more) })]);

let people = 0;
const inGroups = (...groups: readonly string[]): Account => createAccount('abc', `${++people}@abc.com`, { groups });

/** Both sides have to permit, so the row is looked at with a `b` whose own policy permits or who has none. */
interface Row {
  readonly says: string;
  readonly policies: readonly BarrierPolicy[];
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly allowed: boolean;
  readonly legacy?: boolean;
}

const SINGLE: readonly Row[] = [
  { says: 'nobody in a segment: allow', policies: [block('Red', ['Blue'])], a: [], b: [], allowed: true },
  { says: 'segments without a policy: allow', policies: [], a: ['Red'], b: ['Blue'], allowed: true },
  {
    says: 'segments with an inactive policy: allow',
    policies: [{ ...block('Red', ['Blue']), active: false }],
    a: ['Red'],
    b: ['Blue'],
    allowed: true,
  },
  {
    says: 'block, a listed segment: deny',
    policies: [block('Red', ['Blue'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: false,
  },
  {
    says: 'block, another segment: allow',
    policies: [block('Red', ['Blue'])],
    a: ['Red'],
    b: ['Green'],
    allowed: true,
  },
  { says: 'block, the own segment: allow', policies: [block('Red', ['Blue'])], a: ['Red'], b: ['Red'], allowed: true },
  { says: 'block, no segment: allow', policies: [block('Red', ['Blue'])], a: ['Red'], b: [], allowed: true },
  {
    says: 'block, no segment, legacy: allow',
    policies: [block('Red', ['Blue'])],
    a: ['Red'],
    b: [],
    legacy: true,
    allowed: true,
  },
  {
    says: 'allow, a listed segment: allow',
    policies: [allow('Red', ['Blue'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: true,
  },
  {
    says: 'allow, another segment: deny',
    policies: [allow('Red', ['Blue'])],
    a: ['Red'],
    b: ['Green'],
    allowed: false,
  },
  {
    says: 'allow, the own segment unlisted: deny',
    policies: [allow('Red', ['Blue'])],
    a: ['Red'],
    b: ['Red'],
    allowed: false,
  },
  {
    says: 'allow, the own segment listed: allow',
    policies: [allow('Red', ['Red'])],
    a: ['Red'],
    b: ['Red'],
    allowed: true,
  },
  { says: 'allow, no segment: allow', policies: [allow('Red', ['Blue'])], a: ['Red'], b: [], allowed: true },
  {
    says: 'allow, no segment, legacy: deny',
    policies: [allow('Red', ['Blue'])],
    a: ['Red'],
    b: [],
    legacy: true,
    allowed: false,
  },
  { says: 'allow with no targets: deny', policies: [allow('Red', [])], a: ['Red'], b: ['Blue'], allowed: false },
  {
    says: 'allow one way, against a policy that allows others alone: deny',
    policies: [allow('Red', ['Blue']), allow('Blue', ['Green'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: false,
  },
  {
    says: 'allow both ways: allow',
    policies: [allow('Red', ['Blue']), allow('Blue', ['Red'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: true,
  },
  {
    says: 'allow against a block: deny',
    policies: [allow('Red', ['Blue']), block('Blue', ['Red'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: false,
  },
  {
    says: 'in two segments against the rules, one of which is blocked: deny',
    policies: [block('Red', ['Blue'])],
    a: ['Red'],
    b: ['Blue', 'Green'],
    allowed: false,
  },
  {
    says: 'in two segments against the rules, one of which is not listed: deny',
    policies: [allow('Red', ['Blue'])],
    a: ['Red'],
    b: ['Blue', 'Green'],
    allowed: false,
  },
  {
    says: 'in two segments against the rules, whose policies disagree: deny',
    policies: [allow('Red', ['Green']), allow('Blue', ['White'])],
    a: ['Red', 'Blue'],
    b: ['Green'],
    allowed: false,
  },
  {
    says: 'two active policies of one segment against the rules: both have to permit',
    policies: [allow('Red', ['Blue', 'Green']), block('Red', ['Blue'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: false,
  },
];

const MULTI: readonly Row[] = [
  {
    says: 'some pair lists each other: allow',
    policies: [allow('Red', ['Red']), allow('Blue', ['Green']), allow('Green', ['Blue'])],
    a: ['Red', 'Blue'],
    b: ['Green'],
    allowed: true,
  },
  {
    says: 'a segment in common that lists itself: allow',
    policies: [allow('Red', ['Red']), allow('Blue', ['Blue']), allow('Green', ['Green'])],
    a: ['Red', 'Blue'],
    b: ['Blue', 'Green'],
    allowed: true,
  },
  {
    says: 'no segment in common, each lists itself: deny',
    policies: ['Red', 'Blue', 'Green', 'White'].map((name) => allow(name, [name])),
    a: ['Red', 'Blue'],
    b: ['Green', 'White'],
    allowed: false,
  },
  {
    says: 'listed one way alone: deny',
    policies: [allow('Red', ['Blue']), allow('Blue', ['Blue'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: false,
  },
  {
    says: 'listed both ways, but by different pairs: deny',
    policies: [allow('Red', ['Green']), allow('Blue', ['White']), allow('Green', ['Blue']), allow('White', ['Red'])],
    a: ['Red', 'Blue'],
    b: ['Green', 'White'],
    allowed: false,
  },
  {
    says: 'the other’s listed segment has no policy, but another one has: deny',
    policies: [allow('Red', ['Blue']), allow('Green', ['Green'])],
    a: ['Red'],
    b: ['Blue', 'Green'],
    allowed: false,
  },
  {
    says: 'the other is not governed, one of their segments is listed: allow',
    policies: [allow('Red', ['Blue'])],
    a: ['Red'],
    b: ['Blue', 'Green'],
    allowed: true,
  },
  {
    says: 'the other is not governed, none of their segments is listed: deny',
    policies: [allow('Red', ['Blue'])],
    a: ['Red'],
    b: ['Green'],
    allowed: false,
  },
  { says: 'no segment: allow', policies: [allow('Red', ['Red'])], a: ['Red'], b: [], allowed: true },
  {
    says: 'no segment, legacy: deny',
    policies: [allow('Red', ['Red'])],
    a: ['Red'],
    b: [],
    legacy: true,
    allowed: false,
  },
  { says: 'nobody governed: allow', policies: [], a: ['Red'], b: ['Blue'], allowed: true },
  {
    says: 'a block policy against the rules still blocks',
    policies: [allow('Red', ['Red', 'Blue']), allow('Blue', ['Red', 'Blue']), block('Red', ['Blue'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: false,
  },
  {
    says: 'a block policy against the rules permits nobody who is governed',
    policies: [block('Red', ['Green']), block('Blue', ['Green'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: false,
  },
  {
    says: 'a block policy against the rules leaves those alone who are not governed',
    policies: [block('Red', ['Green'])],
    a: ['Red'],
    b: ['Blue'],
    allowed: true,
  },
];

describe.each([
  ['single', SINGLE],
  ['multi', MULTI],
] as const)('in %s mode', (mode, rows) => {
  test.each(rows.map((row) => [row.says, row] as const))('%s', (_says, row) => {
    const world = worldWith(row.policies, { mode, legacy: row.legacy ?? false });
    const [a, b] = [inGroups(...row.a), inGroups(...row.b)];
    expect(mayReach(world, a, b)).toBe(row.allowed);
    expect(mayReach(world, b, a)).toBe(row.allowed);
  });
});

describe('whatever the policies say', () => {
  const open = worldWith([]);

  test('hidden people reach nobody and are reached by nobody', () => {
    const hidden = createAccount('abc', 'hidden@abc.com', { hidden: true });
    expect(mayReach(open, hidden, inGroups())).toBe(false);
    expect(mayReach(open, inGroups(), hidden)).toBe(false);
  });

  test('everybody reaches themselves, hidden or not', () => {
    const world = worldWith([allow('Red', [])], { legacy: true });
    expect(mayReach(world, inGroups('Red'), inGroups('Red'))).toBe(false);
    for (const person of [inGroups('Red'), createAccount('abc', 'hidden@abc.com', { hidden: true })]) {
      expect(mayReach(world, person, { ...person })).toBe(true);
    }
  });

  test('guests are governed like members', () => {
    const world = createWorld([
      createTenant('abc', 'abc.com', {
        segments: SEGMENTS,
        barriers: createBarriers([block('Red', ['Blue'])]),
        guests: { enabled: true, reach: 'tenant' },
      }),
    ]);
    const guest = createAccount('abc', 'guest@home.com', { kind: 'guest', groups: ['Red'] });
    expect(mayReach(world, guest, inGroups('Blue'))).toBe(false);
    expect(mayReach(world, guest, inGroups('Green'))).toBe(true);
  });

  test('people belong to a segment by group or by name', () => {
    const named = createAccount('abc', 'named@abc.com');
    const world = createWorld([
      createTenant('abc', 'abc.com', {
        segments: [{ name: 'Red', groups: ['r1', 'r2'], people: [named.key] }, segmentOfGroup('Blue')],
        barriers: createBarriers([block('Red', ['Blue'])]),
      }),
    ]);
    const blue = inGroups('Blue');
    expect(mayReach(world, named, blue)).toBe(false);
    expect(mayReach(world, inGroups('r2'), blue)).toBe(false);
    expect(mayReach(world, inGroups('r3'), blue)).toBe(true);
  });

  test('somebody who changes groups is another account to the rules at once', () => {
    const world = worldWith([block('Red', ['Blue'])]);
    const before = inGroups('Green');
    expect(mayReach(world, before, inGroups('Blue'))).toBe(true);
    expect(mayReach(world, { ...before, groups: ['Red'] }, inGroups('Blue'))).toBe(false);
  });
});

describe('the chain of rules', () => {
  const chain = (world: ReachWorld, a: Account, b: Account): readonly (readonly (string | null)[])[] =>
    decideReach(world, { action: 'find', actor: a, target: b, present: [], place: 'none' }).steps.map(
      ({ rule, from, outcome, policy, segment, entry }: RuleStep) => [
        rule,
        from === a.key ? 'a' : 'b',
        outcome,
        policy,
        segment,
        entry,
      ],
    );

  test('has both sides, each with its policy, segment and entry, also after a denial', () => {
    const world = worldWith([allow('Red', ['Green']), block('Blue', ['Red'])]);
    expect(chain(world, inGroups('Red'), inGroups('Blue'))).toEqual([
      ['hidden', 'a', 'allows', null, null, null],
      ['hidden', 'b', 'allows', null, null, null],
      ['barrier-allow', 'a', 'denies', 'Red allows', 'Red', 'Blue'],
      ['barrier-block', 'b', 'denies', 'Blue blocks', 'Blue', 'Red'],
    ]);
  });

  test('names what it was that allowed', () => {
    const world = worldWith([allow('Red', ['Green', 'Blue'])]);
    expect(chain(world, inGroups('Red'), inGroups('Blue')).slice(2)).toEqual([
      ['barrier-allow', 'a', 'allows', 'Red allows', 'Red', 'Blue'],
      ['barrier-none', 'b', 'allows', null, null, null],
    ]);
    expect(chain(world, inGroups('Red'), inGroups()).slice(2)).toEqual([
      ['barrier-unsegmented', 'a', 'allows', 'Red allows', 'Red', null],
      ['barrier-none', 'b', 'allows', null, null, null],
    ]);
  });

  test('names the pair of segments that list each other', () => {
    const policies = [allow('Red', ['Red']), allow('Blue', ['Green']), allow('Green', ['Blue'])];
    const world = worldWith(policies, { mode: 'multi' });
    expect(chain(world, inGroups('Red', 'Blue'), inGroups('Green')).slice(2)).toEqual([
      ['barrier-multi', 'a', 'allows', 'Blue allows', 'Blue', 'Green'],
      ['barrier-multi', 'b', 'allows', 'Green allows', 'Green', 'Blue'],
    ]);
  });
});
