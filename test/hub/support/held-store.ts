import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';

type Held = 'append' | 'outcomeOf' | 'eventsAfter';

/** A store that answers some questions only when it is let go: what changes meanwhile must not be overlooked. */
export function createHeldStore() {
  const memory = createMemoryStore();
  const holding = new Set<Held>();
  let waiting: (() => void)[] = [];
  const pass = (what: Held): Promise<void> =>
    holding.has(what) ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
  const store: Store = {
    ...memory,
    append: (request) => pass('append').then(() => memory.append(request)),
    outcomeOf: (key) => pass('outcomeOf').then(() => memory.outcomeOf(key)),
    eventsAfter: (callId, seq) => pass('eventsAfter').then(() => memory.eventsAfter(callId, seq)),
  };
  return {
    store,
    hold: (what: Held): void => void holding.add(what),
    letGo(): void {
      holding.clear();
      for (const go of waiting) go();
      waiting = [];
    },
    isHeld: (): boolean => waiting.length > 0,
  };
}
