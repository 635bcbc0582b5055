import type { PersonKey } from '../../../domain/call/state.ts';
import type { Asker, Directory, DirectoryMeeting, Keep } from '../directory.ts';
import { DirectoryError } from '../directory-error.ts';
import type { PeopleBook } from '../people-book.ts';
import type { DirectoryPerson } from '../person.ts';
import { createBoundedMap } from './bounded-map.ts';
import type { GraphClient } from './graph-client.ts';
import { readMeetings } from './graph-meetings.ts';
import { createGraphPeople } from './graph-people.ts';
import { readPresences } from './graph-presence.ts';
import type { GraphTenant } from './graph-user.ts';

export interface GraphDirectoryOptions {
  readonly client: GraphClient;
  readonly tenant: GraphTenant;
  readonly book: PeopleBook;
  readonly nowMs: () => number;
  readonly needsGroups: () => boolean;
  /** What went wrong where the directory went on without Graph. */
  readonly onProblem: (error: DirectoryError) => void;
}

/** For so long what was read of somebody is taken for true. */
const FRESH_MS = 10 * 60_000;
/** For so long it is used when Graph does not answer. */
const USABLE_MS = 24 * 3_600_000;
const MAX_SEEN = 50_000;
const MAX_MEETINGS = 10_000;

interface Seen {
  readonly read: DirectoryPerson;
  /** With what the policy file says, at the revision of it. */
  readonly person: DirectoryPerson;
  readonly revision: number;
  readonly atMs: number;
}

/**
 * One tenant's people and calendars by Microsoft Graph, on behalf of those who ask. Whom somebody found or met stays known to
 * the hub, so that a call to them and a list with them need nobody's token. What the tenant's policy file says of somebody
 * holds besides: hidden, external access, more groups.
 */
export function createGraphDirectory(options: GraphDirectoryOptions): Directory {
  const { client, tenant, book, nowMs, needsGroups, onProblem } = options;
  const graph = createGraphPeople({ client, tenant, needsGroups });
  const seen = createBoundedMap<PersonKey, Seen>(MAX_SEEN);
  const meetings = createBoundedMap<string, DirectoryMeeting>(MAX_MEETINGS);

  let revision = 0;

  const note = (read: DirectoryPerson, atMs = nowMs()): DirectoryPerson => {
    const before = seen.get(read.key)?.person;
    const whole = withListed(read, book);
    // The same object while nothing changed: what follows from an account is kept with it.
    const person = before !== undefined && JSON.stringify(before) === JSON.stringify(whole) ? before : whole;
    seen.set(read.key, { read, person, revision, atMs });
    return person;
  };
  const known = (key: PersonKey): DirectoryPerson | null => {
    const there = seen.get(key);
    if (there === undefined) return book.person(key);
    return there.revision === revision ? there.person : note(there.read, there.atMs);
  };
  /** Where something can be said without Graph: that instead. */
  const orElse = async <T>(work: Promise<T>, fallback: () => T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      onProblem(error);
      return fallback();
    }
  };
  const lookUp = async (key: PersonKey, asker: Asker): Promise<DirectoryPerson | null> => {
    const before = seen.get(key);
    const ageMs = before === undefined ? Number.POSITIVE_INFINITY : nowMs() - before.atMs;
    if (ageMs < FRESH_MS) return known(key);
    const usable = ageMs < USABLE_MS || !needsGroups();
    const oid = key.slice(tenant.tid.length + 1);
    const read = graph.byId(asker, oid).then((person) => (person === null ? null : note(person)));
    return usable ? orElse(read, () => known(key)) : read;
  };
  const search = async (
    asker: Asker,
    query: string,
    limit: number,
    keep: Keep,
  ): Promise<readonly DirectoryPerson[]> => {
    const hits: DirectoryPerson[] = [];
    for await (const page of graph.search(asker, query)) {
      for (const person of page.map((read) => note(read))) {
        if (hits.length < limit && keep(person)) hits.push(person);
      }
      if (hits.length >= limit) break;
    }
    return hits;
  };

  return {
    tenantName: () => tenant.name,
    person: async (key, asker) =>
      asker === undefined || !key.startsWith(`${tenant.tid}:`) ? known(key) : lookUp(key, asker),
    async byMail(asker, tid, mail) {
      if (tid !== tenant.tid) return book.byMail(tid, mail);
      const [person] = await graph.byMails(asker, [mail]);
      return person === undefined ? null : note(person);
    },
    // Guests may mostly not look around in the company's directory: they find whom the hub knows.
    search: (asker, query, limit, keep = () => true) =>
      ifDenied(search(asker, query, limit, keep), (error) => {
        onProblem(error);
        return book.search(tenant.tid, query, limit, keep);
      }),
    accountsOf: async (key) => book.accountsOf(key),
    people: async () => null,
    presences: (asker, people) => orElse(readPresences(client, asker, people), () => new Map()),
    async knownContacts(asker) {
      // Suggestions are never worth an interruption.
      const related = await orElse(graph.related(asker), () => []);
      return related.map((person) => ({ person: note(person).key, last: null }));
    },
    async meetingsOf(asker) {
      const found = await readMeetings({ client, nowMs, findByMails: graph.byMails }, asker);
      return found.map((meeting) => noteMeeting(meetings, meeting));
    },
    meeting: async (_tid, meetingId) => meetings.get(meetingId) ?? null,
    async signedIn(person) {
      await book.remember(person);
    },
    async replacePeople(tid, people) {
      await book.replace(tid, people);
      revision += 1;
    },
  };
}

async function ifDenied<T>(work: Promise<T>, fallback: (error: DirectoryError) => T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DirectoryError && error.failure.code === 'denied') return fallback(error);
    throw error;
  }
}

function withListed(person: DirectoryPerson, book: PeopleBook): DirectoryPerson {
  const listed = book.listed(person.key)?.account;
  if (listed === undefined) return person;
  const groups = [...new Set([...person.account.groups, ...listed.groups])].sort();
  const { hidden, external, kind } = listed;
  return { ...person, account: { ...person.account, kind, groups, hidden, external } };
}

/** Everybody who has it in the calendar is expected, however many of them one invitation shows. */
function noteMeeting(
  meetings: { get(id: string): DirectoryMeeting | undefined; set(id: string, meeting: DirectoryMeeting): void },
  meeting: DirectoryMeeting,
): DirectoryMeeting {
  const before = meetings.get(meeting.meetingId);
  const invitees = [...new Set([...(before?.invitees ?? []), ...meeting.invitees])];
  const whole = { ...meeting, organizer: meeting.organizer || (before?.organizer ?? ''), invitees };
  meetings.set(meeting.meetingId, whole);
  return whole;
}
