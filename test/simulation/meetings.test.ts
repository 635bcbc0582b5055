import { expect, test } from 'vitest';
import { createMemoryStore } from '../../src/hub/store/memory-store.ts';
import { openEmbeddedStore } from '../../src/hub/store/open.ts';
import { placeEmptyDatabase } from '../hub/support/database-template.ts';
import { folderOfThisTest } from '../hub/support/temporary-folder.ts';
import { stormMeetings } from './meetings/storm.ts';
import { walkMeetings } from './meetings/walk.ts';

const ENOUGH_RUNS = 100;
/** `MEETING_RUNS=5000 MEETING_SEED=7 npx vitest run test/simulation/meetings.test.ts` walks for longer, elsewhere. */
const RUNS = Number(process.env.MEETING_RUNS ?? ENOUGH_RUNS);
const SEED = Number(process.env.MEETING_SEED ?? 20_261);
const STEPS = 60;
/** Real time, on a busy machine. */
const TIMEOUT_MS = 120_000 + RUNS * 500;

/** What has to come up, so that a walk that saw nothing is not taken for a proof. */
const WORTH_SEEING = [
  ...['meeting: waits', 'meeting: admitted', 'meeting: anonymous comes in', 'meeting: federated comes in'],
  ...['meeting: left', 'meeting: lost', 'call: waits', 'call: admitted', 'call: left', 'call: lost'],
  ...['comes in because of what others did', 'comes back into the call in time', 'waiter comes back in time'],
  ...['second page takes the place over', 'second page takes the call over', 'place in the lobby lapses'],
  ...[
    'denied',

    'two decide at once',
    'edited',
    'cancelled',
    'link revoked',
    'one more link',
    'another call',
  ],
  ...['turned away by a change', 'turned away by time', 'has waited too long', 'refused before the door'],
  ...['restart', 'signal passed', 'another meeting'],
];

test(
  'whatever five people, their customers, the clock and a failing hub do, every page agrees with the rules [SPEC 10, 11]',
  async () => {
    const seen = await walkMeetings({
      ...{ runs: RUNS, steps: STEPS, seed: SEED },
      newStore: () => {
        const store = createMemoryStore();
        return async () => store;
      },
    });
    if (process.env.MEETING_RUNS !== undefined) console.log(Object.fromEntries([...seen].toSorted()));
    if (RUNS >= ENOUGH_RUNS) expect(WORTH_SEEING.filter((what) => !seen.has(what))).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'and the same with the embedded database, closed and opened at each restart of the hub [SPEC 10.8]',
  async () => {
    const seen = await walkMeetings({
      ...{ runs: 3, steps: STEPS, seed: 20_262 },
      newStore: () => {
        const dataFolder = folderOfThisTest();
        const ready = placeEmptyDatabase(dataFolder);
        return () => ready.then(() => openEmbeddedStore({ dataFolder }));
      },
    });
    for (const what of ['restart', 'meeting: waits', 'call: admitted']) expect(seen.get(what)).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

test.each(Array.from({ length: 8 }, (_, at) => at + 1))(
  'much at the same moment, at a hub whose store takes its time: door, call and pages say the same (seed %s)',
  async (seed) => {
    const seen = await stormMeetings(seed, STEPS);
    for (const many of Object.values(seen)) expect(many).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
