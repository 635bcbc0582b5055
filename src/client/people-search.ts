import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Contact, Loadable, SightlineClient } from './types.ts';

export interface SearchView {
  readonly query: string;
  /** Null while there is nothing to search for. Nobody found is an empty list, whoever may be there. */
  readonly found: Loadable<readonly Contact[]> | null;
}

/** Search as one types: the newest question's answer counts, however late the others come. */
export interface PeopleSearch {
  readonly view: ReadonlySignal<SearchView>;
  set(query: string): void;
  clear(): void;
  dispose(): void;
}

/** The hub answers from two letters on. */
export const SHORTEST_QUERY = 2;
/** A pause between letters: longer feels slow, shorter asks for every letter. */
const PAUSE_MS = 250;
/** An address counts when it is whole, and every unfinished one may be a refusal: people pause in it for this long. */
const ADDRESS_PAUSE_MS = 700;

export function createPeopleSearch(client: Pick<SightlineClient, 'search'>): PeopleSearch {
  const view = signal<SearchView>({ query: '', found: null });
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asked = 0;

  async function ask(query: string, wanted: string): Promise<void> {
    const mine = asked;
    const result = await client.search(wanted);
    if (mine === asked) view.value = { query, found: foundOf(result) };
  }

  function set(query: string): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    asked += 1;
    const wanted = query.trim();
    const isLongEnough = Array.from(wanted).length >= SHORTEST_QUERY;
    view.value = { query, found: isLongEnough ? { state: 'loading' } : null };
    if (!isLongEnough) return;
    timer = setTimeout(() => void ask(query, wanted), wanted.includes('@') ? ADDRESS_PAUSE_MS : PAUSE_MS);
  }

  return {
    view,
    set,
    clear: () => set(''),
    dispose: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      asked += 1;
    },
  };
}

function foundOf(result: Awaited<ReturnType<SightlineClient['search']>>): Loadable<readonly Contact[]> {
  if (result.ok) return { state: 'ready', value: result.value };
  return result.refusal.code === 'not-found'
    ? { state: 'ready', value: [] }
    : { state: 'failed', refusal: result.refusal };
}
