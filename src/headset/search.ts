import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { SightlineClient } from '../client/types.ts';
import type { Refusal } from '../domain/call/refusal.ts';
import { SHORTEST_QUERY } from '../ui/panels/search.ts';
import type { SearchView } from '../ui/panels/view.ts';

/** People look for the next letter for so long; asking at each one would only fill the line. */
const PAUSE_MS = 250;

export interface PeopleSearch {
  readonly view: ReadonlySignal<SearchView>;
  set(query: string): void;
  clear(): void;
}

/** Asks the hub once the typing pauses; an answer to an older question is thrown away. */
export function createPeopleSearch(client: Pick<SightlineClient, 'search'>): PeopleSearch {
  const view = signal<SearchView>({ query: '', found: null });
  let timer: ReturnType<typeof setTimeout> | null = null;

  async function ask(query: string): Promise<void> {
    const result = await client.search(query.trim());
    if (view.value.query !== query) return;
    view.value = {
      query,
      found: result.ok ? { state: 'ready', value: result.value } : failedOrEmpty(result.refusal),
    };
  }

  function set(query: string): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const isLongEnough = query.trim().length >= SHORTEST_QUERY;
    view.value = { query, found: isLongEnough ? { state: 'loading' } : null };
    if (isLongEnough) timer = setTimeout(() => void ask(query), PAUSE_MS);
  }

  return { view, set, clear: () => set('') };
}

/** "Nobody found" is an answer like any other, and has its own words in the list. */
function failedOrEmpty(refusal: Refusal) {
  return refusal.code === 'not-found'
    ? ({ state: 'ready', value: [] } as const)
    : ({ state: 'failed', refusal } as const);
}
