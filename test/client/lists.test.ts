import { describe, expect, it, vi } from 'vitest';
import type { HubConnection } from '../../src/client/connection/hub-connection.ts';
import { createLists } from '../../src/client/lists.ts';
import { accept, type Result } from '../../src/domain/call/refusal.ts';

/** A hub that answers when it is told to. */
function setUp() {
  const asked: string[] = [];
  const answers: ((answer: Result<unknown> | null) => void)[] = [];
  let change: (news: { readonly list: 'contacts' | 'meetings' }) => void = () => expect.fail();
  const hub = {
    invoke: vi.fn((method: string) => {
      asked.push(method);
      return new Promise((answer) => answers.push(answer));
    }),
    on: (message: string, listener: typeof change) => {
      if (message === 'listsChanged') change = listener;
    },
  } as unknown as HubConnection;
  const lists = createLists(hub);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  const answer = async (with_: Result<unknown> | null): Promise<void> => {
    answers.shift()?.(with_);
    await settle();
  };
  return { lists, asked, answer, changed: (list: 'contacts' | 'meetings') => change({ list }) };
}

describe('the lists', () => {
  it('are asked for once at a time, and once more for everything that changed meanwhile', async () => {
    const { lists, asked, answer, changed } = setUp();
    for (let knock = 0; knock < 20; knock += 1) changed('meetings');
    expect(asked).toEqual(['meetings']);
    await answer(accept([]));
    expect(asked).toEqual(['meetings', 'meetings']);
    await answer(accept(['the newest']));
    expect(asked).toHaveLength(2);
    expect(lists.meetings.value).toEqual({ state: 'ready', value: ['the newest'] });
    changed('meetings');
    expect(asked).toHaveLength(3);
  });

  it('are asked for beside each other, and again after an answer that never came', async () => {
    const { lists, asked, answer, changed } = setUp();
    changed('contacts');
    changed('meetings');
    expect(asked).toEqual(['contacts', 'meetings']);
    await answer(null);
    expect(lists.contacts.value).toEqual({ state: 'loading' });
    changed('contacts');
    expect(asked).toEqual(['contacts', 'meetings', 'contacts']);
  });
});
