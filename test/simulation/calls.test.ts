import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSightlineClient } from '../../src/client/sightline-client.ts';
import type { CallSession, SightlineClient } from '../../src/client/types.ts';
import { applyAll } from '../../src/domain/call/apply.ts';
import type { CallCommand } from '../../src/domain/call/command.ts';
import { initialCall } from '../../src/domain/call/initial.ts';
import { documentedHoloLens2Profile } from '../../src/domain/registration/camera.ts';
import { LIMITS } from '../../src/protocol/limits.ts';
import { DANA, EVA, FINN, RUNNING_MEETING, VIDEO } from '../hub/support/hub-bench.ts';
import { FRAME, MARK, PLACEMENT } from '../support/call-fixtures.ts';
import { CALM, delay } from './faults.ts';
import { createRandom, type Random } from './random.ts';
import { createWorld, type World } from './world.ts';

/** Failing seeds stay here, by what they found. */
const PINNED: readonly { readonly seed: number; readonly found: string }[] = [];
const SEEDS = Array.from({ length: 12 }, (_, at) => ({ seed: at + 1, found: 'nothing yet' }));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
});
afterEach(() => vi.useRealTimers());

/** Time runs in steps of this; what falls due within one still runs in its order. */
const STEP_MS = 50;
/** Real time, on a busy machine. */
const TIMEOUT_MS = 120_000;

interface Actor {
  readonly client: SightlineClient;
  readonly session: CallSession;
  /** Ids of annotations and marks, by what the hub said of them. */
  readonly acknowledged: string[];
  readonly refused: string[];
}

async function join(world: World, person: string, kind: 'headset' | 'desk'): Promise<Actor> {
  const client = createSightlineClient({
    transport: world.transport(person),
    device: { id: randomUUID(), kind },
    watchWakes: () => () => {},
    accessToken: async () => ({ token: '', expiresAtMs: Number.MAX_SAFE_INTEGER }),
    newId: randomUUID,
  });
  client.start();
  while (client.status.value !== 'online') await vi.advanceTimersByTimeAsync(STEP_MS);
  const joined = await elapse(client.joinMeeting(RUNNING_MEETING, VIDEO));
  if (!joined.ok) throw new Error(joined.refusal.code);
  if (joined.value === null) throw new Error('left in the lobby');
  return { client, session: joined.value, acknowledged: [], refused: [] };
}

/** Lets the test's time run until the promise settles. */
async function elapse<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = promise.finally(() => {
    settled = true;
  });
  while (!settled) await vi.advanceTimersByTimeAsync(STEP_MS);
  return done;
}

/** Does random things for a while; each is sent only when the one before has been answered, as a person would. */
async function act(actor: Actor, random: Random, isHeadset: boolean, times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    await delay(random.between(0, 400));
    const id = randomUUID();
    const { command, makes } = randomCommand(random, id, isHeadset);
    const result = await actor.session.send(command);
    if (makes) (result.ok ? actor.acknowledged : actor.refused).push(id);
  }
}

function randomCommand(random: Random, id: string, isHeadset: boolean): { command: CallCommand; makes: boolean } {
  const mute: CallCommand = { type: 'setMedia', media: { ...VIDEO, audio: random.chance(0.5) } };
  const others: readonly [CallCommand, ...CallCommand[]] = [mute, { type: 'undo' }, { type: 'eraseAll' }];
  if (random.chance(0.4)) return { command: random.pick(others), makes: false };
  const placement = { ...PLACEMENT, anchorId: randomUUID() };
  return isHeadset
    ? { command: { type: 'annotate', annotationId: id, shape: 'arrow', colour: 'red', placement }, makes: true }
    : { command: { type: 'mark', markId: id, target: DANA, frame: FRAME, mark: MARK }, makes: true };
}

/** Cuts, slows and kills while the actors act. Outages stay below the time of grace: nobody leaves for good. */
async function disturb(world: World, random: Random, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await delay(random.between(200, 3_000));
    world.faults.current = { dropPerMessage: random.between(0, 0.08), longestDelayMs: random.between(1, 300) };
    if (!random.chance(0.25)) continue;
    world.kill();
    await delay(random.between(0, 3_000));
    await world.start();
  }
  world.faults.current = CALM;
}

async function simulate(seed: number): Promise<{ world: World; actors: readonly [Actor, Actor, Actor] }> {
  const random = createRandom(seed);
  const world = createWorld(random);
  await world.start();
  const dana = await join(world, DANA, 'headset');
  const actors = [dana, await join(world, EVA, 'desk'), await join(world, FINN, 'desk')] as const;
  const describeCamera = {
    type: 'describeCamera',
    camera: documentedHoloLens2Profile(),
    spaceEpoch: 1,
    tracking: true,
  } as const;
  await elapse(dana.session.send(describeCamera));
  let over = false;
  const acting = Promise.all(actors.map((actor) => act(actor, random, actor === dana, 30))).then(() => {
    over = true;
  });
  await elapse(Promise.all([acting, disturb(world, random, () => over)]));
  // Long enough for the slowest reconnect, for what the hub tells late, and after these for marks that nobody answers.
  await vi.advanceTimersByTimeAsync(30_000 + 2 * LIMITS.markWaitMs);
  return { world, actors: [...actors] };
}

describe('three people in a meeting, over bad networks and with a hub that is killed', () => {
  test.each([...PINNED, ...SEEDS])(
    'see the same in the end, and nothing acknowledged is lost (seed $seed) [SPEC 3.2]',
    async ({ seed }) => {
      const { world, actors } = await simulate(seed);
      const { callId } = actors[0].session;
      const log = await world.store.eventsAfter(callId, 0);
      const truth = applyAll(initialCall(callId), log);

      expect(log.map((logged) => logged.seq)).toEqual(log.map((_, at) => at + 1));
      expect(world.hub()?.log.open.get(callId)?.state).toEqual(truth);
      for (const actor of actors) {
        expect(actor.client.status.value).toBe('online');
        expect(actor.session.state.value).toEqual(truth);
      }
      expect(Object.values(truth.participants).map((one) => one.state)).toEqual(['joined', 'joined', 'joined']);
      expect(truth.pendingMarks).toEqual({});

      const made = log.flatMap(({ event }) => {
        if (event.type === 'annotated') return event.annotationId;
        return event.type === 'marked' ? event.markId : [];
      });
      expect(made.toSorted()).toEqual(actors.flatMap((actor) => actor.acknowledged).toSorted());
      expect(made.length).toBeGreaterThan(20);
    },
    TIMEOUT_MS,
  );
});
