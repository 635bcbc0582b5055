import type { PersonKey } from '../../../src/domain/call/state.ts';
import type {
  Account,
  BarrierPolicy,
  Barriers,
  ExternalMode,
  PersonalExternalAccess,
  TenantPolicy,
} from '../../../src/domain/reach/model.ts';
import { createBarriers, createTenant, segmentOfGroup } from '../../support/reach-worlds.ts';
import type { Random } from '../random.ts';

/** Three tenants of five members and one guest each: small enough that everybody meets everybody in a short run. */
export const TENANTS = [
  { tid: 'abc', domain: 'abc.com' },
  { tid: 'contoso', domain: 'contoso.com' },
  { tid: 'eu', domain: 'eu.contoso.com' },
] as const;
const SEGMENTS = ['Red', 'Blue', 'Green'] as const;
const MEMBERS = 5;

const domainOf = (tid: string): string => TENANTS.find((tenant) => tenant.tid === tid)?.domain ?? '';

type Several = readonly [PersonKey, ...PersonKey[]];

export const keysOf = (tid: string): Several => [
  `${tid}:0`,
  ...Array.from({ length: MEMBERS }, (_, before) => `${tid}:${before + 1}`),
];

const [first, ...others] = TENANTS;
export const everybody: Several = [...keysOf(first.tid), ...others.flatMap(({ tid }) => keysOf(tid))];

const subset = <T>(random: Random, from: readonly T[], probability: number): readonly T[] =>
  from.filter(() => random.chance(probability));

/** Mostly people who may reach each other, so that there are calls which a change can break. */
export function randomPolicy(random: Random, tid: string): TenantPolicy {
  return createTenant(tid, domainOf(tid), {
    segments: SEGMENTS.map(segmentOfGroup),
    barriers: random.chance(0.5) ? createBarriers([]) : randomBarriers(random),
    external: { enabled: random.chance(0.9), mode: randomMode(random) },
    guests: { enabled: random.chance(0.8), reach: random.chance(0.5) ? 'tenant' : 'teams' },
    teams: [{ name: 'Pumps', members: subset(random, keysOf(tid), 0.6) }],
  });
}

/** Multi mode knows allow policies alone; in both modes a segment has one policy. */
function randomBarriers(random: Random): Barriers {
  const mode = random.chance(0.3) ? 'multi' : 'single';
  const policies = SEGMENTS.flatMap((segment): readonly BarrierPolicy[] =>
    random.chance(0.3)
      ? []
      : [
          {
            name: segment,
            segment,
            active: random.chance(0.8),
            rule: mode === 'single' && random.chance(0.6) ? 'block' : 'allow',
            targets: subset(random, SEGMENTS, 0.4),
          },
        ],
  );
  return createBarriers(policies, { mode, legacy: random.chance(0.3) });
}

function randomMode(random: Random): ExternalMode {
  const domains = (): readonly string[] =>
    subset(
      random,
      TENANTS.map(({ domain }) => domain),
      0.6,
    );
  const modes: readonly [() => ExternalMode, ...(() => ExternalMode)[]] = [
    () => ({ kind: 'open' }),
    () => ({ kind: 'open' }),
    () => ({ kind: 'none' }),
    () => ({ kind: 'allow', domains: domains() }),
    () => ({ kind: 'block', domains: domains(), blockSubdomains: random.chance(0.5) }),
  ];
  return random.pick(modes)();
}

/** The last one of each tenant is a guest. One group at most, as single mode has it. */
export function randomAccount(random: Random, key: PersonKey): Account {
  const [tid = '', number = ''] = key.split(':');
  const isGuest = Number(number) === MEMBERS;
  const external: PersonalExternalAccess = {
    enabled: random.chance(0.9),
    mode: random.chance(0.8) ? { kind: 'default' } : randomMode(random),
  };
  return {
    key,
    tid,
    kind: isGuest ? 'guest' : 'internal',
    mail: isGuest ? `guest-of-${tid}@home.example` : `person${number}@${domainOf(tid)}`,
    homeTid: null,
    groups: random.chance(0.6) ? [random.pick(SEGMENTS)] : [],
    hidden: random.chance(0.05),
    external,
  };
}
