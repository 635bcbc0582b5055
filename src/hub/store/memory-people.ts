import type { ListedPerson } from '../directory/person.ts';
import { type PeopleStore, StoreError } from './store.ts';

/** People in a map; copied in and out, as a database would. */
export function createMemoryPeople(): PeopleStore {
  const tenants = new Map<string, readonly ListedPerson[]>();
  return {
    list: async (tid) => structuredClone(tenants.get(tid) ?? []),
    async replace(tid, people) {
      const sorted = structuredClone(people).toSorted((a, b) => (a.key < b.key ? -1 : 1));
      if (new Set(sorted.map(({ key }) => key)).size < sorted.length)
        throw new StoreError('somebody stands there twice');
      tenants.set(tid, sorted);
    },
  };
}
