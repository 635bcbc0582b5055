import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { type Store, StoreError } from '../../../src/hub/store/store.ts';

/** A store whose doors can be out of order: what happens at them is lost, or stored only when it is let go. */
export function createLobbyStore() {
  const memory = createMemoryStore();
  let state: 'works' | 'fails' | 'held' | 'says nothing' = 'works';
  let waiting: (() => void)[] = [];
  const pass = (): Promise<void> => {
    if (state === 'fails') return Promise.reject(new StoreError('doors out of order'));
    return state === 'held' ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
  };
  const store: Store = {
    ...memory,
    meetings: {
      ...memory.meetings,
      async keepLobby(lobby) {
        await pass();
        const kept = await memory.meetings.keepLobby(lobby);
        if (state === 'says nothing') throw new StoreError('the answer was lost');
        return kept;
      },
    },
  };
  return {
    store,
    fail: (): void => {
      state = 'fails';
    },
    /** Stores, and fails all the same. */
    sayNothing: (): void => {
      state = 'says nothing';
    },
    hold: (): void => {
      state = 'held';
    },
    work(): void {
      state = 'works';
      for (const go of waiting) go();
      waiting = [];
    },
  };
}
