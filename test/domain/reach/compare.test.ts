import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareReach, compareReachInParts, type ReachChange } from '../../../src/domain/reach/compare.ts';
import type { Account, TenantPolicy } from '../../../src/domain/reach/model.ts';
import { mayReach } from '../../../src/domain/reach/pair.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { peoples, policiesOf } from '../../support/reach-arbitraries.ts';
import { block, createAccount, createBarriers, createTenant, segmentOfGroup } from '../../support/reach-worlds.ts';
import { ABC, CONTOSO1, seedCompanies } from '../../support/seed-companies.ts';

const snapshot = (policies: readonly TenantPolicy[], accounts: readonly Account[]) => ({
  world: createWorld(policies),
  accounts,
});
const summary = ({ a, b, pairs }: ReachChange) => [a.segments, b.segments, pairs];

describe('a comparison', () => {
  const inGroup = (group: string, count: number): readonly Account[] =>
    Array.from({ length: count }, (_, at) => createAccount('abc', `${group}${at}@abc.com`, { groups: [group] }));
  const accounts = [...inGroup('Red', 3), ...inGroup('Blue', 4), ...inGroup('none', 2)];
  const tenant = (...policies: readonly Parameters<typeof block>[]) =>
    createTenant('abc', 'abc.com', {
      segments: ['Red', 'Blue'].map(segmentOfGroup),
      barriers: createBarriers(policies.map((given) => block(...given))),
    });
  const open = snapshot([tenant()], accounts);

  test('of what is the same names nobody', () => {
    expect(compareReach(open, snapshot([tenant()], accounts))).toEqual({
      isTooLarge: false,
      gains: [],
      losses: [],
      added: [],
      removed: [],
    });
  });

  test('names who loses reach and how many pairs that is, with a pair and both verdicts', () => {
    const { gains, losses } = compareReach(open, snapshot([tenant(['Red', ['Blue']])], accounts));
    expect(gains).toEqual([]);
    expect(losses.map(summary)).toEqual([[['Red'], ['Blue'], 12]]);
    expect(losses[0]?.example).toMatchObject({
      a: { groups: ['Red'] },
      b: { groups: ['Blue'] },
      before: { allowed: true },
      after: { allowed: false, decidedBy: { policy: 'Red blocks' } },
    });
  });

  test('names who gains, the most pairs first, people of one class among each other too', () => {
    const apart = snapshot([tenant(['Red', ['Blue', 'Red']], ['Blue', ['Blue', 'Red']])], accounts);
    const { gains, losses } = compareReach(apart, open);
    expect(losses).toEqual([]);
    expect(gains.map(summary)).toEqual([
      [['Red'], ['Blue'], 12],
      [['Blue'], ['Blue'], 6],
      [['Red'], ['Red'], 3],
    ]);
  });

  test('sees people change groups, and says where they were', () => {
    const policies = [tenant(['Red', ['Blue']])];
    const [mover, ...rest] = accounts;
    if (mover === undefined) throw new Error('nobody moves');
    const { gains, losses } = compareReach(
      snapshot(policies, accounts),
      snapshot(policies, [{ ...mover, groups: ['Blue'] }, ...rest]),
    );
    expect(gains.map(({ a, b, pairs }) => [a.segmentsBefore, a.segments, b.segments, pairs])).toEqual([
      [['Red'], ['Blue'], ['Blue'], 4],
    ]);
    expect(losses.map(summary)).toEqual([[['Blue'], ['Red'], 2]]);
  });

  test('says who is new and who is gone, and compares the others', () => {
    const [gone, ...rest] = accounts;
    const fresh = createAccount('abc', 'new@abc.com');
    const { added, removed, losses } = compareReach(open, snapshot([tenant(['Red', ['Blue']])], [...rest, fresh]));
    expect([added, removed]).toEqual([[fresh], [gone]]);
    expect(losses.map(summary)).toEqual([[['Red'], ['Blue'], 8]]);
  });

  test('keeps 100,000 people to a few comparisons', () => {
    const many = Array.from({ length: 100_000 }, (_, at) =>
      createAccount('abc', `${at}@abc.com`, { groups: [at % 2 === 0 ? 'Red' : 'Blue'] }),
    );
    const { losses } = compareReach(snapshot([tenant()], many), snapshot([tenant(['Red', ['Blue']])], many));
    expect(losses.map(summary)).toEqual([[['Red'], ['Blue'], 2_500_000_000]]);
  });
});

test('the seed companies: external access turned off parts ABC from both Contosos, and from no guest', () => {
  const { policies, accounts } = seedCompanies('support-engineers');
  const closed = policies.map((policy) =>
    policy.tid === ABC ? { ...policy, external: { ...policy.external, enabled: false } } : policy,
  );
  const { gains, losses } = compareReach(snapshot(policies, accounts), snapshot(closed, accounts));
  expect(gains).toEqual([]);
  const members = accounts.filter(({ tid, kind }) => tid === ABC || kind !== 'guest');
  const abc = members.filter(({ tid, external }) => tid === ABC && external.enabled).length;
  const contosos = members.filter(({ tid }) => tid !== ABC).length;
  expect(losses.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(abc * contosos);
  expect(losses.every(({ a, b }) => !a.guests && !b.guests)).toBe(true);
});

test('the seed companies: without its teams Contoso1 keeps its guests from everybody', () => {
  const { policies, accounts } = seedCompanies('support-engineers');
  const teamless = policies.map((policy) => (policy.tid === CONTOSO1 ? { ...policy, teams: [] } : policy));
  const { losses } = compareReach(snapshot(policies, accounts), snapshot(teamless, accounts));
  // two guests with three members and each other, one guest with two
  expect(losses.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(2 * 3 + 1 + 2);
});

test('a comparison counts exactly the pairs whose reach changes', () => {
  fc.assert(
    fc.property(policiesOf(), policiesOf(), peoples(4, 12), peoples(4, 12), (before, after, earlier, later) => {
      const [old, changed] = [snapshot(before, earlier), snapshot(after, later)];
      const { gains, losses } = compareReach(old, changed);
      const known = later.flatMap((account) => {
        const was = earlier.find(({ key }) => key === account.key);
        return was === undefined ? [] : [{ was, account }];
      });
      const count = { gained: 0, lost: 0 };
      for (const [at, one] of known.entries()) {
        for (const other of known.slice(at + 1)) {
          const was = mayReach(old.world, one.was, other.was);
          const is = mayReach(changed.world, one.account, other.account);
          if (is && !was) count.gained += 1;
          if (was && !is) count.lost += 1;
        }
      }
      const sum = (changes: readonly ReachChange[]): number => changes.reduce((total, { pairs }) => total + pairs, 0);
      expect({ gained: sum(gains), lost: sum(losses) }).toEqual(count);
    }),
    { numRuns: 1_000 },
  );
});

test('a comparison of people who differ in too many ways says so, and compares nobody', async () => {
  const segments = Array.from({ length: 600 }, (_, at) => `S${at}`);
  const accounts = segments.map((group, at) => createAccount('abc', `${at}@abc.com`, { groups: [group] }));
  const policy = (targets: readonly string[]) =>
    createTenant('abc', 'abc.com', {
      segments: segments.map((name) => ({ name, groups: [name], people: [] })),
      barriers: {
        mode: 'single',
        legacy: false,
        policies: [{ name: 'p', segment: 'S0', active: true, rule: 'block', targets }],
      },
    });
  const [before, after] = [snapshot([policy(['S1'])], accounts), snapshot([policy(['S2'])], accounts)];
  expect(compareReach(before, after)).toMatchObject({ isTooLarge: true, gains: [], losses: [] });
  let turns = 0;
  const few = (one: typeof before) => ({ ...one, accounts: accounts.slice(0, 100) });
  const inParts = await compareReachInParts(few(before), few(after), async () => {
    turns += 1;
  });
  expect(inParts).toMatchObject({ isTooLarge: false, gains: [{ pairs: 1 }], losses: [{ pairs: 1 }] });
  expect(inParts).toEqual(compareReach(few(before), few(after)));
  expect(turns).toBeGreaterThan(3);
});
