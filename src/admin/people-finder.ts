import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { AdminClient, FoundPerson } from '../client/admin-api/admin-client.ts';

/** People whom what was typed may mean. */
export interface PeopleFinder {
  readonly found: ReadonlySignal<readonly FoundPerson[]>;
  look(text: string): void;
  clear(): void;
  dispose(): void;
}

/** Quick typists write a letter in less; the hub is asked when they stop. */
const PAUSE_MS = 180;

export function createPeopleFinder(client: Pick<AdminClient, 'people'>): PeopleFinder {
  const found = signal<readonly FoundPerson[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  const stop = (): void => {
    clearTimeout(timer);
    latest += 1;
  };
  const ask = async (text: string): Promise<void> => {
    const own = latest;
    const result = await client.people(text);
    if (own === latest && result.ok) found.value = result.value;
  };
  return {
    found,
    look(text) {
      stop();
      if (text.trim() === '') found.value = [];
      else timer = setTimeout(() => void ask(text.trim()), PAUSE_MS);
    },
    clear() {
      stop();
      found.value = [];
    },
    dispose: stop,
  };
}
