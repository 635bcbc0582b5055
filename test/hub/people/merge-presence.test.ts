import { describe, expect, test } from 'vitest';
import { mergePresence } from '../../../src/hub/people/merge-presence.ts';
import { accepted, createBench, DANA, EVA, FINN } from '../support/hub-bench.ts';

describe('presence', () => {
  test.each([
    ['available', undefined, 'available'],
    ['available', 'available', 'available'],
    ['available', 'inCall', 'inCall'],
    ['available', 'away', 'away'],
    ['offline', 'available', 'offline'],
    ['offline', 'inCall', 'offline'],
    ['inCall', 'available', 'inCall'],
  ] as const)('of somebody who is %s here and %s elsewhere is %s', (here, elsewhere, shown) => {
    expect(mergePresence(here, elsewhere)).toBe(shown);
  });

  test('in a search is asked elsewhere for those alone who could be rung', async () => {
    const asked: string[][] = [];
    const bench = await createBench(undefined, {
      presences: async (_asker, people) => {
        asked.push([...people]);
        return new Map([[EVA, 'inCall']]);
      },
    });
    const dana = await bench.arrive(DANA);
    await bench.arrive(EVA);
    const found = accepted(await bench.hub.lists.search(dana, 'abc.com@'));
    expect(found).toEqual([]);
    expect(asked).toEqual([]);
    const [eva] = accepted(await bench.hub.lists.search(dana, 'eva'));
    const [finn] = accepted(await bench.hub.lists.search(dana, 'finn'));
    expect([eva?.key, eva?.presence]).toEqual([EVA, 'inCall']);
    expect([finn?.key, finn?.presence]).toEqual([FINN, 'offline']);
    expect(asked).toEqual([[EVA]]);
  });
});
