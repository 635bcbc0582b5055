import type { Device, PersonKey } from '../../domain/call/state.ts';
import type { HubMessageName, HubMessages } from '../../protocol/types.ts';
import type { Peer } from './peer.ts';

/**
 * The pages that are connected now. Of several pages of one device (a ghost whose socket nobody closed, or a copied tab)
 * only the newest stands for the device.
 */
export interface Online {
  /** @returns the page that stood for the same device before */
  add(peer: Peer): Peer | undefined;
  remove(peer: Peer): void;
  of(person: PersonKey): readonly Peer[];
  onDevice(person: PersonKey, device: Device): Peer | undefined;
  isOnline(person: PersonKey): boolean;
  people(): readonly PersonKey[];
  /** Tells all pages of the people, each once. */
  tell<M extends HubMessageName>(people: Iterable<PersonKey>, name: M, message: HubMessages[M]): void;
}

interface PagesOfOne {
  readonly all: Set<Peer>;
  readonly byDevice: Map<string, Peer>;
}

export function createOnline(): Online {
  const people = new Map<PersonKey, PagesOfOne>();
  const of = (person: PersonKey): readonly Peer[] => [...(people.get(person)?.all ?? [])];

  return {
    add(peer) {
      const pages = people.get(peer.person) ?? { all: new Set(), byDevice: new Map() };
      people.set(peer.person, pages);
      pages.all.add(peer);
      const before = pages.byDevice.get(peer.device.id);
      pages.byDevice.set(peer.device.id, peer);
      return before === peer ? undefined : before;
    },
    remove(peer) {
      const pages = people.get(peer.person);
      if (pages === undefined) return;
      pages.all.delete(peer);
      if (pages.all.size === 0) people.delete(peer.person);
      if (pages.byDevice.get(peer.device.id) === peer) pages.byDevice.delete(peer.device.id);
    },
    of,
    onDevice: (person, device) => people.get(person)?.byDevice.get(device.id),
    isOnline: (person) => people.has(person),
    people: () => [...people.keys()],
    tell(persons, name, message) {
      for (const person of new Set(persons)) for (const peer of of(person)) peer.send(name, message);
    },
  };
}
