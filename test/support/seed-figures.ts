import type { ReachAction, ReachQuestion, ReachRefusal } from '../../src/domain/reach/model.ts';
import type { SeedSetup } from './seed-companies.ts';

/** Somebody of the seed companies: by address, and for guest accounts by the domain of the tenant that invited them. */
export interface SeedPerson {
  readonly mail: string;
  readonly domain: string;
}

/** One sentence of a published scenario, and what it means for two people (and those who are there already). */
export interface SeedFigure {
  readonly source: string;
  readonly says: string;
  readonly setup: SeedSetup;
  readonly action: ReachAction;
  readonly from: SeedPerson;
  readonly to: SeedPerson;
  readonly present: readonly SeedPerson[];
  readonly place: ReachQuestion['place'];
  /** Null where it is allowed. */
  readonly code: ReachRefusal | null;
  /** Whether the same holds from `to` to `from`. */
  readonly bothWays: boolean;
}

/** `expert1@abc.com`, or `expert1@abc.com in contoso1.com` for the guest account. */
export function seedPerson(text: string): SeedPerson {
  const [mail = '', domain] = text.split(' in ');
  return { mail, domain: domain ?? mail.slice(mail.indexOf('@') + 1) };
}

interface Common {
  readonly source: string;
  readonly says: string;
  readonly setup: SeedSetup;
}

const within = (common: Common, code: ReachRefusal | null, froms: readonly string[], tos: readonly string[]) =>
  froms.flatMap((from) =>
    tos
      .filter((to) => to !== from)
      .flatMap((to) =>
        (['find', 'call'] as const).map(
          (action): SeedFigure => ({
            ...common,
            action,
            from: seedPerson(from),
            to: seedPerson(to),
            present: [],
            place: 'none',
            code,
            bothWays: true,
          }),
        ),
      ),
  );

const BARRIERS = { source: 'information-barriers.md', setup: 'support-engineers' } as const;
const VENDORS = [
  { technician: 'v1_remoteassistuser@abc.com', engineer: 'henrik.dahl@abc.com' },
  { technician: 'v2_remoteassistuser@abc.com', engineer: 'amara.diallo@abc.com' },
  { technician: 'v3_remoteassistuser@abc.com', engineer: 'peter.novak@abc.com' },
] as const;
const TECHNICIANS = VENDORS.map(({ technician }) => technician);
const ENGINEERS = VENDORS.map(({ engineer }) => engineer);
const EXPERTS = ['expert1@abc.com', 'expert2@abc.com', 'expert3@abc.com', 'expert4@abc.com'];

const supportEngineers: readonly SeedFigure[] = [
  ...within(
    { ...BARRIERS, setup: 'no-barriers', says: 'by default ABC’s experts and all service accounts reach each other' },
    null,
    [...TECHNICIANS, ...ENGINEERS, ...EXPERTS],
    TECHNICIANS,
  ),
  ...VENDORS.flatMap(({ technician, engineer }) => [
    ...within(
      { ...BARRIERS, says: 'a vendor and its support engineers reach each other' },
      null,
      [technician],
      [engineer],
    ),
    ...within(
      { ...BARRIERS, says: 'no other pair of the six segments does' },
      'not-found',
      [technician, engineer],
      [...TECHNICIANS, ...ENGINEERS].filter((other) => other !== technician && other !== engineer),
    ),
    ...within(
      { ...BARRIERS, says: 'a vendor finds nobody else in ABC' },
      'not-found',
      [technician],
      [...EXPERTS, 'dana.okafor@abc.com', 'vendor1_a_sa@abc.com'],
    ),
  ]),
];

const SERVICE_ACCOUNTS = { source: 'vendor-use-remote-assist.md' } as const;
const VENDOR1 = ['vendor1_a_sa@abc.com', 'vendor1_b_sa@abc.com'];
const VENDOR2 = ['vendor2_a_sa@abc.com'];
const CONTRACTOR = ['vendor_sa@abc.com'];
const BARRED_SETUPS = ['contractor-apart', 'vendor-companies-apart'] as const;

const vendorsAndContractors: readonly SeedFigure[] = [
  ...(['no-barriers', 'support-engineers'] as const).flatMap((setup) =>
    within(
      {
        ...SERVICE_ACCOUNTS,
        setup,
        says: 'figure 1.2: any service account reaches any other and any internal account',
      },
      null,
      [...VENDOR1, ...VENDOR2, ...CONTRACTOR],
      [...VENDOR1, ...VENDOR2, ...CONTRACTOR, ...EXPERTS],
    ),
  ),
  ...BARRED_SETUPS.flatMap((setup) => [
    ...within(
      { ...SERVICE_ACCOUNTS, setup, says: 'the vendors reach the experts' },
      null,
      [...VENDOR1, ...VENDOR2],
      EXPERTS,
    ),
    ...within(
      { ...SERVICE_ACCOUNTS, setup, says: 'the vendors do not reach the Outlook contractor' },
      'not-found',
      [...VENDOR1, ...VENDOR2],
      CONTRACTOR,
    ),
    ...within({ ...SERVICE_ACCOUNTS, setup, says: 'people of one vendor reach each other' }, null, VENDOR1, VENDOR1),
  ]),
  ...within(
    { ...SERVICE_ACCOUNTS, setup: 'contractor-apart', says: 'the example lets vendors of different companies talk' },
    null,
    VENDOR1,
    VENDOR2,
  ),
  ...within(
    {
      ...SERVICE_ACCOUNTS,
      setup: 'vendor-companies-apart',
      says: 'the introduction keeps vendors of different companies apart',
    },
    'not-found',
    VENDOR1,
    VENDOR2,
  ),
];

const TENANTS = { source: 'multi-tenant-deployment.md', setup: 'support-engineers' } as const;
const C1_TECHNICIANS = ['rosa.delgado@contoso1.com', 'omar.farouk@contoso1.com'];
const C2_TECHNICIANS = ['isaac.levy@contoso2.com', 'leila.karimi@contoso2.com'];

const federation: readonly SeedFigure[] = [
  ...within({ ...TENANTS, says: 'figure 1.2: ABC and Contoso1 reach each other' }, null, EXPERTS, C1_TECHNICIANS),
  ...within({ ...TENANTS, says: 'figure 1.2: ABC and Contoso2 reach each other' }, null, EXPERTS, C2_TECHNICIANS),
  ...within(
    { ...TENANTS, says: 'figure 1.2: Contoso1 and Contoso2 do not' },
    'external-off',
    C1_TECHNICIANS,
    C2_TECHNICIANS,
  ),
];

const single = (
  figure: Pick<SeedFigure, 'says' | 'action' | 'place' | 'code'>,
  people: readonly string[],
): SeedFigure => {
  const [from = '', to = '', ...present] = people;
  return {
    ...TENANTS,
    ...figure,
    from: seedPerson(from),
    to: seedPerson(to),
    present: present.map(seedPerson),
    bothWays: false,
  };
};

const comparison: readonly SeedFigure[] = [
  single(
    {
      says: 'people of different tenants have no group calls',
      action: 'add',
      place: 'call',
      code: 'external-no-group',
    },
    ['rosa.delgado@contoso1.com', 'expert4@abc.com', 'expert3@abc.com'],
  ),
  single(
    { says: 'nor with a colleague who is there already', action: 'add', place: 'call', code: 'external-no-group' },
    ['rosa.delgado@contoso1.com', 'expert4@abc.com', 'viktor.petrov@contoso1.com'],
  ),
  single(
    {
      says: 'people of different tenants share no files',
      action: 'shareFiles',
      place: 'call',
      code: 'external-no-files',
    },
    ['expert3@abc.com', 'rosa.delgado@contoso1.com'],
  ),
  single({ says: 'they share the screen', action: 'shareScreen', place: 'call', code: null }, [
    'expert3@abc.com',
    'rosa.delgado@contoso1.com',
  ]),
  single({ says: 'they chat', action: 'chat', place: 'none', code: null }, [
    'expert3@abc.com',
    'rosa.delgado@contoso1.com',
  ]),
  single({ says: 'they meet in meetings, also more than two', action: 'invite', place: 'meeting', code: null }, [
    'rosa.delgado@contoso1.com',
    'expert4@abc.com',
    'expert3@abc.com',
  ]),
];

const EXPERT1_IN_C1 = 'expert1@abc.com in contoso1.com';
const EXPERT2_IN_C1 = 'expert2@abc.com in contoso1.com';
const EXPERT1_IN_C2 = 'expert1@abc.com in contoso2.com';
const CLAIRE = 'claire.dubois@outlook.com in contoso1.com';

const guests: readonly SeedFigure[] = [
  ...within(
    { ...TENANTS, says: 'figure 1.3: in ABC Expert1 reaches the people of ABC' },
    null,
    ['expert1@abc.com'],
    ['expert2@abc.com', 'dana.okafor@abc.com'],
  ),
  ...within(
    { ...TENANTS, says: 'figure 1.3: switched to Contoso1, Expert1 reaches the people of the team there' },
    null,
    [EXPERT1_IN_C1],
    ['rosa.delgado@contoso1.com', 'viktor.petrov@contoso1.com', EXPERT2_IN_C1],
  ),
  ...within(
    { ...TENANTS, says: 'a guest reaches nobody outside the teams that they were added to' },
    'not-found',
    [EXPERT1_IN_C1],
    ['omar.farouk@contoso1.com', CLAIRE],
  ),
  ...within(
    { ...TENANTS, says: 'figure 1.3: switched to Contoso1, Expert1 reaches nobody of ABC or Contoso2' },
    'not-found',
    [EXPERT1_IN_C1],
    ['expert3@abc.com', 'expert1@abc.com'],
  ),
  ...within(
    { ...TENANTS, says: 'figure 1.3: switched to Contoso2, Expert1 reaches the people of the team there' },
    null,
    [EXPERT1_IN_C2],
    ['isaac.levy@contoso2.com'],
  ),
  ...within(
    { ...TENANTS, says: 'a guest without a home tenant reaches the people of their team' },
    null,
    [CLAIRE],
    ['viktor.petrov@contoso1.com', 'hannah.brooks@contoso1.com'],
  ),
  ...within(
    { ...TENANTS, says: 'a guest without a home tenant reaches nobody else' },
    'not-found',
    [CLAIRE],
    ['rosa.delgado@contoso1.com'],
  ),
];

export const SEED_FIGURES: readonly SeedFigure[] = [
  ...supportEngineers,
  ...vendorsAndContractors,
  ...federation,
  ...comparison,
  ...guests,
];
