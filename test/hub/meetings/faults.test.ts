import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDoor } from '../../../src/client/meetings/door.ts';
import type { RefusalCode } from '../../../src/domain/call/refusal.ts';
import { openDemoDirectory } from '../../../src/hub/directory/demo-directory.ts';
import { createHub } from '../../../src/hub/hub.ts';
import { openEmbeddedStore } from '../../../src/hub/store/open.ts';
import { join } from '../../../src/ui/text/en/join.ts';
import { refusals } from '../../../src/ui/text/en/refusals.ts';
import { placeEmptyDatabase } from '../support/database-template.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import {
  accepted,
  type Bench,
  COMPANIES,
  cameIn,
  createBench,
  DANA,
  EVA,
  type Page,
  SEEDS,
  TID,
} from '../support/hub-bench.ts';
import {
  decide,
  draftOf,
  knock,
  leave,
  lobbyOf,
  MINUTE_MS,
  newcomer,
  oneTimeCall,
  placesOf,
  plan,
} from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';
import { folderOfThisTest } from '../support/temporary-folder.ts';

afterEach(() => void vi.restoreAllMocks());

/** What the page says of a refusal. */
const sentenceOf = (code: RefusalCode): string => refusals[`refusal.${code}`];
const turnedAway = (page: Page): string => {
  const news = placesOf(page).at(-1);
  return news?.state === 'turnedAway' ? sentenceOf(news.code) : `${news?.state}`;
};

/** A customer waits for Dana's one-time call, in which Dana is. */
async function customerWaits(bench: Bench) {
  const dana = await bench.arrive(DANA);
  const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  const who = newcomer(meetingId);
  const chris = await bench.visit(who, 'phone');
  accepted(await knock(bench, chris, meetingId));
  return { dana, chris, who, meetingId, callId };
}

test('two admitters at the same moment: one counts, and the other is told whom', async () => {
  const bench = await createBench();
  const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
  const { meetingId } = await plan(bench, dana, { coOrganizers: [EVA] });
  const chris = await bench.visit(newcomer(meetingId));
  accepted(await knock(bench, chris, meetingId));
  const { service } = bench.hub.meetings;
  const answers = await Promise.all(
    [dana, eva].map((page) => service.admit(page, { meetingId, person: chris.person })),
  );
  await settle();
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const first = answers[0]?.ok === true ? 'Dana Okafor' : 'Eva Lindström';
  expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: { code: 'already-admitted', detail: first } });
  expect(sentenceOf('already-admitted')).toBe('This person was admitted already. Nothing is left to do.');
  expect(placesOf(chris).filter(({ state }) => state === 'admitted')).toHaveLength(1);
});

describe('while a customer waits, the agent', () => {
  test('leaves: the customer waits on and is admitted once the agent is back', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId, callId } = await customerWaits(bench);
    await leave(bench, dana, callId);
    await bench.clock.advance(20 * MINUTE_MS);
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'waiting', place: { number: 1 } });
    expect(join['join.lobbyTitle']).toBe('You are in the lobby');
    cameIn(await knock(bench, dana, meetingId));
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
    cameIn(await knock(bench, chris, meetingId));
  });

  test('loses the connection for good: the link still works, and nobody is told that the call is over', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId } = await customerWaits(bench);
    bench.hub.departed(dana);
    await bench.clock.advance(5 * MINUTE_MS);
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'waiting' });
    const desk = await bench.arrive(DANA);
    expect(lobbyOf(desk)).toMatchObject({ entries: [{ name: 'Chris Customer', waitedMs: 5 * MINUTE_MS }] });
    accepted(await decide(bench, desk, { type: 'admit', meetingId, person: chris.person }));
  });

  test('never comes: after an hour the customer is told, and may ask again', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId, callId } = await customerWaits(bench);
    await leave(bench, dana, callId);
    await bench.clock.advance(60 * MINUTE_MS + 10);
    expect(turnedAway(chris)).toBe('Nobody has let you in for an hour. Ask again to wait on.');
    expect(accepted(await knock(bench, chris, meetingId))).toMatchObject({ state: 'waiting' });
  });
});

test('the hub restarts on its own database while people sit in the lobby: places and their order are kept', async () => {
  const dataFolder = folderOfThisTest();
  await placeEmptyDatabase(dataFolder);
  const clock = createFakeClock();
  const start = async () => {
    const store = await openEmbeddedStore({ dataFolder });
    const directory = await openDemoDirectory({ companies: COMPANIES, store, startMs: clock.nowMs() });
    const failures: unknown[] = [];
    const hub = await createHub({
      ...{ store, directory, seeds: SEEDS, clock, newId: () => crypto.randomUUID() },
      onFailure: (error) => void failures.push(error),
    });
    return { hub, store, failures };
  };
  const before = await start();
  const meeting = {
    ...draftOf({ clock } as Bench),
    tid: TID,
    meetingId: crypto.randomUUID(),
    kind: 'scheduled',
  } as const;
  await before.store.meetings.add({ ...meeting, organizer: DANA, cancelled: false, revision: 1 }, 'plan');
  const names = ['Chris', 'Sam', 'Kim'];
  for (const name of names) {
    const caller = {
      person: `anon:${crypto.randomUUID()}`,
      name,
      class: 'anonymous',
      signedIn: false,
      invited: false,
    } as const;
    accepted(await before.hub.meetings.doors.run(meeting, { type: 'knock', caller, deviceId: `page of ${name}` }));
  }
  before.hub.close();
  await before.store.close();
  const after = await start();
  const { waiting } = await after.hub.meetings.doors.state(meeting);
  expect(waiting.map(({ caller }) => caller.name)).toEqual(names);
  expect(waiting.map(({ awayUntilMs }) => awayUntilMs)).toEqual(names.map(() => clock.nowMs() + MINUTE_MS));
  expect(join['join.lobbyOffline']).toBe('Reconnecting. Your place is kept for a minute.');
  expect(after.failures).toEqual([]);
  after.hub.close();
  await after.store.close();
});

describe('while somebody waits, the meeting', () => {
  type Change = readonly [string, (bench: Bench, page: Page, meetingId: string) => Promise<unknown>, string];
  const changeTo =
    (changes: Parameters<typeof draftOf>[1]) =>
    (bench: Bench, page: Page, meetingId: string): Promise<unknown> =>
      bench.hub.meetings.service.changeMeeting(page, { meetingId, revision: 1, draft: draftOf(bench, changes) });
  const laterMs = Date.UTC(2026, 0, 6, 9);
  const changes: readonly Change[] = [
    [
      'is cancelled',
      (bench, page, meetingId) => bench.hub.meetings.service.cancelMeeting(page, { meetingId, revision: 1 }),
      'This meeting was cancelled. Ask the organizer for another one.',
    ],
    [
      'is moved',
      changeTo({ startMs: laterMs, endMs: laterMs + 60 * MINUTE_MS }),
      'This meeting was moved. Ask the organizer for the new time.',
    ],
    [
      'is closed to people without an account',
      changeTo({ anonymousAllowed: false }),
      'Only people with an account may join this meeting. Sign in with yours.',
    ],
  ];
  test.each(changes)('%s: they are told why, and what to do', async (_what, change, sentence) => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana);
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, chris, meetingId));
    await change(bench, dana, meetingId);
    await settle();
    expect(turnedAway(chris)).toBe(sentence);
    expect(lobbyOf(dana)?.entries).toEqual([]);
  });

  test('gets another lobby setting: who need not wait any more comes in, who has to waits on', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const invitees = [{ kind: 'account', person: EVA }] as const;
    const { meetingId } = await plan(bench, dana, { lobby: 'organizer', invitees });
    const chris = await bench.visit(newcomer(meetingId));
    for (const page of [eva, chris]) accepted(await knock(bench, page, meetingId));
    await changeTo({ lobby: 'organization', invitees })(bench, dana, meetingId);
    await settle();
    expect(placesOf(eva).at(-1)).toEqual({ meetingId, state: 'admitted' });
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'waiting', place: { number: 1 } });
  });
});

test('a customer opens the link in two tabs: one person waits, in the newer tab, and the older one says so', async () => {
  const bench = await createBench();
  const { dana, chris, who, meetingId, callId } = await customerWaits(bench);
  const second = await bench.visit(who, 'phone');
  accepted(await knock(bench, second, meetingId));
  expect(placesOf(chris).at(-1)).toEqual({ meetingId, state: 'takenOver' });
  expect(join['join.takenOverTitle']).toBe('You went on in another tab');
  expect(lobbyOf(dana)?.entries).toHaveLength(1);
  bench.hub.departed(chris);
  await settle();
  expect(lobbyOf(dana)?.entries).toMatchObject([{ away: false }]);
  accepted(await decide(bench, dana, { type: 'admit', meetingId, person: who.person }));
  expect(placesOf(chris).filter(({ state }) => state === 'admitted')).toEqual([]);
  cameIn(await knock(bench, second, meetingId));
  expect(Object.keys(dana.call(callId).participants)).toHaveLength(2);
});

describe('clocks that disagree', () => {
  test.each([-10, 10])(
    'a page’s own, by %s minutes: it counts how long it waits by what the hub says',
    async (offMin) => {
      const bench = await createBench();
      const { dana, chris, meetingId } = await customerWaits(bench);
      await bench.clock.advance(7 * MINUTE_MS);
      vi.spyOn(Date, 'now').mockImplementation(() => bench.clock.nowMs() + offMin * MINUTE_MS);
      const door = createDoor({
        hub: { invoke: async () => null, on: () => {} },
        onPlace: () => {},
        async enter() {
          const answer = accepted(await knock(bench, chris, meetingId));
          if (answer.state !== 'waiting') throw new Error('in');
          return { ok: true, value: answer };
        },
      });
      void door.join({ meetingId, media: { audio: true, video: 'off', problem: 'none' } });
      await vi.waitFor(() => expect(door.place.value).not.toBeNull());
      expect(Date.now() - (door.place.value?.sinceMs ?? 0)).toBe(7 * MINUTE_MS);
      // Whatever its clock says, the door goes by the hub's.
      accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
      cameIn(await knock(bench, chris, meetingId));
    },
  );

  test.each([-3, 3])('the next hub’s, by %s minutes: every place is kept for a minute by its own', async (offMin) => {
    const bench = await createBench();
    const { chris, who, meetingId } = await customerWaits(bench);
    await bench.clock.advance(5 * MINUTE_MS);
    bench.hub.close();
    const clock = createFakeClock(bench.clock.nowMs() + offMin * MINUTE_MS);
    const { store } = bench;
    const directory = await openDemoDirectory({ companies: COMPANIES, store, startMs: clock.nowMs() });
    const hub = await createHub({
      ...{ store, directory, seeds: SEEDS, clock, newId: () => crypto.randomUUID() },
      onFailure: (error) => {
        throw error;
      },
    });
    const { waiting, inside } = await hub.meetings.doors.state({ tid: TID, meetingId });
    expect(waiting.map(({ awayUntilMs }) => awayUntilMs)).toEqual([clock.nowMs() + MINUTE_MS]);
    expect(Object.values(inside)).toMatchObject([{ state: 'away', untilMs: clock.nowMs() + MINUTE_MS }]);
    const told: unknown[] = [];
    hub.arrived({ ...chris, ...who, send: (name, message) => void (name === 'lobbyPlace' && told.push(message)) });
    await settle();
    expect(told.at(-1)).toMatchObject({ state: 'waiting', place: { number: 1, waitedMs: (5 + offMin) * MINUTE_MS } });
    await clock.advance(MINUTE_MS + 10);
    expect((await hub.meetings.doors.state({ tid: TID, meetingId })).waiting).toHaveLength(1);
    hub.close();
  });
});
