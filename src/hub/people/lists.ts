import { accept, type Result } from '../../domain/call/refusal.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { Contact, Person } from '../../protocol/types.ts';
import type { Directory, DirectoryPerson, KnownContact } from '../directory/directory.ts';
import type { Reach } from '../reach/reach.ts';
import type { Store } from '../store/store.ts';
import { mergePresence } from './merge-presence.ts';
import { askerOf, type Peer } from './peer.ts';
import type { PresenceBoard } from './presence.ts';
import { searchPeople } from './search.ts';

/** What a page lists. Every list is sifted by the rules of reach, as every action is. */
export interface Lists {
  /** Recent ones, newest first; who can no longer be called with the reason, unless even the existence is nobody's business. */
  contacts(peer: Peer): Promise<readonly Contact[]>;
  search(peer: Peer, query: string): Promise<Result<readonly Contact[]>>;
}

export interface ListsOptions {
  readonly store: Store;
  readonly directory: Directory;
  readonly reach: Reach;
  readonly presence: PresenceBoard;
}

const RECENT_CONTACTS = 50;

export function createLists(options: ListsOptions): Lists {
  const { directory, reach, presence } = options;

  const show = (peer: Peer, person: DirectoryPerson, last: Contact['last']): Contact => {
    presence.watch(peer, [person.account]);
    return { ...toPerson(person), presence: presence.of(person.key), last, refusal: null };
  };

  return {
    async contacts(peer) {
      const verdictOf = await reach.sift('recent', peer);
      const known = await knownPeople(options, peer);
      const contacts = known.flatMap(({ person, last }): readonly Contact[] => {
        const verdict = verdictOf(person.account);
        if (verdict.allowed) return [show(peer, person, last)];
        // Whom somebody never called, the rules let nobody notice.
        if (last === null || verdict.code === 'not-found') return [];
        return [{ ...toPerson(person), presence: 'offline', last, refusal: verdict.code }];
      });
      return withElsewhere(directory, peer, contacts);
    },
    async search(peer, query) {
      const found = await searchPeople(options, peer, query);
      if (!found.ok) return found;
      const contacts = found.value.map((person) => show(peer, person, null));
      return accept(await withElsewhere(directory, peer, contacts));
    },
  };
}

/** Who can be rung may be busy elsewhere; of the others the directory could say nothing that matters. */
async function withElsewhere(
  directory: Directory,
  peer: Peer,
  contacts: readonly Contact[],
): Promise<readonly Contact[]> {
  const available = contacts.filter(({ presence }) => presence === 'available').map(({ key }) => key);
  if (available.length === 0) return contacts;
  const elsewhere = await directory.presences(askerOf(peer), available);
  return contacts.map((contact) => ({
    ...contact,
    presence: mergePresence(contact.presence, elsewhere.get(contact.key)),
  }));
}

interface Known {
  readonly person: DirectoryPerson;
  readonly last: Contact['last'];
}

async function knownPeople({ store, directory }: ListsOptions, peer: Peer): Promise<readonly Known[]> {
  const own = await store.recentContacts(peer.person, RECENT_CONTACTS);
  const called = own.map(({ other, atMs, outcome }): KnownContact => ({ person: other, last: { atMs, outcome } }));
  const asker = askerOf(peer);
  const newest = newestOfEach([...called, ...(await directory.knownContacts(asker))]);
  const found = await Promise.all(
    newest
      .slice(0, RECENT_CONTACTS)
      .map(async ({ person, last }) => ({ person: await directory.person(person, asker), last })),
  );
  return found.flatMap(({ person, last }) => (person === null ? [] : [{ person, last }]));
}

export const toPerson = ({ key, name, mail, jobTitle, company }: DirectoryPerson): Person => ({
  key,
  name,
  mail,
  jobTitle,
  company,
});

function newestOfEach(contacts: readonly KnownContact[]): readonly KnownContact[] {
  const atMs = ({ last }: KnownContact): number => last?.atMs ?? 0;
  const sorted = contacts.toSorted((a, b) => atMs(b) - atMs(a));
  const seen = new Set<PersonKey>();
  return sorted.filter(({ person }) => !seen.has(person) && seen.add(person));
}
