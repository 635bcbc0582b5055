import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Contact, Loadable, SightlineClient } from '../../client/types.ts';

/** Search as one types: the newest question's answer counts, however late the others come. */
export interface PeopleSearch {
  readonly query: ReadonlySignal<string>;
  /** Null while there is nothing to search for. */
  readonly found: ReadonlySignal<Loadable<readonly Contact[]> | null>;
  type(query: string): void;
  dispose(): void;
}

/** A pause between letters: longer feels slow, shorter asks for every letter. */
const PAUSE_MS = 250;
const MIN_LETTERS = 2;

export function createPeopleSearch(client: Pick<SightlineClient, 'search'>): PeopleSearch {
  const query = signal('');
  const found = signal<Loadable<readonly Contact[]> | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asked = 0;

  async function ask(text: string): Promise<void> {
    asked += 1;
    const mine = asked;
    const result = await client.search(text);
    if (mine !== asked) return;
    found.value = result.ok ? { state: 'ready', value: result.value } : { state: 'failed', refusal: result.refusal };
  }

  function cancel(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    asked += 1;
  }

  return {
    query,
    found,
    type(text) {
      cancel();
      query.value = text;
      const wanted = text.trim();
      if (Array.from(wanted).length < MIN_LETTERS) {
        found.value = null;
        return;
      }
      found.value = { state: 'loading' };
      timer = setTimeout(() => void ask(wanted), PAUSE_MS);
    },
    dispose: cancel,
  };
}
