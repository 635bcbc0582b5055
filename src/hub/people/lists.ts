import { peopleIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import { isJoinable } from '../../domain/meeting/joinable.ts';
import { mayReach } from '../../domain/reach/may.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { Contact, Meeting, Person } from '../../protocol/types.ts';
import type { CallLog } from '../calls/call-log.ts';
import { callOfMeeting } from '../calls/meetings.ts';
import type { Clock } from '../clock.ts';
import type { Directory, DirectoryMeeting, DirectoryPerson, KnownContact } from '../directory/directory.ts';
import type { Store } from '../store/store.ts';
import type { Peer } from './peer.ts';
import type { PresenceBoard } from './presence.ts';

/** What a page lists. Every list holds only people whom the asking one may have to do with. */
export interface Lists {
  contacts(peer: Peer): Promise<readonly Contact[]>;
  search(peer: Peer, query: string): Promise<readonly Contact[]>;
  meetings(peer: Peer): Promise<readonly Meeting[]>;
}

export interface ListsOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly presence: PresenceBoard;
  readonly log: CallLog;
  readonly clock: Clock;
}

const RECENT_CONTACTS = 50;
const SEARCH_RESULTS = 25;
/** Meetings stay on the desk's list this long after their end. */
const PAST_MEETINGS_MS = 12 * 3_600_000;

export function createLists(options: ListsOptions): Lists {
  const { store, directory, presence, clock } = options;

  const toContact = (person: DirectoryPerson, last: Contact['last']): Contact => ({
    ...toPerson(person),
    presence: presence.of(person.key),
    last,
  });
  const shown = (peer: Peer, contacts: readonly Contact[]): readonly Contact[] => {
    presence.watch(
      peer,
      contacts.map((contact) => contact.key),
    );
    return contacts;
  };

  return {
    async contacts(peer) {
      const own = await store.recentContacts(peer.person, RECENT_CONTACTS);
      const called = own.map(({ other, atMs, outcome }): KnownContact => ({ person: other, atMs, outcome }));
      const newest = newestOfEach([...called, ...(await directory.knownContacts(peer.person))]);
      const found = await Promise.all(newest.slice(0, RECENT_CONTACTS).map((known) => directory.person(known.person)));
      const contacts = found.flatMap((person, at) => {
        const last = newest[at];
        if (person === null || last === undefined || !mayFind(peer, person)) return [];
        return [toContact(person, { atMs: last.atMs, outcome: last.outcome })];
      });
      return shown(peer, contacts);
    },
    async search(peer, query) {
      const found = await directory.search(peer.account.tid, query, SEARCH_RESULTS + 1);
      const others = found.filter((person) => person.key !== peer.person && mayFind(peer, person));
      return shown(
        peer,
        others.slice(0, SEARCH_RESULTS).map((person) => toContact(person, null)),
      );
    },
    async meetings(peer) {
      const all = await directory.meetingsOf(peer.person);
      const current = all.filter((meeting) => meeting.endMs > clock.nowMs() - PAST_MEETINGS_MS);
      return Promise.all(current.map((meeting) => toMeeting(options, meeting, peer.person)));
    },
  };
}

export const toPerson = ({ key, name, mail, jobTitle, company }: DirectoryPerson): Person => ({
  key,
  name,
  mail,
  jobTitle,
  company,
});

const mayFind = (peer: Peer, other: DirectoryPerson): boolean => mayReach(peer.account, other.account, 'find').ok;

function newestOfEach(contacts: readonly KnownContact[]): readonly KnownContact[] {
  const sorted = contacts.toSorted((a, b) => b.atMs - a.atMs);
  const seen = new Set<PersonKey>();
  return sorted.filter(({ person }) => !seen.has(person) && seen.add(person));
}

async function toMeeting(
  { directory, log, clock }: ListsOptions,
  meeting: DirectoryMeeting,
  person: PersonKey,
): Promise<Meeting> {
  const { meetingId, title, startMs, endMs } = meeting;
  const call = callOfMeeting(log, meeting);
  const organizer = await directory.person(meeting.organizer);
  const mayReturn = call?.state.participants[person] !== undefined;
  return {
    meetingId,
    title,
    startMs,
    endMs,
    organizer: organizer?.name ?? '',
    joinable: mayReturn || isJoinable(meeting, clock.nowMs(), LIMITS.joinableBeforeMs),
    present: call === undefined ? [] : peopleIn(call.state).map((one) => one.name),
  };
}
