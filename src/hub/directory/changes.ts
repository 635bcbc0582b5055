import type { PersonKey } from '../../domain/call/state.ts';
import type { PeopleListener } from './directory.ts';

export interface Listeners {
  /** @returns ends it */
  add(listener: PeopleListener): () => void;
  /** Says nothing of nobody. */
  tell(people: readonly PersonKey[]): void;
}

/** Those who want to know when the rules see somebody differently. */
export function createListeners(): Listeners {
  const listeners = new Set<PeopleListener>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(people) {
      if (people.length > 0) for (const listener of listeners) listener(people);
    },
  };
}
