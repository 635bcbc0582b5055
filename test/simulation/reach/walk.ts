import { randomUUID } from 'node:crypto';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import type { Result } from '../../../src/domain/call/refusal.ts';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import { tidOf } from '../../../src/domain/call/tenant-of.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';
import { AUDIO } from '../../hub/support/hub-bench.ts';
import { createRandom, type Random } from '../random.ts';
import { everybody, keysOf, TENANTS } from './companies.ts';
import { callOf, createHubWorld, type HubWorld } from './hub-world.ts';
import { checkCalls, checkLists, requirePermitted } from './invariants.ts';

/** What a walk has seen, so that one that saw nothing is not taken for a proof. */
export interface Walked {
  readonly steps: number;
  /** Pairs of people together, counted after each step. */
  readonly pairsTogether: number;
  /** Times that a rule took somebody out of a call. */
  readonly removed: number;
  readonly accepted: number;
  readonly refused: number;
  readonly signals: number;
  /** Times that a page was told of somebody else's coming, presence or negotiation. */
  readonly heard: number;
}

interface Walk {
  readonly world: HubWorld;
  readonly random: Random;
  readonly seen: { -readonly [K in keyof Walked]: Walked[K] };
}

type Act = (walk: Walk, person: PersonKey) => Promise<void>;

/** Steps at once: what happens while a policy changes is where a rule could be missed. */
const AT_ONCE = 3;
const KEEP_RECORDS_OF_STEPS = 2_000;
const RESTARTS = 0.002;

/**
 * Random things happen at a hub while policies and people change, and after each step nobody is with anybody whom the tables
 * forbid. @throws Error with the seed and the step at the first violation
 */
export async function walkReach(seed: number, steps: number): Promise<Walked> {
  const random = createRandom(seed);
  const world = await createHubWorld(random);
  const seen = { steps: 0, pairsTogether: 0, removed: 0, accepted: 0, refused: 0, signals: 0, heard: 0 };
  const walk = { world, random, seen };
  for (const person of everybody) world.arrive(person);
  try {
    for (; seen.steps < steps; seen.steps += 1) await step(walk);
  } catch (error) {
    throw new Error(`seed ${seed}, step ${seen.steps}: ${(error as Error).message}`, { cause: error });
  } finally {
    world.close();
  }
  await countAndForget(walk);
  seen.heard = world.heard();
  return seen;
}

async function step(walk: Walk): Promise<void> {
  const { world, random, seen } = walk;
  if (random.chance(RESTARTS)) await world.restart();
  const together = random.chance(0.3) ? AT_ONCE : 1;
  await Promise.all(Array.from({ length: together }, () => pickAct(random)(walk, random.pick(everybody))));
  await world.settle();
  seen.pairsTogether += checkCalls(world);
  await checkLists(world, random.pick(everybody), random.pick(everybody));
  await signalAround(walk);
  if (seen.steps % KEEP_RECORDS_OF_STEPS === KEEP_RECORDS_OF_STEPS - 1) await countAndForget(walk);
}

/** Mostly of the same tenant, as calls are. */
const somebodyFor = (random: Random, person: PersonKey): PersonKey =>
  random.pick(random.chance(0.7) ? keysOf(tidOf(person)) : everybody);

const count = ({ seen }: Walk, result: Result<unknown>): void => {
  if (result.ok) seen.accepted += 1;
  else seen.refused += 1;
};

async function command(walk: Walk, person: PersonKey, callId: string | undefined, what: CallCommand): Promise<void> {
  const page = walk.world.pageOf(person);
  if (page === undefined || callId === undefined) return;
  count(walk, await walk.world.hub().calls.command(page, { commandId: randomUUID(), callId, command: what }));
}

const ring: Act = async (walk, person) => {
  const page = walk.world.pageOf(person);
  if (page === undefined) return;
  const request = { commandId: randomUUID(), to: somebodyFor(walk.random, person), media: AUDIO };
  count(walk, await walk.world.hub().calls.call(page, request));
};

const add: Act = async (walk, person) => {
  const page = walk.world.pageOf(person);
  const callId = callOf(walk.world.hub(), person, 'in');
  if (page === undefined || callId === undefined) return;
  const request = { commandId: randomUUID(), callId, to: somebodyFor(walk.random, person) };
  count(walk, await walk.world.hub().calls.add(page, request));
};

const join: Act = async (walk, person) => {
  const page = walk.world.pageOf(person);
  if (page === undefined) return;
  const request = { commandId: randomUUID(), meetingId: `meeting-${page.account.tid}`, media: AUDIO };
  count(walk, await walk.world.hub().calls.joinMeeting(page, request));
};

const answer: Act = async (walk) => {
  for (const { person } of walk.world.pages()) {
    const callId = callOf(walk.world.hub(), person, 'ringing');
    await command(walk, person, callId, { type: 'answer', media: AUDIO });
  }
};

const arrive: Act = async ({ world }, person) => world.arrive(person);
const depart: Act = async ({ world }, person) => world.depart(person);
const leave: Act = (walk, person) => command(walk, person, callOf(walk.world.hub(), person, 'in'), { type: 'leave' });
const show: Act = (walk, person) =>
  command(walk, person, callOf(walk.world.hub(), person, 'in'), {
    type: 'setMedia',
    media: { ...AUDIO, video: walk.random.chance(0.5) ? 'screen' : 'off' },
  });
const changePolicy: Act = ({ world, random }) => world.changePolicy(tidOf(random.pick(everybody)));
const changePerson: Act = ({ world }, person) => world.changePerson(person);
const passTime: Act = ({ world, random }) => world.clock.advance(random.between(0, 2 * LIMITS.ringMs));

/** How often each thing happens, of 100. */
const ACTS: readonly (readonly [number, Act])[] = [
  [26, ring],
  [20, answer],
  [12, add],
  [5, join],
  [10, arrive],
  [4, depart],
  [10, leave],
  [3, show],
  [5, changePolicy],
  [3, changePerson],
  [2, passTime],
];

function pickAct(random: Random): Act {
  let left = random.between(0, 100);
  for (const [weight, act] of ACTS) {
    left -= weight;
    if (left < 0) return act;
  }
  return arrive;
}

/** Everybody in a call tries to negotiate with everybody; what is passed on must be between people who may meet. */
async function signalAround({ world, random, seen }: Walk): Promise<void> {
  const calls = world.hub().log.open.all();
  const call = calls[Math.floor(random.between(0, calls.length))];
  if (call === undefined) return;
  const { callId } = call.record;
  for (const from of everybody) for (const to of call.order) await world.signal(from, { callId, to });
  for (const { from, to } of world.takeSignals()) {
    requirePermitted(world, from, to);
    seen.signals += 1;
  }
}

async function countAndForget({ world, seen }: Walk): Promise<void> {
  for (const { tid } of TENANTS) {
    const records = await world.store.reachAudit.newest(tid, null, Number.MAX_SAFE_INTEGER);
    seen.removed += records.filter(({ what }) => what.kind === 'removed').length;
    await world.store.reachAudit.prune(tid, Number.MAX_SAFE_INTEGER);
  }
}
