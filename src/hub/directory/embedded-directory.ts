import type { Calendar } from './calendar.ts';
import type { Directory } from './directory.ts';
import type { PeopleBook } from './people-book.ts';

export interface EmbeddedDirectoryOptions {
  readonly book: PeopleBook;
  readonly calendar: Calendar;
  /** By tenant id. */
  readonly tenantNames: ReadonlyMap<string, string>;
}

/** A directory of the hub's own: the people of the policy files, and those who have signed in. */
export function createEmbeddedDirectory({ book, calendar, tenantNames }: EmbeddedDirectoryOptions): Directory {
  return {
    tenantName: (tid) => tenantNames.get(tid) ?? tid,
    person: async (key) => book.person(key),
    byMail: async (_asker, tid, mail) => book.byMail(tid, mail),
    search: async ({ tid }, query, limit, keep = () => true) => book.search(tid, query, limit, keep),
    accountsOf: async (key) => book.accountsOf(key),
    people: async (tid) => book.people(tid),
    presences: async () => new Map(),
    knownContacts: async ({ person }) => calendar.knownContacts(person),
    meetingsOf: async ({ person }) => calendar.meetingsOf(person),
    meeting: async (tid, meetingId) => calendar.meeting(tid, meetingId),
    signedIn: (person) => book.remember(person),
    replacePeople: (tid, people) => book.replace(tid, people),
    takePeople: (tid, people) => book.take(tid, people),
    onChanged: book.onChanged,
  };
}
