import type { PersonKey } from '../../domain/call/state.ts';
import type { DemoCompanies, DemoMeeting, DemoPerson, DemoTenant } from '../demo/companies.ts';
import {
  type Directory,
  type DirectoryMeeting,
  type DirectoryPerson,
  type KnownContact,
  plainAccount,
} from './directory.ts';
import { fold, matches } from './fold.ts';

const MINUTE_MS = 60_000;

interface IndexedPerson {
  readonly person: DirectoryPerson;
  readonly folded: string;
}

/**
 * The demo's companies as a directory.
 * @param startMs what the file's times are relative to, ms since the epoch
 */
export function createEmbeddedDirectory(companies: DemoCompanies, startMs: number): Directory {
  const tenants = new Map(companies.tenants.map((tenant) => [tenant.tenantId, tenant]));
  const people = new Map<PersonKey, IndexedPerson>();
  const meetings = new Map<string, DirectoryMeeting>();
  for (const tenant of companies.tenants) {
    for (const one of tenant.people) people.set(keyOf(tenant, one.oid), index(tenant, one, tenants));
    for (const meeting of tenant.meetings) {
      meetings.set(keyOf(tenant, meeting.meetingId), toMeeting(tenant, meeting, startMs));
    }
  }
  const all = () => [...people.values()].map(({ person }) => person);
  const isAt = ({ account }: DirectoryPerson, tid: string, mail: string) =>
    account.tid === tid && account.mail === mail.toLowerCase();
  return {
    tenantName: (tid) => tenants.get(tid)?.name ?? tid,
    person: async (key) => people.get(key)?.person ?? null,
    byMail: async (_asker, tid, mail) => all().find((one) => isAt(one, tid, mail)) ?? null,
    search: async (asker, query, limit, keep = () => true) =>
      [...people.values()]
        .filter(({ person, folded }) => person.account.tid === asker.tid && matches(folded, query))
        .map(({ person }) => person)
        .filter(keep)
        .sort((a, b) => a.name.localeCompare(b.name))
        .slice(0, limit),
    async accountsOf(key) {
      const mail = people.get(key)?.person.account.mail;
      return all()
        .filter((one) => one.account.mail === mail)
        .sort((a, b) => Number(a.account.kind === 'guest') - Number(b.account.kind === 'guest'));
    },
    people: async (tid) => all().filter((one) => one.account.tid === tid),
    knownContacts: async ({ person }) => knownContacts(tenants, person, startMs),
    meetingsOf: async ({ person }) =>
      [...meetings.values()]
        .filter((meeting) => meeting.organizer === person || meeting.invitees.includes(person))
        .sort((a, b) => a.startMs - b.startMs),
    // The file is the truth: tokens are made from it.
    signedIn: async () => {},
    meeting: async (tid, meetingId) => meetings.get(`${tid}:${meetingId}`) ?? null,
  };
}

const keyOf = (tenant: DemoTenant, id: string): PersonKey => `${tenant.tenantId}:${id}`;

function index(tenant: DemoTenant, one: DemoPerson, tenants: ReadonlyMap<string, DemoTenant>): IndexedPerson {
  const key = keyOf(tenant, one.oid);
  const home = one.homeTenantId === undefined ? undefined : tenants.get(one.homeTenantId);
  const person: DirectoryPerson = {
    key,
    name: one.displayName,
    mail: one.mail,
    jobTitle: one.jobTitle,
    company: one.kind === 'guest' ? (home?.name ?? '') : tenant.name,
    account: {
      ...plainAccount({ key, tid: tenant.tenantId, kind: one.kind, mail: one.mail }),
      homeTid: one.homeTenantId ?? null,
      groups: one.groups,
    },
  };
  return { person, folded: fold(`${one.displayName} ${one.mail}`) };
}

function toMeeting(tenant: DemoTenant, meeting: DemoMeeting, startMs: number): DirectoryMeeting {
  const begin = startMs + meeting.startOffsetMin * MINUTE_MS;
  return {
    meetingId: meeting.meetingId,
    tid: tenant.tenantId,
    title: meeting.title,
    startMs: begin,
    endMs: begin + meeting.durationMin * MINUTE_MS,
    organizer: keyOf(tenant, meeting.organizerOid),
    invitees: meeting.inviteeOids.map((oid) => keyOf(tenant, oid)),
  };
}

function knownContacts(
  tenants: ReadonlyMap<string, DemoTenant>,
  owner: PersonKey,
  startMs: number,
): readonly KnownContact[] {
  const [tid = '', oid = ''] = owner.split(':');
  const tenant = tenants.get(tid);
  if (tenant === undefined) return [];
  return tenant.recentContacts
    .filter((contact) => contact.ownerOid === oid)
    .map(({ contactOid, minutesAgo, outcome }) => ({
      person: keyOf(tenant, contactOid),
      last: { atMs: startMs - minutesAgo * MINUTE_MS, outcome },
    }));
}
