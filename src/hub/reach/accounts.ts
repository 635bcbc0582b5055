import type { PersonKey } from '../../domain/call/state.ts';
import type { Account } from '../../domain/reach/model.ts';
import { type Directory, type DirectoryPerson, plainAccount } from '../directory/directory.ts';
import type { Peer } from '../people/peer.ts';
import { tidOf } from './audit.ts';

/** Who asks: somebody who is signed in. */
export type Somebody = Pick<Peer, 'person' | 'account'>;

/** People as the rules see them at this moment: their groups and settings may have changed since they came. */
export interface Accounts {
  of(somebody: Somebody): Promise<Account>;
  person(key: PersonKey): Promise<DirectoryPerson | null>;
  /** Of people who are in a call. Whom nobody knows any more counts as hidden: nobody may be with them. */
  present(keys: readonly PersonKey[]): Promise<readonly Account[]>;
}

/** @param signedIn the account of somebody who is connected now */
export function createAccounts(
  directory: Pick<Directory, 'person'>,
  signedIn: (person: PersonKey) => Account | undefined,
): Accounts {
  const known = async (key: PersonKey): Promise<Account> => {
    const account = (await directory.person(key))?.account ?? signedIn(key);
    return account ?? { ...plainAccount({ key, tid: tidOf(key), kind: 'internal', mail: '' }), hidden: true };
  };
  return {
    async of({ person, account }) {
      const now = (await directory.person(person))?.account;
      if (now === undefined) return account;
      // What the token says of the account outweighs what a list of people says.
      return now.kind === account.kind ? now : { ...now, kind: account.kind };
    },
    person: (key) => directory.person(key),
    present: (keys) => Promise.all(keys.map(known)),
  };
}
