import type { PersonKey } from '../../../domain/call/state.ts';
import type { Account } from '../../../domain/reach/model.ts';
import { createListeners } from '../changes.ts';
import type { Asker, Directory, Keep } from '../directory.ts';
import { DirectoryError } from '../directory-error.ts';
import type { PeopleBook } from '../people-book.ts';
import type { DirectoryPerson } from '../person.ts';
import { createBoundedMap } from './bounded-map.ts';
import type { GraphClient } from './graph-client.ts';
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

interface Seen {
  readonly read: DirectoryPerson;
  /** With what the policy file says, at the revision of it. */
  readonly person: DirectoryPerson;
  readonly revision: number;
  readonly atMs: number;
}

/**
 * One tenant's people by Microsoft Graph, on behalf of those who ask. Whom somebody found or met stays known to
 * the hub, so that a call to them and a list with them need nobody's token. What the tenant's policy file says of somebody
 * holds besides: hidden, external access, more groups.
 */
export function createGraphDirectory(options: GraphDirectoryOptions): Directory {
  const { client, tenant, book, nowMs, needsGroups, onProblem } = options;
  const graph = createGraphPeople({ client, tenant, needsGroups, onGone: (key) => hide(key) });
  const seen = createBoundedMap<PersonKey, Seen>(MAX_SEEN);
  const listeners = createListeners();

  let revision = 0;

  const keep = (read: DirectoryPerson, atMs: number): DirectoryPerson => {
    const before = seen.get(read.key)?.person;
    const whole = withListed(read, book);
    // The same object while nothing changed: what follows from an account is kept with it.
    const person = before !== undefined && JSON.stringify(before) === JSON.stringify(whole) ? before : whole;
    seen.set(read.key, { read, person, revision, atMs });
    return person;
  };
  const known = (key: PersonKey): DirectoryPerson | null => {
    const there = seen.get(key);
    if (there === undefined) {
      // What was kept of somebody in the store are no groups of today.
      const kept = book.person(key);
      return kept === null ? null : withoutGroups(kept);
    }
    const person = there.revision === revision ? there.person : keep(there.read, there.atMs);
    return needsGroups() && nowMs() - there.atMs >= USABLE_MS ? withoutGroups(person) : person;
  };
  const note = (read: DirectoryPerson): DirectoryPerson => {
    const before = known(read.key)?.account;
    const person = keep(read, nowMs());
    if (before !== undefined && differs(before, person.account)) listeners.tell([read.key]);
    return person;
  };
  /** Whoever is with them, or could be, learns of it by the rules: nobody reaches them any more. */
  const hide = (key: PersonKey): void => {
    const there = seen.get(key)?.read ?? book.person(key);
    if (there === null) return;
    note({ ...there, account: { ...there.account, hidden: true } });
    // Also after a restart, when nothing is known of what was read.
    book.forget(key).catch((error: unknown) => onProblem(asDirectoryError(error)));
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
    const isRead = before !== undefined && !(needsGroups() && before.read.account.groups === null);
    const ageMs = isRead ? nowMs() - before.atMs : Number.POSITIVE_INFINITY;
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
    wanted: Keep,
  ): Promise<readonly DirectoryPerson[]> => {
    const hits: DirectoryPerson[] = [];
    for await (const page of graph.search(asker, query)) {
      for (const person of page.map((read) => note(read))) {
        if (hits.length < limit && wanted(person)) hits.push(person);
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
    search: (asker, query, limit, wanted = () => true) =>
      ifDenied(search(asker, query, limit, wanted), (error) => {
        onProblem(error);
        const now = (person: DirectoryPerson): DirectoryPerson => known(person.key) ?? person;
        return book.search(tenant.tid, query, limit, (person) => wanted(now(person))).map(now);
      }),
    accountsOf: async (key) => book.accountsOf(key),
    people: async () => null,
    presences: (asker, people) => orElse(readPresences(client, asker, people), () => new Map()),
    async knownContacts(asker) {
      // Suggestions are never worth an interruption.
      const related = await orElse(graph.related(asker), () => []);
      return related.map((person) => ({ person: note(person).key, last: null }));
    },
    // What stands in people's own calendars is theirs: only meetings that were planned here can be joined.
    meetingsOf: async () => [],
    meeting: async () => null,
    async signedIn(person) {
      await book.remember(person);
    },
    async replacePeople(tid, people) {
      await book.replace(tid, people);
      revision += 1;
      listeners.tell(people.map(({ key }) => key));
    },
    async takePeople(tid, people) {
      await book.take(tid, people);
      revision += 1;
    },
    onChanged: listeners.add,
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
  const { groups: read, hidden } = person.account;
  const groups = read === null ? null : [...new Set([...read, ...(listed.groups ?? [])])].sort();
  const { external, kind } = listed;
  return { ...person, account: { ...person.account, kind, groups, hidden: hidden || listed.hidden, external } };
}

const withoutGroups = (person: DirectoryPerson): DirectoryPerson => ({
  ...person,
  account: { ...person.account, groups: null },
});

/** Groups that nobody had read before are no change: whoever had none was reached by nobody who depends on them. */
function differs(before: Account, after: Account): boolean {
  const groups = before.groups === null ? null : after.groups;
  return JSON.stringify({ ...before, mail: '' }) !== JSON.stringify({ ...after, groups, mail: '' });
}

const asDirectoryError = (error: unknown): DirectoryError =>
  new DirectoryError({ code: 'unavailable' }, 'somebody who is gone could not be forgotten', { cause: error });
