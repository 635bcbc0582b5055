import type { PersonKey } from '../../domain/call/state.ts';
import type { Presence } from '../../protocol/types.ts';
import type { Peer } from './peer.ts';

/** Who is available, in a call or away, told to the pages that show the person. */
export interface PresenceBoard {
  of(person: PersonKey): Presence;
  /** The page shows these people now, besides those it showed before. */
  watch(peer: Peer, people: Iterable<PersonKey>): void;
  unwatch(peer: Peer): void;
  /** Something about these people may have changed. */
  changed(people: Iterable<PersonKey>): void;
}

export interface PresenceOptions {
  readonly isOnline: (person: PersonKey) => boolean;
  readonly isInCall: (person: PersonKey) => boolean;
}

/** A page shows a few dozen people; one that searches all day forgets the oldest. */
const WATCHED_PER_PAGE = 300;

export function createPresenceBoard({ isOnline, isInCall }: PresenceOptions): PresenceBoard {
  const watchers = new Map<PersonKey, Set<Peer>>();
  const watched = new Map<Peer, Set<PersonKey>>();
  const told = new Map<PersonKey, Presence>();

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

  return {
    of,
    watch(peer, people) {
      const own = watched.get(peer) ?? new Set<PersonKey>();
      watched.set(peer, own);
      for (const person of people) {
        own.delete(person);
        own.add(person);
        watchers.set(person, (watchers.get(person) ?? new Set<Peer>()).add(peer));
        if (!told.has(person)) told.set(person, of(person));
      }
      for (const oldest of own) {
        if (own.size <= WATCHED_PER_PAGE) break;
        drop(peer, oldest);
      }
    },
    unwatch(peer) {
      for (const person of [...(watched.get(peer) ?? [])]) drop(peer, person);
      watched.delete(peer);
    },
    changed(people) {
      for (const person of new Set(people)) {
        const presence = of(person);
        if (told.get(person) === presence || !watchers.has(person)) continue;
        told.set(person, presence);
        for (const peer of watchers.get(person) ?? []) peer.send('presence', { person, presence });
      }
    },
  };
}
