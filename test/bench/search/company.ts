import type { Account, TenantPolicy } from '../../../src/domain/reach/model.ts';
import { plainAccount } from '../../../src/hub/directory/directory.ts';
import type { ListedPerson } from '../../../src/hub/directory/person.ts';

export const BENCH_TID = 'abc00000-5e1f-4a00-9000-0000000abc00';

const STARTS = [
  'A',
  'Be',
  'Cla',
  'Da',
  'É',
  'Fi',
  'Gu',
  'Hé',
  'I',
  'Jo',
  'Kri',
  'Łu',
  'Ma',
  'No',
  'Ø',
  'Pri',
  'Ra',
  'Sa',
];
const MIDDLES = ['', 'ra', 'li', 'ño', 'mé', 'da', 'ne', 'ski', 'wa', 'to', 'ü', 'she', 'lla', 'ma'];
const ENDS = [
  'n',
  'na',
  's',
  'ta',
  'ck',
  'ra',
  'll',
  'z',
  'm',
  'in',
  'sson',
  'ova',
  'berg',
  'ez',
  'field',
  'ya',
  'ch',
  'ro',
];
const VENDORS = 10;

type Random = () => number;

/**
 * A company of a realistic kind: one in seven works for one of ten vendors and sees that vendor's support engineers alone,
 * one in a hundred is a guest, one in two hundred hidden, research and trading are kept apart, the others may find each other.
 * One person finds nobody: the most work that a search can be.
 */
export function makePeople(count: number, random: Random): readonly ListedPerson[] {
  return Array.from({ length: count }, (_, n) => makePerson(n, random));
}

function makePerson(n: number, random: Random): ListedPerson {
  const name = `${makeName(random)} ${makeName(random)}`;
  const isGuest = n % 100 === 99;
  const plain = name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(' ', '.');
  const mail = `${plain}${n}@${isGuest ? 'contoso1.com' : 'abc.com'}`;
  const key = `${BENCH_TID}:${String(n).padStart(8, '0')}-5e1f-4b00-9000-000000000000`;
  const kind = isGuest ? 'guest' : 'internal';
  const account: Account = {
    ...plainAccount({ key, tid: BENCH_TID, kind, mail }),
    groups: groupsOf(n),
    hidden: n % 200 === 7,
  };
  return { key, name, mail, jobTitle: 'Technician', company: 'ABC', account, roles: ['Teams.User'], usually: null };
}

function groupsOf(n: number): readonly string[] {
  if (n === 2) return ['Sealed'];
  const vendor = 1 + (n % VENDORS);
  if (n % 7 === 3) return [`V${vendor}_RemoteAssistUser`];
  if (n % 500 === 1) return [`V${vendor}_SupportEngineer`];
  if (n % 20 === 5) return ['Research'];
  return n % 20 === 15 ? ['Trading'] : [];
}

function makeName(random: Random): string {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  return `${pick(STARTS)}${pick(MIDDLES)}${pick(MIDDLES)}${pick(ENDS)}`;
}

export function makePolicy(): TenantPolicy {
  const vendors = Array.from({ length: VENDORS }, (_, at) => `V${at + 1}`);
  const names = [
    ...vendors.flatMap((v) => [`${v}_RemoteAssistUser`, `${v}_SupportEngineer`]),
    'Research',
    'Trading',
    'Sealed',
  ];
  const allow = (segment: string, targets: readonly string[]) =>
    ({ name: `${segment} allow`, segment, active: true, rule: 'allow', targets }) as const;
  const block = (segment: string, targets: readonly string[]) =>
    ({ name: `${segment} block`, segment, active: true, rule: 'block', targets }) as const;
  return {
    tid: BENCH_TID,
    name: 'ABC',
    domains: ['abc.com'],
    segments: names.map((name) => ({ name, groups: [name], people: [] })),
    barriers: {
      mode: 'single',
      legacy: true,
      policies: [
        ...vendors.flatMap((v) => [
          allow(`${v}_RemoteAssistUser`, [`${v}_RemoteAssistUser`, `${v}_SupportEngineer`]),
          allow(`${v}_SupportEngineer`, [`${v}_RemoteAssistUser`, `${v}_SupportEngineer`]),
        ]),
        allow('Sealed', ['Sealed']),
        block('Research', ['Trading']),
        block('Trading', ['Research']),
      ],
    },
    external: { enabled: true, mode: { kind: 'open' } },
    guests: { enabled: true, reach: 'teams' },
    teams: [],
    auditRetentionDays: 180,
  };
}
