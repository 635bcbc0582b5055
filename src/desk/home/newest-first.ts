import type { Contact, Loadable } from '../../client/types.ts';

/** Who was spoken with last comes first; the others keep the hub's order. */
export function newestFirst(contacts: Loadable<readonly Contact[]>): Loadable<readonly Contact[]> {
  if (contacts.state !== 'ready') return contacts;
  return { state: 'ready', value: [...contacts.value].sort((a, b) => (b.last?.atMs ?? 0) - (a.last?.atMs ?? 0)) };
}
