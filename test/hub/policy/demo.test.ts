import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decideReach } from '../../../src/domain/reach/decide.ts';
import { reportPolicy, reportWorld } from '../../../src/domain/reach/report.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { parsePolicyText } from '../../../src/hub/policy/policy-file.ts';
import { resolvePolicy } from '../../../src/hub/policy/resolve.ts';
import type { FileTenant } from '../../../src/hub/policy/schema.ts';

const DEMO = 'assets/demo/companies.json';
const VARIANTS = ['vendors-all-meet', 'contractor-apart', 'vendor-companies-apart'] as const;
const pathOfVariant = (name: string): string => `assets/demo/policies/${name}.json`;

function read(path: string) {
  const result = parsePolicyText(readFileSync(path, 'utf8'));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return { file: result.file, ...resolvePolicy(result.file) };
}

/** Whom somebody finds in their own tenant, by the names before the @. */
function found(path: string, name: string): readonly string[] {
  const { policies, people } = read(path);
  const world = createWorld(policies);
  const actor = people.find(({ mail, kind }) => mail.startsWith(`${name}@`) && kind !== 'guest')?.account;
  if (actor === undefined) throw new Error(`nobody is called ${name}`);
  return people
    .filter(({ account }) => account.tid === actor.tid && account.key !== actor.key)
    .filter(
      ({ account }) =>
        decideReach(world, { action: 'find', actor, target: account, present: [], place: 'none' }).allowed,
    )
    .map(({ mail }) => mail.slice(0, mail.indexOf('@')));
}

const CONTRACTORS = ['vendor1_a_sa', 'vendor1_b_sa', 'vendor2_a_sa', 'vendor_sa'];
const EXPERTS = ['expert1', 'expert2', 'expert3', 'expert4'];
const others = (name: string): readonly string[] => CONTRACTORS.filter((other) => other !== name);

describe('in the demo', () => {
  test.each([
    ['v1_remoteassistuser', ['henrik.dahl']],
    ['v2_remoteassistuser', ['amara.diallo']],
    ['v3_remoteassistuser', ['peter.novak']],
    ['henrik.dahl', ['v1_remoteassistuser']],
  ])('%s finds in ABC only %j', (name, names) => {
    expect(found(DEMO, name)).toEqual(names);
  });

  test('people of ABC without a segment find each other and the contractors, but no hidden person', () => {
    const names = found(DEMO, 'dana.okafor');
    expect(names).toEqual(
      expect.arrayContaining(['marek.nowak', 'ingrid.solberg', 'noor.rahimi', ...EXPERTS, ...CONTRACTORS]),
    );
    expect(names).not.toContain('walter.brandt');
  });

  test('one person of ABC is hidden, and one has no external access', () => {
    const { people } = read(DEMO);
    expect(people.filter(({ hidden }) => hidden).map(({ mail }) => mail)).toEqual(['walter.brandt@abc.com']);
    expect(people.filter(({ externalAccess }) => !externalAccess.enabled).map(({ mail }) => mail)).toEqual([
      'noor.rahimi@abc.com',
    ]);
  });

  test('every tenant has an administrator', () => {
    for (const { people } of read(DEMO).file.tenants) {
      expect(people.some(({ roles }) => roles.includes('RemoteAssist.Admin'))).toBe(true);
    }
  });

  test('Expert1 and Expert2 are guests in both Contosos, in a team with all technicians; Expert3 and Expert4 nowhere', () => {
    for (const tenant of read(DEMO).file.tenants.slice(1)) {
      const technicians = tenant.people.filter(({ usually }) => usually === 'headset').map(({ mail }) => mail);
      expect(tenant.teams.map(({ members }) => members)).toContainEqual(
        expect.arrayContaining([...technicians, 'expert1@abc.com', 'expert2@abc.com']),
      );
      const guests = tenant.people.filter(({ kind, homeTenantId }) => kind === 'guest' && homeTenantId !== undefined);
      expect(guests.map(({ mail }) => mail)).toEqual(['expert1@abc.com', 'expert2@abc.com']);
    }
  });
});

describe('of the contractors’ variants', () => {
  test.each<[string, string, readonly string[]]>([
    ...CONTRACTORS.map((name): [string, string, readonly string[]] => ['vendors-all-meet', name, others(name)]),
    ['contractor-apart', 'vendor1_a_sa', ['vendor1_b_sa', 'vendor2_a_sa']],
    ['contractor-apart', 'vendor1_b_sa', ['vendor1_a_sa', 'vendor2_a_sa']],
    ['contractor-apart', 'vendor2_a_sa', ['vendor1_a_sa', 'vendor1_b_sa']],
    ['contractor-apart', 'vendor_sa', []],
    ['vendor-companies-apart', 'vendor1_a_sa', ['vendor1_b_sa']],
    ['vendor-companies-apart', 'vendor1_b_sa', ['vendor1_a_sa']],
    ['vendor-companies-apart', 'vendor2_a_sa', []],
    ['vendor-companies-apart', 'vendor_sa', []],
  ])('with %s, %s finds the experts and of the others %j', (variant, name, names) => {
    const all = found(pathOfVariant(variant), name);
    expect(all).toEqual(expect.arrayContaining(EXPERTS));
    expect(all.filter((one) => CONTRACTORS.includes(one))).toEqual(names);
  });

  test.each(VARIANTS)('%s is the demo’s ABC but for segments and policies that it adds', (variant) => {
    const [abc] = read(DEMO).file.tenants;
    const [changed, ...more] = read(pathOfVariant(variant)).file.tenants;
    expect(more).toEqual([]);
    expect(without(changed)).toEqual(without(abc));
    const count = abc?.barriers.policies.length ?? 0;
    expect(changed?.barriers.policies.slice(0, count)).toEqual(abc?.barriers.policies);
    expect(changed?.barriers.policies.length === count).toBe(variant === 'vendors-all-meet');
  });
});

function without(tenant: FileTenant | undefined): unknown {
  if (tenant === undefined) return undefined;
  const { demo: _, segments: __, barriers, ...rest } = tenant;
  return { ...rest, mode: barriers.mode, legacy: barriers.legacyBarriers };
}

test.each([DEMO, ...VARIANTS.map(pathOfVariant)])('the rules have nothing against %s', (path) => {
  const { policies, people } = read(path);
  const accounts = people.map(({ account }) => account);
  const problems = [...reportWorld(policies), ...policies.flatMap((policy) => reportPolicy(policy, accounts))];
  // V1's technicians find nobody but the engineers, so not each other: that is meant.
  expect(problems.map(({ kind }) => kind).filter((kind) => kind !== 'own-segment-unlisted')).toEqual([]);
});
