import type { PersonKey } from '../../domain/call/state.ts';
import type { DemoCompanies, DemoMeeting, DemoTenant } from '../demo/companies.ts';
import type { DirectoryMeeting, KnownContact } from './directory.ts';

/** Who meets when, and who knows whom. */
export interface Calendar {
  knownContacts(person: PersonKey): readonly KnownContact[];
  /** By start. */
  meetingsOf(person: PersonKey): readonly DirectoryMeeting[];
  meeting(tid: string, meetingId: string): DirectoryMeeting | null;
}

/** Of tenants whose calendars the hub does not read. */
export const NO_CALENDAR: Calendar = {
  knownContacts: () => [],
  meetingsOf: () => [],
  meeting: () => null,
};

const MINUTE_MS = 60_000;

/** @param startMs what the file's times are relative to, ms since the epoch */
export function createDemoCalendar(companies: DemoCompanies, startMs: number): Calendar {
  const tenants = new Map(companies.tenants.map((tenant) => [tenant.tenantId, tenant]));
  const meetings = new Map<string, DirectoryMeeting>();
  for (const tenant of companies.tenants) {
    for (const meeting of tenant.meetings) {
      meetings.set(`${tenant.tenantId}:${meeting.meetingId}`, toMeeting(tenant, meeting, startMs));
    }
  }
  return {
    knownContacts(owner) {
      const [tid = '', oid = ''] = owner.split(':');
      const known = tenants.get(tid)?.recentContacts.filter((contact) => contact.ownerOid === oid) ?? [];
      return known.map(({ contactOid, minutesAgo, outcome }) => ({
        person: `${tid}:${contactOid}`,
        last: { atMs: startMs - minutesAgo * MINUTE_MS, outcome },
      }));
    },
    meetingsOf: (person) =>
      [...meetings.values()]
        .filter((meeting) => meeting.organizer === person || meeting.invitees.includes(person))
        .sort((a, b) => a.startMs - b.startMs),
    meeting: (tid, meetingId) => meetings.get(`${tid}:${meetingId}`) ?? null,
  };
}

function toMeeting(tenant: DemoTenant, meeting: DemoMeeting, startMs: number): DirectoryMeeting {
  const { tenantId: tid } = tenant;
  const begin = startMs + meeting.startOffsetMin * MINUTE_MS;
  return {
    meetingId: meeting.meetingId,
    tid,
    title: meeting.title,
    startMs: begin,
    endMs: begin + meeting.durationMin * MINUTE_MS,
    organizer: `${tid}:${meeting.organizerOid}`,
    invitees: meeting.inviteeOids.map((oid) => `${tid}:${oid}`),
  };
}
