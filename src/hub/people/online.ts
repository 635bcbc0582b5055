import type { Device, PersonKey } from '../../domain/call/state.ts';
import type { HubMessageName, HubMessages } from '../../protocol/types.ts';
import type { Peer } from './peer.ts';

/** The pages that are connected now. */
export interface Online {
  /** @returns the page of the same device that was there before, now replaced */
  add(peer: Peer): Peer | undefined;
  /** @returns false when it was gone or replaced already */
  remove(peer: Peer): boolean;
  all(): readonly Peer[];
  of(person: PersonKey): readonly Peer[];
  onDevice(person: PersonKey, device: Device): Peer | undefined;
  isOnline(person: PersonKey): boolean;
  /** Tells all pages of the people, each once. */
  tell<M extends HubMessageName>(people: Iterable<PersonKey>, name: M, message: HubMessages[M]): void;
}

export function createOnline(): Online {
  /** Person -> device id -> page. */
  const people = new Map<PersonKey, Map<string, Peer>>();
  const of = (person: PersonKey): readonly Peer[] => [...(people.get(person)?.values() ?? [])];

  return {
    add(peer) {
      const devices = people.get(peer.person) ?? new Map<string, Peer>();
      people.set(peer.person, devices);
      const before = devices.get(peer.device.id);
      devices.set(peer.device.id, peer);
      return before === peer ? undefined : before;
    },
    remove(peer) {
      const devices = people.get(peer.person);
      if (devices?.get(peer.device.id) !== peer) return false;
      devices.delete(peer.device.id);
      if (devices.size === 0) people.delete(peer.person);
      return true;
    },
    all: () => [...people.values()].flatMap((devices) => [...devices.values()]),
    of,
    onDevice: (person, device) => people.get(person)?.get(device.id),
    isOnline: (person) => people.has(person),
    tell(persons, name, message) {
      for (const person of new Set(persons)) for (const peer of of(person)) peer.send(name, message);
    },
  };
}
