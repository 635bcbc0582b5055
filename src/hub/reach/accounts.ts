import type { PersonKey } from '../../domain/call/state.ts';
import { tidOf } from '../../domain/call/tenant-of.ts';
import type { Account } from '../../domain/reach/model.ts';
import { type Directory, type DirectoryPerson, plainAccount } from '../directory/directory.ts';
import { DirectoryError } from '../directory/directory-error.ts';
import { askerOf, type Peer } from '../people/peer.ts';

/** Who asks: somebody who is signed in. */
export type Somebody = Pick<Peer, 'person' | 'account'>;

/** People as the rules see them at this moment: their groups and settings may have changed since they came. */
export interface Accounts {
  /** Rejects with a `DirectoryError` when the rules need groups that cannot be read. */
  of(somebody: Somebody): Promise<Account>;
  /** Whose groups are needed and unknown is looked up, by who asks where nobody is signed in; rejects as `of` does. */
  person(key: PersonKey, asker?: PersonKey): Promise<DirectoryPerson | null>;
  /**
   * Of people who are in a call. Whom nobody knows any more counts as hidden, and whose groups cannot be read is kept from all
   * for whom groups count.
   */
  present(keys: readonly PersonKey[]): Promise<readonly Account[]>;
}

export interface AccountsOptions {
  readonly directory: Pick<Directory, 'person'>;
  /** A page of somebody who is connected now. */
  readonly pageOf: (person: PersonKey) => Peer | undefined;
  /** Whether the rules of a tenant look at groups. */
  readonly needsGroups: (tid: string) => boolean;
}

export function createAccounts({ directory, pageOf, needsGroups }: AccountsOptions): Accounts {
  /** With groups, where they count: no policy may be passed by not having been read for it. */
  const read = async (key: PersonKey, asker: Peer | undefined = pageOf(key)): Promise<DirectoryPerson | null> => {
    const known = await directory.person(key);
    if (known?.account.groups !== null || !needsGroups(tidOf(key))) return known;
    return asker?.account.tid === tidOf(key) ? directory.person(key, askerOf(asker)) : known;
  };
  const inCall = async (key: PersonKey): Promise<Account> => {
    const person = await read(key).catch((error: unknown) => {
      if (error instanceof DirectoryError) return directory.person(key);
      throw error;
    });
    const account = person === null ? pageOf(key)?.account : asSignedIn(person.account, pageOf(key));
    return account ?? { ...plainAccount({ key, tid: tidOf(key), kind: 'internal', mail: '' }), hidden: true };
  };
  return {
    async of({ person, account }) {
      const now = (await read(person))?.account;
      return now === undefined ? account : asSignedIn(now, { account });
    },
    async person(key, asker) {
      const page = pageOf(key);
      const person = await read(key, page ?? (asker === undefined ? undefined : pageOf(asker)));
      if (person === null) return null;
      const account = asSignedIn(person.account, page);
      return account === person.account ? person : { ...person, account };
    },
    present: (keys) => Promise.all(keys.map(inCall)),
  };
}

/** What the token says of the account outweighs what a list of people says. */
const asSignedIn = (listed: Account, page: Pick<Peer, 'account'> | undefined): Account =>
  page === undefined || page.account.kind === listed.kind ? listed : { ...listed, kind: page.account.kind };
