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
import { askerOf, type Peer } from './peer.ts';
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
    refusal: null,
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
      const called = own.map(({ other, atMs, outcome }): KnownContact => ({ person: other, last: { atMs, outcome } }));
      const newest = newestOfEach([...called, ...(await directory.knownContacts(askerOf(peer)))]);
      const found = await Promise.all(newest.slice(0, RECENT_CONTACTS).map((known) => directory.person(known.person)));
      const contacts = found.flatMap((person, at) => {
        if (person === null || !mayFind(peer, person)) return [];
        return [toContact(person, newest[at]?.last ?? null)];
      });
      return shown(peer, contacts);
    },
    async search(peer, query) {
      const mayShow = (person: DirectoryPerson): boolean => person.key !== peer.person && mayFind(peer, person);
      const found = await directory.search(askerOf(peer), query, SEARCH_RESULTS, mayShow);
      return shown(
        peer,
        found.map((person) => toContact(person, null)),
      );
    },
    async meetings(peer) {
      const all = await directory.meetingsOf(askerOf(peer));
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
  const atMs = ({ last }: KnownContact): number => last?.atMs ?? 0;
  const sorted = contacts.toSorted((a, b) => atMs(b) - atMs(a));
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
