import type { PersonKey } from '../../domain/call/state.ts';
import { tidOf } from '../../domain/call/tenant-of.ts';
import type { Account } from '../../domain/reach/model.ts';
import { domainOfMail, toMail } from '../policy/address.ts';
import type { Store } from '../store/store.ts';
import { createListeners } from './changes.ts';
import type { Keep, PeopleListener } from './directory.ts';
import { type DirectoryPerson, type ListedPerson, rememberedIn } from './person.ts';
import { readRemembered } from './remembered.ts';
import { createShelf, type Shelf } from './shelf.ts';

/**
 * The people whom the hub itself knows of: those whom policy files list, and those who have signed in. Where both say
 * something, the file is right. All of it is in memory, and in the store.
 */
export interface PeopleBook {
  person(key: PersonKey): DirectoryPerson | null;
  byMail(tid: string, mail: string): DirectoryPerson | null;
  /** As `Directory.search` does. */
  search(tid: string, query: string, limit: number, keep: Keep): readonly DirectoryPerson[];
  /** As `Directory.accountsOf` does. */
  accountsOf(key: PersonKey): readonly DirectoryPerson[];
  /** In order of the name. */
  people(tid: string): readonly DirectoryPerson[];
  /** What the tenant's policy file says of somebody. */
  listed(key: PersonKey): ListedPerson | null;
  /** As `Directory.replacePeople` does. */
  replace(tid: string, people: readonly ListedPerson[]): Promise<void>;
  /** As `Directory.takePeople` does. */
  take(tid: string, people: readonly ListedPerson[]): Promise<void>;
  /** Keeps what is known of somebody for later, also after a restart. */
  remember(person: DirectoryPerson): Promise<void>;
  /** Somebody is no more: what was kept of them goes. What a policy file says of them stays. */
  forget(key: PersonKey): Promise<void>;
  /** As `Directory.onChanged` does. */
  onChanged(listener: PeopleListener): () => void;
}

export interface PeopleBookOptions {
  readonly store: Pick<Store, 'people' | 'values'>;
  /** Of the tenants that the hub serves. */
  readonly tids: readonly string[];
  readonly nowMs: number;
  /** The tenant that a mail domain belongs to: a guest's home, where the token does not say it. */
  readonly ownerOf?: (domain: string) => string | undefined;
}

/** Reads everybody from the store. */
export async function openPeopleBook(options: PeopleBookOptions): Promise<PeopleBook> {
  const { store, tids, nowMs, ownerOf = () => undefined } = options;
  const shelves = new Map<string, Shelf>();
  for (const tid of tids) {
    const listed = await store.people.list(tid);
    shelves.set(tid, await createShelf(listed, await readRemembered(store.values, tid, nowMs)));
  }
  const shelfOf = (key: PersonKey): Shelf | undefined => shelves.get(tidOf(key));
  const shelfFor = async (tid: string): Promise<Shelf> => {
    const shelf = shelves.get(tid) ?? (await createShelf([], []));
    shelves.set(tid, shelf);
    return shelf;
  };
  const person = (key: PersonKey): DirectoryPerson | null => shelfOf(key)?.person(key) ?? null;
  const listeners = createListeners();
  const take = async (tid: string, people: readonly ListedPerson[]): Promise<void> => {
    await (await shelfFor(tid)).replace(people);
  };

  return {
    person,
    byMail: (tid, mail) => shelves.get(tid)?.byMail(toMail(mail) ?? '')[0] ?? null,
    search: (tid, query, limit, keep) => shelves.get(tid)?.search(query, limit, keep) ?? [],
    accountsOf: (key) => accountsOf([...shelves.values()], person(key)),
    people: (tid) => shelves.get(tid)?.people() ?? [],
    listed: (key) => shelfOf(key)?.listed(key) ?? null,
    async replace(tid, people) {
      const before = (shelves.get(tid)?.people() ?? []).map(({ key, account }) => ({ key, account }));
      await store.people.replace(tid, people);
      await take(tid, people);
      listeners.tell(before.filter(({ key, account }) => differs(account, person(key)?.account)).map(({ key }) => key));
    },
    take,
    async remember(person) {
      const somebody = withHome(person, ownerOf);
      const shelf = await shelfFor(somebody.account.tid);
      const before = shelf.person(somebody.key);
      if (!(await shelf.remember(somebody))) return;
      if (before !== undefined && differs(before.account, shelf.person(somebody.key)?.account)) {
        listeners.tell([somebody.key]);
      }
      const value = { value: somebody, group: null, expiresAtMs: null };
      await store.values.set(rememberedIn(somebody.account.tid), somebody.key, value);
    },
    async forget(key) {
      const shelf = shelfOf(key);
      if (shelf === undefined || !shelf.forget(key)) return;
      await store.values.delete(rememberedIn(tidOf(key)), key);
    },
    onChanged: listeners.add,
  };
}

const differs = (before: Account, after: Account | undefined): boolean =>
  JSON.stringify(before) !== JSON.stringify(after);

/** Accounts with one address belong together where each says so: a guest names the home tenant, and the home has the account. */
function accountsOf(shelves: readonly Shelf[], self: DirectoryPerson | null): readonly DirectoryPerson[] {
  if (self === null) return [];
  if (self.account.mail === '') return [self];
  const homeTid = homeOf(self);
  const same = shelves.flatMap((shelf) => shelf.byMail(self.account.mail)).filter((one) => homeOf(one) === homeTid);
  return same.sort((a, b) => Number(isGuest(a)) - Number(isGuest(b)));
}

function withHome(person: DirectoryPerson, ownerOf: (domain: string) => string | undefined): DirectoryPerson {
  const { account } = person;
  if (!isGuest(person) || account.homeTid !== null || account.mail === '') return person;
  const homeTid = ownerOf(domainOfMail(account.mail)) ?? null;
  return homeTid === null || homeTid === account.tid ? person : { ...person, account: { ...account, homeTid } };
}

const isGuest = ({ account }: DirectoryPerson): boolean => account.kind === 'guest';
/** null for guests with a private address. */
const homeOf = (person: DirectoryPerson): string | null =>
  isGuest(person) ? person.account.homeTid : person.account.tid;
