import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refuseAbsent } from '../../../src/domain/reach/absent.ts';
import { decideReach } from '../../../src/domain/reach/decide.ts';
import type { BarrierPolicy, Barriers, ReachWorld, TenantPolicy } from '../../../src/domain/reach/model.ts';
import { mayReach } from '../../../src/domain/reach/pair.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import {
  actions,
  barriersArbitrary,
  externalModes,
  gatherings,
  orderlyBarriers,
  pairsOf,
  peoples,
  places,
  policiesOf,
  SEGMENTS,
} from '../../support/reach-arbitraries.ts';
import { permitted } from '../../support/reach-oracle.ts';

const RUNS = { numRuns: 1_000 };
const policies = policiesOf();

/** The same tenants, the first one changed. */
function changed(given: readonly TenantPolicy[], change: (policy: TenantPolicy) => TenantPolicy): ReachWorld {
  return createWorld(given.map((policy, at) => (at === 0 ? change(policy) : policy)));
}
const withBarriers = (policy: TenantPolicy, more: Partial<Barriers>): TenantPolicy => ({
  ...policy,
  barriers: { ...policy.barriers, ...more },
});
const retarget = (policy: TenantPolicy, of: number, change: (one: BarrierPolicy) => BarrierPolicy): TenantPolicy =>
  withBarriers(policy, { policies: policy.barriers.policies.map((one, at) => (at === of ? change(one) : one)) });

describe('whatever the tenants decide', () => {
  test('the rules say what their tables say', () => {
    fc.assert(
      fc.property(policiesOf(orderlyBarriers), pairsOf(), (given, [a, b]) => {
        const modeOf = (tid: string) => given.find((policy) => policy.tid === tid)?.barriers.mode;
        fc.pre([a, b].every((one) => modeOf(one.tid) === 'multi' || (one.groups?.length ?? 0) <= 1));
        expect(mayReach(createWorld(given), a, b)).toBe(permitted(given, a, b));
      }),
      { numRuns: 4_000 },
    );
  });

  test('two people reach each other or neither does', () => {
    fc.assert(
      fc.property(policies, pairsOf(), (given, [a, b]) => {
        const world = createWorld(given);
        expect(mayReach(world, a, b)).toBe(mayReach(world, b, a));
      }),
      RUNS,
    );
  });

  test('what two may do with each other they may both do', () => {
    fc.assert(
      fc.property(policies, pairsOf(), actions, places, (given, [a, b], action, place) => {
        const ask = (actor: typeof a, target: typeof a) =>
          decideReach(createWorld(given), { action, actor, target, present: [], place }).allowed;
        expect(ask(a, b)).toBe(ask(b, a));
      }),
      RUNS,
    );
  });

  test('members whom no active policy governs reach each other', () => {
    fc.assert(
      fc.property(policies, pairsOf(), (given, [a, b]) => {
        fc.pre(a.tid === b.tid && a.kind !== 'guest' && b.kind !== 'guest' && !a.hidden && !b.hidden);
        const idle = given.map((policy) =>
          withBarriers(policy, { policies: policy.barriers.policies.map((one) => ({ ...one, active: false })) }),
        );
        expect(mayReach(createWorld(idle), a, b)).toBe(true);
      }),
      RUNS,
    );
  });

  test('inactive policies do nothing', () => {
    fc.assert(
      fc.property(policies, pairsOf(), (given, [a, b]) => {
        const without = given.map((policy) =>
          withBarriers(policy, { policies: policy.barriers.policies.filter(({ active }) => active) }),
        );
        expect(mayReach(createWorld(given), a, b)).toBe(mayReach(createWorld(without), a, b));
      }),
      RUNS,
    );
  });

  test('hidden people and others do not reach each other', () => {
    fc.assert(
      fc.property(policies, pairsOf(), (given, [a, b]) => {
        fc.pre(a.key !== b.key);
        expect(mayReach(createWorld(given), { ...a, hidden: true }, b)).toBe(false);
      }),
      RUNS,
    );
  });

  test('everybody reaches themselves', () => {
    fc.assert(
      fc.property(policies, pairsOf(), (given, [a]) => {
        expect(mayReach(createWorld(given), a, { ...a })).toBe(true);
      }),
    );
  });
});

describe('a change of a policy', () => {
  const targets = fc.constantFrom(...SEGMENTS);
  const places5 = fc.nat({ max: 4 });

  test('that adds a target to a block list never grants', () => {
    fc.assert(
      fc.property(policies, pairsOf(), places5, targets, (given, [a, b], of, target) => {
        const after = changed(given, (policy) =>
          retarget(policy, of, (one) => (one.rule === 'block' ? { ...one, targets: [...one.targets, target] } : one)),
        );
        if (!mayReach(createWorld(given), a, b)) expect(mayReach(after, a, b)).toBe(false);
      }),
      RUNS,
    );
  });

  test('that adds a target to an allow list never revokes', () => {
    fc.assert(
      fc.property(policies, pairsOf(), places5, targets, (given, [a, b], of, target) => {
        const after = changed(given, (policy) =>
          retarget(policy, of, (one) => (one.rule === 'allow' ? { ...one, targets: [...one.targets, target] } : one)),
        );
        if (mayReach(createWorld(given), a, b)) expect(mayReach(after, a, b)).toBe(true);
      }),
      RUNS,
    );
  });

  test('to the legacy setting never grants', () => {
    fc.assert(
      fc.property(policies, pairsOf(), (given, [a, b]) => {
        const lenient = changed(given, (policy) => withBarriers(policy, { legacy: false }));
        const legacy = changed(given, (policy) => withBarriers(policy, { legacy: true }));
        if (!mayReach(lenient, a, b)) expect(mayReach(legacy, a, b)).toBe(false);
      }),
      RUNS,
    );
  });

  test('that turns off the master switch ends all external access, and nothing inside', () => {
    fc.assert(
      fc.property(policies, pairsOf(), (given, [a, b]) => {
        const after = createWorld(
          given.map((policy) => ({ ...policy, external: { ...policy.external, enabled: false } })),
        );
        if (a.tid !== b.tid) expect(mayReach(after, a, b)).toBe(false);
        else expect(mayReach(after, a, b)).toBe(mayReach(createWorld(given), a, b));
      }),
      RUNS,
    );
  });

  test('that adds a domain to a block list never grants, to an allow list never revokes', () => {
    fc.assert(
      fc.property(policies, pairsOf(), externalModes, fc.constantFrom('abc.com', 'contoso.com', 'com'), (...drawn) => {
        const [given, [a, b], mode, domain] = drawn;
        fc.pre(mode.kind === 'allow' || mode.kind === 'block');
        const more = { ...mode, domains: [...mode.domains, domain] };
        const before = changed(given, (policy) => ({ ...policy, external: { ...policy.external, mode } }));
        const after = changed(given, (policy) => ({ ...policy, external: { ...policy.external, mode: more } }));
        if (mode.kind === 'block' && !mayReach(before, a, b)) expect(mayReach(after, a, b)).toBe(false);
        if (mode.kind === 'allow' && mayReach(before, a, b)) expect(mayReach(after, a, b)).toBe(true);
      }),
      RUNS,
    );
  });

  test('that dissolves the teams never grants, that lets guests reach the tenant never revokes', () => {
    fc.assert(
      fc.property(policies, pairsOf(), (given, [a, b]) => {
        const allowed = mayReach(createWorld(given), a, b);
        const alone = changed(given, (policy) => ({ ...policy, teams: [] }));
        const wide = changed(given, (policy) => ({ ...policy, guests: { ...policy.guests, reach: 'tenant' } }));
        if (!allowed) expect(mayReach(alone, a, b)).toBe(false);
        if (allowed) expect(mayReach(wide, a, b)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('groups', () => {
  /** Open enough that groups are permitted often. */
  const lenient = policiesOf(
    fc.oneof(fc.constant({ mode: 'single', legacy: false, policies: [] } as const), barriersArbitrary),
  );

  test('a subset of a permitted group is permitted', () => {
    fc.assert(
      fc.property(lenient, gatherings(1), actions, places, fc.nat(), (given, gathering, action, place, kept) => {
        const { actor, target, present } = gathering;
        const world = createWorld(given);
        const fewer = present.filter((_one, at) => ((kept >> at) & 1) === 1);
        if (!decideReach(world, { action, actor, target, present, place }).allowed) return;
        expect(decideReach(world, { action, actor, target, present: fewer, place }).allowed).toBe(true);
        expect(decideReach(world, { action, actor, target: null, present: fewer, place }).allowed).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test('a permitted group is one of permitted pairs', () => {
    fc.assert(
      fc.property(lenient, gatherings(1), actions, places, (given, { actor, target, present }, action, place) => {
        const world = createWorld(given);
        if (!decideReach(world, { action, actor, target, present, place }).allowed) return;
        for (const other of [...present, target]) {
          expect(mayReach(world, actor, other)).toBe(true);
          expect(mayReach(world, target, other)).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('outside meetings a permitted group of three is of one tenant', () => {
    fc.assert(
      fc.property(lenient, peoples(0, 4), actions, fc.constantFrom('call', 'none'), (given, people, action, place) => {
        const [actor, ...present] = people;
        fc.pre(actor !== undefined && people.length > 2);
        const { allowed } = decideReach(createWorld(given), { action, actor, target: null, present, place });
        if (allowed) expect(new Set(people.map(({ tid }) => tid)).size).toBe(1);
      }),
      RUNS,
    );
  });
});

describe('a refusal', () => {
  test('of somebody who may not be found is that of nobody', () => {
    fc.assert(
      fc.property(
        policies,
        pairsOf(),
        fc.constantFrom('find', 'presence', 'chat', 'invite'),
        (given, [a, b], action) => {
          const world = createWorld(given);
          const verdict = decideReach(world, { action, actor: a, target: b, present: [], place: 'none' });
          if (verdict.allowed) return;
          const domain = world.tenant(b.tid)?.domains[0] ?? '';
          expect(verdict.code).toBe(refuseAbsent(world, a, domain).code);
        },
      ),
      RUNS,
    );
  });

  test('is decided by the first denial of its chain, and an allowance has none', () => {
    fc.assert(
      fc.property(policies, gatherings(), actions, places, (given, { actor, target, present }, action, place) => {
        const verdict = decideReach(createWorld(given), { action, actor, target, present, place });
        const denial = verdict.steps.find(({ outcome }) => outcome === 'denies');
        expect(verdict.allowed ? undefined : verdict.decidedBy).toBe(denial);
      }),
      RUNS,
    );
  });
});
