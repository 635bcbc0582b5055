import fc from 'fast-check';
import type {
  Account,
  BarrierPolicy,
  Barriers,
  ExternalMode,
  PersonalExternalAccess,
  ReachQuestion,
  TenantPolicy,
} from '../../src/domain/reach/model.ts';
import { REACH_ACTIONS } from '../../src/domain/reach/model.ts';
import { segmentOfGroup } from './reach-worlds.ts';

/** Tenants and people small enough that everything meets everything, and of every kind that the rules know. */
export const SEGMENTS = ['Red', 'Blue', 'Green', 'White'] as const;
export const TENANTS = [
  { tid: 'abc', domain: 'abc.com' },
  { tid: 'contoso', domain: 'contoso.com' },
  { tid: 'eu', domain: 'eu.contoso.com' },
] as const;
const PEOPLE = 6;

const segments = fc.subarray([...SEGMENTS]);
const domains = fc.subarray([...TENANTS.map(({ domain }) => domain), 'com']);

export const externalModes: fc.Arbitrary<ExternalMode> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<ExternalMode>({ kind: 'open' }) },
  { weight: 1, arbitrary: fc.constant<ExternalMode>({ kind: 'none' }) },
  { weight: 2, arbitrary: domains.map((list): ExternalMode => ({ kind: 'allow', domains: list })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(domains, fc.boolean())
      .map(([list, blockSubdomains]): ExternalMode => ({ kind: 'block', domains: list, blockSubdomains })),
  },
);

const mostly = (value: boolean): fc.Arbitrary<boolean> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constant(!value) });

const personalAccess: fc.Arbitrary<PersonalExternalAccess> = fc.record({
  enabled: mostly(true),
  mode: fc.oneof(fc.constant<PersonalExternalAccess['mode']>({ kind: 'default' }), externalModes),
});

/** @param segmentsMost in how many segments somebody may be */
export const accounts = (segmentsMost = 4): fc.Arbitrary<Account> =>
  fc
    .record({
      tenant: fc.constantFrom(...TENANTS),
      number: fc.nat({ max: PEOPLE - 1 }),
      kind: fc.constantFrom('internal', 'internal', 'service', 'guest'),
      groups: fc.subarray([...SEGMENTS], { maxLength: segmentsMost }),
      hidden: mostly(false),
      external: personalAccess,
    })
    .map(({ tenant, number, kind, ...more }) => ({
      ...more,
      kind,
      key: keyOf(tenant.tid, number),
      tid: tenant.tid,
      mail: kind === 'guest' ? `guest${number}@home.org` : `${number}@${tenant.domain}`,
      homeTid: null,
    }));

const keyOf = (tid: string, number: number): string => `${tid}:${number}`;

/** People whose keys differ. */
export const peoples = (segmentsMost = 4, maxLength = 6): fc.Arbitrary<readonly Account[]> =>
  fc.uniqueArray(accounts(segmentsMost), { selector: ({ key }) => key, maxLength });

/** Two of one tenant mostly; now and then the same person twice. */
export const pairsOf = (segmentsMost = 4): fc.Arbitrary<readonly [Account, Account]> =>
  fc
    .tuple(accounts(segmentsMost), accounts(segmentsMost), fc.nat({ max: PEOPLE - 1 }), mostly(true))
    .map(([a, b, number, same]) => {
      const other = same ? { ...b, tid: a.tid, key: keyOf(a.tid, number) } : b;
      return [a, other.key === a.key ? a : other];
    });

/** Two, and others whom they find there. */
export const gatherings = (segmentsMost = 4) =>
  fc.tuple(pairsOf(segmentsMost), peoples(segmentsMost)).map(([pair, others]) => ({
    actor: pair[0],
    target: pair[1],
    present: others.filter((other) => pair.every(({ key }) => key !== other.key)),
  }));

export const barrierPolicies = (rules: readonly BarrierPolicy['rule'][] = ['allow', 'block']) =>
  fc.array(
    fc
      .record({
        segment: fc.constantFrom(...SEGMENTS),
        active: mostly(true),
        rule: fc.constantFrom(...rules),
        targets: segments,
      })
      .map((policy): BarrierPolicy => ({ ...policy, name: `${policy.segment} ${policy.rule}` })),
    { maxLength: 5 },
  );

export const barriersArbitrary: fc.Arbitrary<Barriers> = fc.record({
  mode: fc.constantFrom('single', 'multi'),
  legacy: fc.boolean(),
  policies: barrierPolicies(),
});

/** As the published rules have it: one policy for a segment, and in multi mode allow policies alone. */
export const orderlyBarriers: fc.Arbitrary<Barriers> = fc
  .constantFrom<Barriers['mode']>('single', 'multi')
  .chain((mode) =>
    fc.record({
      mode: fc.constant(mode),
      legacy: fc.boolean(),
      policies: barrierPolicies(mode === 'multi' ? ['allow'] : undefined).map((policies) =>
        policies.filter(({ segment }, at) => policies.findIndex((one) => one.segment === segment) === at),
      ),
    }),
  );

export const tenants = (
  { tid, domain }: (typeof TENANTS)[number],
  barriers: fc.Arbitrary<Barriers> = barriersArbitrary,
): fc.Arbitrary<TenantPolicy> =>
  fc.record({
    tid: fc.constant(tid),
    name: fc.constant(tid),
    domains: fc.constant([domain]),
    segments: fc.constant(SEGMENTS.map(segmentOfGroup)),
    barriers,
    external: fc.record({ enabled: mostly(true), mode: externalModes }),
    guests: fc.record({ enabled: mostly(true), reach: fc.constantFrom('teams', 'tenant') }),
    teams: fc.array(
      fc.record({
        name: fc.constantFrom('Line', 'Review'),
        members: fc
          .subarray(Array.from({ length: PEOPLE }, (_, number) => number))
          .map((numbers) => numbers.map((number) => keyOf(tid, number))),
      }),
      { maxLength: 3 },
    ),
    auditRetentionDays: fc.constant(180),
  });

export const policiesOf = (barriers?: fc.Arbitrary<Barriers>): fc.Arbitrary<readonly TenantPolicy[]> =>
  fc.tuple(...TENANTS.map((tenant) => tenants(tenant, barriers)));

export const actions = fc.constantFrom(...REACH_ACTIONS);
export const places = fc.constantFrom<ReachQuestion['place']>('call', 'meeting', 'none');
