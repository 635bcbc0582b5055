import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPeopleSearch } from '../../src/client/people-search.ts';
import { accept, refuse } from '../../src/domain/call/refusal.ts';
import { contact } from '../support/headset-views.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('search as one types', () => {
  it('asks once after a pause, and never for one letter', async () => {
    const client = { search: vi.fn(async () => accept([])) };
    const search = createPeopleSearch(client);
    search.set('d');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(search.view.value).toEqual({ query: 'd', found: null });
    for (const query of ['da', 'dan', 'dana ']) {
      search.set(query);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(search.view.value).toEqual({ query: 'dana ', found: { state: 'loading' } });
    await vi.advanceTimersByTimeAsync(300);
    expect(client.search.mock.calls).toEqual([['dana']]);
    expect(search.view.value).toEqual({ query: 'dana ', found: { state: 'ready', value: [] } });
  });

  it('shows the newest answer, however late an older one comes', async () => {
    const answers = new Map<string, () => void>();
    const search = createPeopleSearch({
      search: (query) => new Promise((resolve) => answers.set(query, () => resolve(accept([contact(query)])))),
    });
    for (const query of ['da', 'mei']) {
      search.set(query);
      await vi.advanceTimersByTimeAsync(300);
    }
    for (const query of ['mei', 'da']) {
      answers.get(query)?.();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(search.view.value.found).toEqual({ state: 'ready', value: [contact('mei')] });
  });

  it('waits longer within an address: half of one finds nobody, and may be of a company that is not accepted', async () => {
    const client = { search: vi.fn(async () => accept([])) };
    const search = createPeopleSearch(client);
    search.set('expert3@abc.co');
    await vi.advanceTimersByTimeAsync(400);
    search.set('expert3@abc.com');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.search.mock.calls).toEqual([['expert3@abc.com']]);
  });

  it('has one and the same answer for nobody, however the hub says it', async () => {
    const answers = [accept([]), refuse('not-found')];
    for (const answer of answers) {
      const search = createPeopleSearch({ search: async () => answer });
      search.set('someone@abc.com');
      await vi.advanceTimersByTimeAsync(1_000);
      expect(search.view.value.found).toEqual({ state: 'ready', value: [] });
    }
  });

  it('keeps the whole refusal, so that its reference can be quoted', async () => {
    const refusal = { code: 'external-off', reference: '7KQ2M4XP' } as const;
    const search = createPeopleSearch({ search: async () => ({ ok: false, refusal }) });
    search.set('someone@fabrikam.com');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(search.view.value.found).toEqual({ state: 'failed', refusal });
  });

  it('says nothing any more once it is over', async () => {
    const client = { search: vi.fn(async () => accept([])) };
    const search = createPeopleSearch(client);
    search.set('dana');
    search.dispose();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.search).not.toHaveBeenCalled();
  });
});
