import type { StoredValue, ValueStore } from './store.ts';

/** Values in a map; copied in and out, as a database would. */
export function createMemoryValues(): ValueStore {
  const collections = new Map<string, Map<string, StoredValue>>();
  const alive = (stored: StoredValue, nowMs: number): boolean =>
    stored.expiresAtMs === null || stored.expiresAtMs > nowMs;

  return {
    get: async (collection, id, nowMs) => {
      const stored = collections.get(collection)?.get(id);
      return stored !== undefined && alive(stored, nowMs) ? structuredClone(stored.value) : undefined;
    },
    set: async (collection, id, stored) => {
      const values = collections.get(collection) ?? new Map<string, StoredValue>();
      collections.set(collection, values);
      values.set(id, structuredClone(stored));
    },
    delete: async (collection, id) => {
      collections.get(collection)?.delete(id);
    },
    list: async (collection, nowMs) =>
      [...(collections.get(collection) ?? [])]
        .filter(([, stored]) => alive(stored, nowMs))
        .map(([id, stored]) => ({ id, value: structuredClone(stored.value) }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    deleteGroup: async (group) => {
      for (const values of collections.values()) {
        for (const [id, stored] of values) if (stored.group === group) values.delete(id);
      }
    },
  };
}
