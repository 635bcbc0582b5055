import { randomUUID } from 'node:crypto';
import { isIn } from '../../../src/domain/call/queries.ts';
import { LOBBY_MODES } from '../../../src/domain/meeting/model.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { createRandom, type Random } from '../random.ts';
import { CAST, comesTo, DOORS, type DoorName, FIRST_RULES, isAnonymous, type Who } from './cast.ts';
import type { MeetingPage } from './page.ts';
import { makePlace } from './steps-of-the-house.ts';
import { createMeetingWorld, type MeetingWorld } from './world.ts';

/** What a storm has seen, so that one that saw nothing is not taken for a proof. */
export interface Stormed {
  readonly came: number;
  readonly waited: number;
  readonly decided: number;
}

interface Storm {
  readonly world: MeetingWorld;
  readonly random: Random;
  readonly opening: Set<string>;
  readonly seen: { -readonly [K in keyof Stormed]: Stormed[K] };
}

type Act = (storm: Storm) => Promise<unknown>;

/** So much at the same moment: where two who do not know of each other could both be right. */
const AT_ONCE = 5;

/**
 * Many things at once at a hub whose store takes its time. Which of them comes first nobody can say; whatever it was, doors, calls
 * and pages say the same afterwards. @throws Error with the seed and the round at which they do not
 */
export async function stormMeetings(seed: number, rounds: number): Promise<Stormed> {
  const random = createRandom(seed);
  const store = createMemoryStore();
  const world = await createMeetingWorld(
    async () => store,
    () => Math.floor(random.between(1, 6)),
  );
  const storm: Storm = { world, random, opening: new Set(), seen: { came: 0, waited: 0, decided: 0 } };
  await world.apply(FIRST_RULES);
  for (const name of DOORS) world.setPlace(name, { meetingId: '', token: '' });
  const desk = await world.open('dana', 'meeting', 0);
  if (typeof desk === 'string') throw new Error(desk);
  for (const name of ['call', 'meeting'] as const) await makePlace(world, desk, name);
  for (const who of ['dana', 'eva'] as const) await world.open(who, 'meeting', 0);
  try {
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => pick(random)(storm)));
      await calm(world, random.pick([10, 10, 1_700, 61_100]));
      await requireOneTruth(storm).catch((error: unknown) => {
        throw new Error(`seed ${seed}, round ${round}: ${(error as Error).message}`, { cause: error });
      });
    }
  } finally {
    await world.close();
  }
  return storm.seen;
}

async function calm(world: MeetingWorld, ms: number): Promise<void> {
  await world.quiet();
  await world.clock.advance(ms);
  await world.quiet();
}

const somebody = ({ random }: Storm): { readonly who: Who; readonly door: DoorName; readonly tab: number } => {
  const door = random.pick(DOORS);
  const who = random.pick(CAST.filter((one) => comesTo(one, door)) as unknown as readonly [Who, ...Who[]]);
  return { who, door, tab: random.chance(0.2) ? 1 : 0 };
};

const come: Act = async (storm) => {
  const { who, door, tab } = somebody(storm);
  const { world } = storm;
  const known = world.pageOf(who, door, tab);
  const id = `${who} ${door} ${tab}`;
  // One page does one thing after the other.
  if (storm.opening.has(id)) return;
  storm.opening.add(id);
  const page = known !== undefined && known.line !== null ? known : await world.open(who, door, tab);
  storm.opening.delete(id);
  if (typeof page === 'string') return;
  const { meetingId, token } = world.place(door);
  page.knock(meetingId, token);
};

const drop: Act = async (storm) => {
  const { who, door, tab } = somebody(storm);
  storm.world.pageOf(who, door, tab)?.lose(true);
};

const leave: Act = async ({ world, random }) => {
  const inside = world.pages().filter((page) => page.line !== null && page.callIn() !== null);
  const page = inside[Math.floor(random.next() * inside.length)];
  const callId = page?.callIn()?.callId ?? '';
  await page?.invoke('command', { commandId: randomUUID(), callId, command: { type: 'leave' } });
};

const decide: Act = async (storm) => {
  const { world, random, seen } = storm;
  const admitter = world.pageOf(random.chance(0.7) ? 'dana' : 'eva', 'meeting', 0);
  const door = random.pick(DOORS);
  const { meetingId } = world.place(door);
  const { waiting } = await stateOf(world, door);
  const one = waiting[Math.floor(random.next() * waiting.length)]?.caller.person;
  if (one === undefined) return;
  const people = waiting.map(({ caller }) => caller.person);
  const answer = random.chance(0.3)
    ? await admitter?.invoke('admitAll', { meetingId, people })
    : await admitter?.invoke(random.chance(0.8) ? 'admit' : 'deny', { meetingId, person: one });
  if (answer?.ok === true) seen.decided += 1;
};

const edit: Act = async ({ world, random }) => {
  const desk = world.pageOf('dana', 'meeting', 0);
  const { meetingId } = world.place('meeting');
  const details = await desk?.invoke('meeting', { meetingId });
  if (details?.ok !== true) return;
  const { draft, revision } = details.value;
  const changed = { ...draft, lobby: random.pick(LOBBY_MODES), anonymousAllowed: random.chance(0.9) };
  await desk?.invoke('changeMeeting', { meetingId, revision, draft: changed });
};

const changeRules: Act = ({ world, random }) =>
  world.apply({ ...FIRST_RULES, anonymousJoin: random.chance(0.9), anonymousCanStart: random.chance(0.5) });

/** How often each thing happens, of 100. */
const ACTS: readonly (readonly [number, Act])[] = [
  [48, come],
  [12, drop],
  [8, leave],
  [24, decide],
  [5, edit],
  [3, changeRules],
];

function pick(random: Random): Act {
  let left = random.between(0, 100);
  for (const [weight, act] of ACTS) {
    left -= weight;
    if (left < 0) return act;
  }
  return come;
}

const stateOf = (world: MeetingWorld, door: DoorName) =>
  world.hub().meetings.doors.state({ tid: '', meetingId: world.place(door).meetingId });

/** The door, its call and every page: who waits, in which order, who is in. */
async function requireOneTruth({ world, seen }: Storm): Promise<void> {
  for (const door of DOORS) {
    const state = await stateOf(world, door);
    const seats = Object.entries(state.inside);
    seen.waited += state.waiting.length;
    seen.came += seats.length;
    require(seats.length <= (door === 'call' ? 2 : 4), `${seats.length} people at the ${door}`);
    require(seats.filter(([, seat]) => seat.usedLink).length <= 1, 'a link was used twice');
    const both = state.waiting.filter(({ caller }) => state.inside[caller.person] !== undefined);
    require(both.length === 0, 'somebody waits and is in');
    const { meetingId } = world.place(door);
    const call = world
      .hub()
      .log.open.all()
      .find(({ record }) => record.meetingId === meetingId);
    const inCall = Object.values(call?.state.participants ?? {}).filter(isIn);
    for (const { person } of inCall) require(state.inside[person] !== undefined, `${person} is in without a seat`);
    for (const [person, seat] of seats) {
      const isThere = inCall.some((one) => one.person === person);
      require(seat.state !== 'in' || isThere, `${person} has a seat and is not in the ${door}`);
    }
    for (const page of world.pages()) {
      if (page.door === door && page.line !== null) requireView(page, state, inCall);
    }
  }
}

function requireView(
  page: MeetingPage,
  { waiting }: Awaited<ReturnType<typeof stateOf>>,
  inCall: readonly { readonly device: { readonly id: string } | null }[],
): void {
  const at = waiting.findIndex(({ deviceId }) => deviceId === page.deviceId);
  const shown = page.client.place.value?.number ?? null;
  // Whoever is in another call is not let in, and was told so instead of a number.
  const isTold = shown !== null || page.refusedWith() !== 'already-in-call';
  if (isTold) require(shown === (at < 0 ? null : at + 1), `${page.who} sees ${shown}, and stands at ${at + 1}`);
  const isThere = inCall.some(({ device }) => device?.id === page.deviceId);
  require((page.callIn() !== null) === isThere, `${page.who} sees a call: ${page.callIn() !== null}`);
  if (!isAnonymous(page.who) || isThere || page.hasBeenIn()) return;
  const others = page.takeHeard().filter(({ name }) => name !== 'lobbyPlace');
  require(others.length === 0, `${page.who} hears ${others.map(({ name }) => name).join(', ')}`);
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
