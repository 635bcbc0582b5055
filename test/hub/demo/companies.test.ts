import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type DemoPerson, loadCompanies, parseCompanies } from '../../../src/hub/demo/companies.ts';
import { admit } from '../../../src/hub/identity/identity.ts';

const PATH = 'assets/demo/companies.json';

function load() {
  const result = loadCompanies(PATH);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.companies;
}

function tenantOf(name: string) {
  const tenant = load().tenants.find((candidate) => candidate.name === name);
  if (tenant === undefined) throw new Error(`no tenant ${name}`);
  return tenant;
}

/** The file as plain data, with one change. */
function changed(change: (file: Mutable) => void): unknown {
  const file = JSON.parse(readFileSync(PATH, 'utf8')) as Mutable;
  change(file);
  return file;
}
type Mutable = {
  tenants: {
    [key: string]: unknown;
    people: Record<string, unknown>[];
    demo: { [key: string]: unknown; meetings: Record<string, unknown>[] };
  }[];
};

function canUse(person: DemoPerson, surface: 'headset' | 'desk'): boolean {
  return admit({ isGuest: person.kind === 'guest', roles: person.roles }, surface).ok;
}

describe('the demo companies', () => {
  it('are ABC, Contoso1 and Contoso2', () => {
    expect(load().tenants.map((tenant) => [tenant.name, ...tenant.domains])).toEqual([
      ['ABC', 'abc.com'],
      ['Contoso1', 'contoso1.com'],
      ['Contoso2', 'contoso2.com'],
    ]);
  });

  it('have for ABC four experts, and a service account and a support engineer for each of V1, V2 and V3', () => {
    const { people } = tenantOf('ABC');
    const mails = people.map((person) => person.mail);
    expect(mails).toEqual(
      expect.arrayContaining(['expert1@abc.com', 'expert2@abc.com', 'expert3@abc.com', 'expert4@abc.com']),
    );
    for (const vendor of ['V1', 'V2', 'V3']) {
      const inGroup = (group: string) =>
        people.filter((person) => person.groups.includes(group)).map((person) => person.kind);
      expect(inGroup(`${vendor}_RemoteAssistUser`)).toEqual(['service']);
      expect(inGroup(`${vendor}_SupportEngineer`)).toEqual(['internal']);
    }
  });

  it.each(['vendor1_a_sa', 'vendor1_b_sa', 'vendor2_a_sa', 'vendor_sa'])(
    'have the service account %s in ABC',
    (name) => {
      const person = tenantOf('ABC').people.find((candidate) => candidate.mail === `${name}@abc.com`);
      expect(person?.kind).toBe('service');
      expect(person !== undefined && canUse(person, 'headset')).toBe(true);
    },
  );

  it.each(['Contoso1', 'Contoso2'])('have Expert1 and Expert2 as guests of %s, with their accounts at home', (name) => {
    const abc = tenantOf('ABC');
    for (const mail of ['expert1@abc.com', 'expert2@abc.com']) {
      const guest = tenantOf(name).people.find((person) => person.mail === mail);
      const home = abc.people.find((person) => person.mail === mail);
      expect(guest).toMatchObject({ kind: 'guest', homeTenantId: abc.tenantId, homeOid: home?.oid });
      expect(guest?.oid).not.toBe(home?.oid);
    }
  });

  it('have one guest without a home tenant', () => {
    const homeless = load().tenants.flatMap((tenant) =>
      tenant.people.filter((person) => person.kind === 'guest' && person.homeTenantId === undefined),
    );
    expect(homeless.map((person) => person.mail)).toEqual(['claire.dubois@outlook.com']);
  });

  it('have people for the headset and for the desk in every tenant, each with the licence for it', () => {
    for (const tenant of load().tenants) {
      for (const surface of ['headset', 'desk'] as const) {
        const players = tenant.people.filter((person) => person.usually === surface);
        expect(players.length).toBeGreaterThan(1);
        expect(players.filter((person) => !canUse(person, surface))).toEqual([]);
      }
    }
  });

  it('have for each technician of every tenant a meeting that can be joined at the start and eight hours later', () => {
    for (const tenant of load().tenants) {
      for (const technician of tenant.people.filter(
        (person) => person.usually === 'headset' && person.kind === 'internal',
      )) {
        for (const atMin of [0, 480]) {
          const joinable = tenant.meetings.filter(
            (meeting) =>
              [meeting.organizerOid, ...meeting.inviteeOids].includes(technician.oid) &&
              meeting.startOffsetMin <= atMin + 15 &&
              atMin < meeting.startOffsetMin + meeting.durationMin,
          );
          expect(joinable.length, `${technician.mail} at ${atMin} min`).toBeGreaterThan(0);
        }
      }
    }
  });

  it('give each technician of ABC recent contacts', () => {
    const { people, recentContacts } = tenantOf('ABC');
    const technicians = people.filter((person) => person.usually === 'headset' && person.kind === 'internal');
    const owners = new Set(recentContacts.map((contact) => contact.ownerOid));
    expect(technicians.every((person) => owners.has(person.oid))).toBe(true);
  });
});

describe('a wrong file of companies', () => {
  it.each<[string, (file: Mutable) => void, string]>([
    [
      'a misspelt field',
      (file) => Object.assign(file.tenants[0]?.people[0] ?? {}, { jobtitle: 'x' }),
      'tenants[0].people[0].jobtitle: is not a known field',
    ],
    [
      'an oid that is no GUID',
      (file) => Object.assign(file.tenants[0]?.people[0] ?? {}, { oid: '7' }),
      'tenants[0].people[0].oid: must be a GUID',
    ],
    [
      'an unknown role',
      (file) => Object.assign(file.tenants[0]?.people[0] ?? {}, { roles: ['Boss'] }),
      'tenants[0].people[0].roles[0]: must be one of',
    ],
    [
      'an address twice',
      (file) => Object.assign(file.tenants[0]?.people[1] ?? {}, { mail: 'DANA.okafor@abc.com' }),
      'tenants[0].people[1].mail: dana.okafor@abc.com stands twice',
    ],
    [
      'an invitee nobody knows',
      (file) => Object.assign(file.tenants[0]?.demo.meetings[0] ?? {}, { invitees: ['x@abc.com'] }),
      'tenants[0].demo.meetings[0].invitees[0]: x@abc.com is not among the people',
    ],
    [
      'a colleague with a foreign address',
      (file) => Object.assign(file.tenants[0]?.people[0] ?? {}, { mail: 'dana@x.com' }),
      'tenants[0].people[0].mail: dana@x.com is no address of this tenant',
    ],
    [
      'a service account without its role',
      (file) => Object.assign(file.tenants[0]?.people[0] ?? {}, { kind: 'service' }),
      'tenants[0].people[0].roles: must name RemoteAssist.Vendor',
    ],
    [
      'a tenant twice',
      (file) => Object.assign(file.tenants[1] ?? {}, { tenantId: file.tenants[0]?.tenantId }),
      'tenants[1].tenantId: abc00000-5e1f-4a00-9000-0000000abc00 stands twice',
    ],
    [
      'a tenant without its demo part',
      (file) => Object.assign(file.tenants[1] ?? {}, { demo: undefined }),
      'tenants[1].demo: is missing',
    ],
    [
      'a person who is played nowhere',
      (file) => Object.assign(file.tenants[0]?.people[0] ?? {}, { usually: undefined }),
      'tenants[0].people[0].usually: is missing',
    ],
    [
      'a meeting twice',
      (file) => Object.assign(file.tenants[1]?.demo.meetings[0] ?? {}, { meetingId: 'abc-pump-4' }),
      'tenants[1].demo.meetings[0].meetingId: abc-pump-4 stands twice',
    ],
  ])('with %s is refused by name', (_, change, part) => {
    const result = parseCompanies(changed(change));
    expect(result.ok ? [] : result.problems.join('\n')).toContain(part);
  });

  it('that is missing is refused by its path', () => {
    const result = loadCompanies('no/such.json');
    expect(result.ok ? [] : result.problems.join()).toContain('no/such.json');
  });
});
