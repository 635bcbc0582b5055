import type { Account, Segment, TenantPolicy } from '../../src/domain/reach/model.ts';
import { allow, block, createAccount, createBarriers, createTenant, segmentOfGroup } from './reach-worlds.ts';

/** The companies of the published deployment scenarios, in each of the ways in which they say ABC may set itself up. */
export const SEED_SETUPS = ['no-barriers', 'support-engineers', 'contractor-apart', 'vendor-companies-apart'] as const;
export type SeedSetup = (typeof SEED_SETUPS)[number];

export interface SeedCompanies {
  readonly policies: readonly TenantPolicy[];
  readonly accounts: readonly Account[];
}

export const ABC = 'abc00000-5e1f-4a00-9000-0000000abc00';
export const CONTOSO1 = 'c0705010-5e1f-4a01-9000-00000c070501';
export const CONTOSO2 = 'c0705020-5e1f-4a02-9000-00000c070502';

const VENDORS = ['V1', 'V2', 'V3'] as const;

export const seedCompanies = (setup: SeedSetup): SeedCompanies => ({
  policies: [
    createTenant(ABC, 'abc.com', { name: 'ABC', ...abcBarriers(setup) }),
    createContoso(CONTOSO1, 'contoso1.com', ['rosa.delgado', 'viktor.petrov', 'hannah.brooks']),
    createContoso(CONTOSO2, 'contoso2.com', ['isaac.levy', 'chiara.ricci', 'daniel.wojcik']),
  ],
  accounts: ACCOUNTS,
});

function abcBarriers(setup: SeedSetup): Pick<TenantPolicy, 'segments' | 'barriers'> {
  switch (setup) {
    case 'no-barriers':
      return { segments: [], barriers: createBarriers([]) };
    case 'support-engineers':
      return {
        segments: VENDORS.flatMap((vendor) => [segmentOfGroup(technicians(vendor)), segmentOfGroup(engineers(vendor))]),
        barriers: createBarriers(
          VENDORS.flatMap((vendor) => [
            allow(technicians(vendor), [engineers(vendor)]),
            allow(engineers(vendor), [technicians(vendor), engineers(vendor)]),
          ]),
          { legacy: true },
        ),
      };
    case 'contractor-apart':
      return apart([
        { name: 'Vendors', groups: ['Vendor1', 'Vendor2'], people: [] },
        segmentOfGroup('OutlookContractor'),
      ]);
    case 'vendor-companies-apart':
      return apart(['Vendor1', 'Vendor2', 'OutlookContractor'].map(segmentOfGroup));
  }
}

/** Each of the segments blocks all others. */
const apart = (segments: readonly Segment[]): Pick<TenantPolicy, 'segments' | 'barriers'> => ({
  segments,
  barriers: createBarriers(
    segments.map(({ name }) =>
      block(
        name,
        segments.map((other) => other.name).filter((other) => other !== name),
      ),
    ),
  ),
});

function createContoso(tid: string, domain: string, members: readonly string[]): TenantPolicy {
  const team = [...members.map((name) => `${name}@${domain}`), 'expert1@abc.com', 'expert2@abc.com'];
  const teams = [{ name: 'Line', members: team.map((mail) => `${tid}:${mail}`) }];
  const review = ['viktor.petrov@contoso1.com', 'hannah.brooks@contoso1.com', 'claire.dubois@outlook.com'];
  return createTenant(tid, domain, {
    name: domain.startsWith('contoso1') ? 'Contoso1' : 'Contoso2',
    external: { enabled: true, mode: { kind: 'allow', domains: ['abc.com'] } },
    teams: tid === CONTOSO1 ? [...teams, { name: 'Review', members: review.map((mail) => `${tid}:${mail}`) }] : teams,
  });
}

const technicians = (vendor: string): string => `${vendor}_RemoteAssistUser`;
const engineers = (vendor: string): string => `${vendor}_SupportEngineer`;

const service = (name: string, group: string): Account =>
  createAccount(ABC, `${name}@abc.com`, { kind: 'service', groups: [group] });
const engineer = (name: string, vendor: string): Account =>
  createAccount(ABC, `${name}@abc.com`, { groups: [engineers(vendor)] });
const guest = (tid: string, mail: string, homeTid: string | null): Account =>
  createAccount(tid, mail, { kind: 'guest', homeTid });

const ACCOUNTS: readonly Account[] = [
  ...['dana.okafor', 'expert1', 'expert2', 'expert3', 'expert4'].map((name) => createAccount(ABC, `${name}@abc.com`)),
  createAccount(ABC, 'noor.rahimi@abc.com', { external: { enabled: false, mode: { kind: 'default' } } }),
  engineer('henrik.dahl', 'V1'),
  engineer('amara.diallo', 'V2'),
  engineer('peter.novak', 'V3'),
  ...VENDORS.map((vendor) => service(`${vendor.toLowerCase()}_remoteassistuser`, technicians(vendor))),
  service('vendor1_a_sa', 'Vendor1'),
  service('vendor1_b_sa', 'Vendor1'),
  service('vendor2_a_sa', 'Vendor2'),
  service('vendor_sa', 'OutlookContractor'),
  ...['rosa.delgado', 'viktor.petrov', 'hannah.brooks', 'omar.farouk'].map((name) =>
    createAccount(CONTOSO1, `${name}@contoso1.com`),
  ),
  guest(CONTOSO1, 'expert1@abc.com', ABC),
  guest(CONTOSO1, 'expert2@abc.com', ABC),
  guest(CONTOSO1, 'claire.dubois@outlook.com', null),
  ...['isaac.levy', 'chiara.ricci', 'daniel.wojcik', 'leila.karimi'].map((name) =>
    createAccount(CONTOSO2, `${name}@contoso2.com`),
  ),
  guest(CONTOSO2, 'expert1@abc.com', ABC),
  guest(CONTOSO2, 'expert2@abc.com', ABC),
];
