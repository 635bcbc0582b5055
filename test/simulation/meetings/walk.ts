import fc from 'fast-check';
import type { Store } from '../../../src/hub/store/store.ts';
import { FIRST_RULES } from './cast.ts';
import { createModel } from './model.ts';
import { courses } from './steps.ts';
import { makePlace } from './steps-of-the-house.ts';
import { type At, connect } from './steps-of-visitors.ts';
import { createMeetingWorld, type MeetingWorld } from './world.ts';

export interface Walks {
  readonly runs: number;
  /** Of one run, at most. */
  readonly steps: number;
  readonly seed: number;
  /** Of a failure that was found before: where in the seed's runs. */
  readonly path?: string;
  /** For each run a store of its own, which is opened anew at each restart of the hub. */
  readonly newStore: () => () => Promise<Store>;
}

/** @returns how often each thing was seen. Rejects with the shrunk course at which the hub and the model disagree. */
export async function walkMeetings({ runs, steps, seed, path, newStore }: Walks): Promise<ReadonlyMap<string, number>> {
  const seen = new Map<string, number>();
  const property = fc.asyncProperty(courses(steps), async (course) => {
    const world = await begin(newStore());
    const model = createModel(world.clock.nowMs());
    try {
      for (const at of FIRST_PAGES) await connect({ model, world }, at);
      await fc.asyncModelRun(() => ({ model, real: world }), course);
    } finally {
      await world.close();
    }
    for (const [what, times] of model.seen) seen.set(what, (seen.get(what) ?? 0) + times);
  });
  await fc.assert(property, { numRuns: runs, seed, ...(path === undefined ? {} : { path }) });
  return seen;
}

/** Those who decide have their desks before them. */
const FIRST_PAGES: readonly At[] = [
  { who: 'dana', door: 'meeting', tab: 0 },
  { who: 'dana', door: 'call', tab: 0 },
  { who: 'eva', door: 'meeting', tab: 0 },
];

/** A company with a meeting that starts now, and a one-time call. */
async function begin(open: () => Promise<Store>): Promise<MeetingWorld> {
  const world = await createMeetingWorld(open);
  await world.apply(FIRST_RULES);
  for (const name of ['meeting', 'call'] as const) world.setPlace(name, { meetingId: '', token: '' });
  const desk = await world.open('dana', 'meeting', 0);
  if (typeof desk === 'string') throw new Error(desk);
  // The desk is at the meeting: its page goes when the meeting has its place.
  for (const name of ['call', 'meeting'] as const) await makePlace(world, desk, name);
  return world;
}
