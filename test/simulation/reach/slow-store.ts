import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import type { Random } from '../random.ts';

export interface SlowStore {
  readonly store: Store;
  /** Whether somebody waits for it. */
  isBusy(): boolean;
}

const MOST_TURNS = 4;

/** A store that takes its time, now more and now less: everything else goes on meanwhile. */
export function createSlowStore(random: Random): SlowStore {
  const memory = createMemoryStore();
  let waiting = 0;
  const slow =
    <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      waiting += 1;
      try {
        for (let turns = Math.floor(random.between(0, MOST_TURNS)); turns > 0; turns -= 1) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        return await work(...args);
      } finally {
        waiting -= 1;
      }
    };
  return {
    isBusy: () => waiting > 0,
    store: {
      ...memory,
      append: slow(memory.append),
      eventsAfter: slow(memory.eventsAfter),
      outcomeOf: slow(memory.outcomeOf),
      recordContacts: slow(memory.recordContacts),
      recentContacts: slow(memory.recentContacts),
      policies: { ...memory.policies, add: slow(memory.policies.add) },
      reachAudit: { ...memory.reachAudit, write: slow(memory.reachAudit.write) },
    },
  };
}
