import type { PersonKey } from '../../domain/call/state.ts';
import type { Account } from '../../domain/reach/model.ts';
import type { Presence } from '../../protocol/types.ts';
import type { Peer } from './peer.ts';

/** Who is available, in a call or away, told to the pages that show the person and may. */
export interface PresenceBoard {
  of(person: PersonKey): Presence;
  /** The page shows these people now, besides those it showed before. */
  watch(peer: Peer, people: Iterable<Account>): void;
  unwatch(peer: Peer): void;
  /** Something about these people may have changed. */
  changed(people: Iterable<PersonKey>): void;
  /** Everybody who is shown to somebody, and those to whom. */
  concerned(): readonly PersonKey[];
  /** The rules may have changed, or these people: pages that show somebody they may not are told no more of them. */
  recheck(accounts: Iterable<Account>): void;
}

export interface PresenceOptions {
  readonly isOnline: (person: PersonKey) => boolean;
  readonly isInCall: (person: PersonKey) => boolean;
  /** Asked each time before somebody is told, so that a change of the rules counts at once. */
  readonly mayTell: (watcher: Account, person: Account) => boolean;
}

/** A page shows a few dozen people; one that searches all day forgets the oldest. */
const WATCHED_PER_PAGE = 300;

export function createPresenceBoard({ isOnline, isInCall, mayTell }: PresenceOptions): PresenceBoard {
  const watchers = new Map<PersonKey, Set<Peer>>();
  const watched = new Map<Peer, Map<PersonKey, Account>>();
  const told = new Map<PersonKey, Presence>();
  /** Those who show somebody, as they are since they were looked at again. */
  const selves = new Map<Peer, Account>();

  const of = (person: PersonKey): Presence => {
    if (isInCall(person)) return 'inCall';
    return isOnline(person) ? 'available' : 'offline';
  };
  const drop = (peer: Peer, person: PersonKey): void => {
    watched.get(peer)?.delete(person);
    const peers = watchers.get(person);
    peers?.delete(peer);
    if (peers?.size !== 0) return;
    watchers.delete(person);
    told.delete(person);
  };
  const tell = (peer: Peer, person: PersonKey, presence: Presence): void => {
    const account = watched.get(peer)?.get(person);
    if (account === undefined) return;
    if (mayTell(selves.get(peer) ?? peer.account, account)) peer.send('presence', { person, presence });
  };

  return {
    of,
    watch(peer, people) {
      const own = watched.get(peer) ?? new Map<PersonKey, Account>();
      watched.set(peer, own);
      for (const account of people) {
        const { key } = account;
        own.delete(key);
        own.set(key, account);
        watchers.set(key, (watchers.get(key) ?? new Set<Peer>()).add(peer));
        if (!told.has(key)) told.set(key, of(key));
      }
      for (const oldest of own.keys()) {
        if (own.size <= WATCHED_PER_PAGE) break;
        drop(peer, oldest);
      }
    },
    unwatch(peer) {
      for (const person of [...(watched.get(peer)?.keys() ?? [])]) drop(peer, person);
      watched.delete(peer);
      selves.delete(peer);
    },
    changed(people) {
      for (const person of new Set(people)) {
        const presence = of(person);
        if (told.get(person) === presence || !watchers.has(person)) continue;
        told.set(person, presence);
        for (const peer of watchers.get(person) ?? []) tell(peer, person, presence);
      }
    },
    concerned: () => [...new Set([...watchers.keys(), ...[...watched.keys()].map((peer) => peer.person)])],
    recheck(accounts) {
      const now = new Map([...accounts].map((account) => [account.key, account]));
      for (const [peer, people] of watched) {
        const watcher = now.get(peer.person) ?? peer.account;
        selves.set(peer, watcher);
        for (const [person, before] of [...people]) {
          const account = now.get(person) ?? before;
          if (mayTell(watcher, account)) people.set(person, account);
          else drop(peer, person);
        }
      }
    },
  };
}
