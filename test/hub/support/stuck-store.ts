import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { type Store, StoreError } from '../../../src/hub/store/store.ts';

/** A store that can refuse to write that somebody leaves: then people stay together whom the rules already forbid it. */
export function createStuckStore(): { readonly store: Store; stuck: boolean } {
  const memory = createMemoryStore();
  const self = {
    stuck: false,
    store: {
      ...memory,
      append(request: Parameters<Store['append']>[0]) {
        const parts = request.events.some(({ event }) => event.type === 'left');
        return self.stuck && parts ? Promise.reject(new StoreError('stuck')) : memory.append(request);
      },
    },
  };
  return self;
}
