import { type ListedPerson, rememberedIn } from '../directory/person.ts';
import { type PeopleStore, StoreError, type ValueStore } from './store.ts';

/** People in a map; copied in and out, as a database would. */
export function createMemoryPeople(values: Pick<ValueStore, 'delete'>): PeopleStore {
  const tenants = new Map<string, readonly ListedPerson[]>();
  return {
    list: async (tid) => structuredClone(tenants.get(tid) ?? []),
    async replace(tid, people) {
      const sorted = structuredClone(people).toSorted((a, b) => (a.key < b.key ? -1 : 1));
      if (new Set(sorted.map(({ key }) => key)).size < sorted.length)
        throw new StoreError('somebody stands there twice');
      for (const { key } of tenants.get(tid) ?? []) await values.delete(rememberedIn(tid), key);
      tenants.set(tid, sorted);
    },
  };
}
