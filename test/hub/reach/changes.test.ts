import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import { apart, applyTo, benchPolicy } from '../support/bench-policies.ts';
import {
  AUDIO,
  accepted,
  type Bench,
  cameIn,
  createBench,
  DANA,
  EVA,
  FINN,
  type Page,
  RUNNING_MEETING,
  TID,
} from '../support/hub-bench.ts';
import { settle } from '../support/settle.ts';
import { createStuckStore } from '../support/stuck-store.ts';

const ring = async (bench: Bench, from: Page, to: string) =>
  accepted(await bench.hub.calls.call(from, { commandId: randomUUID(), to, media: AUDIO })).callId;
const answer = async (bench: Bench, page: Page, callId: string) => {
  const request = { commandId: randomUUID(), callId, command: { type: 'answer', media: AUDIO } } as const;
  accepted(await bench.hub.calls.command(page, request));
  await settle();
};

async function pages(bench: Bench) {
  return { dana: await bench.arrive(DANA), eva: await bench.arrive(EVA), finn: await bench.arrive(FINN) };
}

/** Dana has called Eva, and then added Finn. */
async function callOfThree(bench: Bench) {
  const { dana, eva, finn } = await pages(bench);
  const callId = await ring(bench, dana, EVA);
  await answer(bench, eva, callId);
  accepted(await bench.hub.calls.add(dana, { commandId: randomUUID(), callId, to: FINN }));
  await answer(bench, finn, callId);
  const statesOf = (page: Page) =>
    Object.fromEntries(Object.values(page.call(callId).participants).map((one) => [one.person, one.state]));
  return { dana, eva, finn, callId, statesOf };
}

const eventsOf = (page: Page, callId: string) =>
  page.heard.flatMap((one) => (one.name === 'events' && one.message.callId === callId ? one.message.events : []));
const lastEvents = (page: Page, callId: string, count: number) =>
  eventsOf(page, callId)
    .slice(-count)
    .map(({ event }) => event);

describe('when the policy changes, people in a call who may no longer be together', () => {
  test('are parted at once, and both are told why [SPEC 9.7]', async () => {
    const bench = await createBench();
    const { dana, eva } = await pages(bench);
    const callId = await ring(bench, dana, EVA);
    await answer(bench, eva, callId);
    await applyTo(bench, apart([DANA], [EVA]));
    for (const page of [dana, eva]) {
      expect(lastEvents(page, callId, 3)).toEqual([
        { type: 'left', person: EVA, reason: 'not-allowed' },
        { type: 'left', person: DANA, reason: 'left' },
        { type: 'ended', reason: 'not-allowed' },
      ]);
    }
    expect(bench.hub.log.open.all()).toEqual([]);
    expect(bench.failures).toEqual([]);
  });

  test('leave those together who may be: the one who came last goes [SPEC 9.7]', async () => {
    const bench = await createBench();
    const { dana, finn, callId, statesOf } = await callOfThree(bench);
    await applyTo(bench, apart([DANA], [FINN]));
    expect(statesOf(dana)).toEqual({ [DANA]: 'joined', [EVA]: 'joined', [FINN]: 'left' });
    expect(lastEvents(finn, callId, 1)).toEqual([{ type: 'left', person: FINN, reason: 'not-allowed' }]);
  });

  test('leave those together who may be: whom nobody may meet goes, even who began the call [SPEC 9.7]', async () => {
    const bench = await createBench();
    const { finn, statesOf } = await callOfThree(bench);
    await applyTo(bench, apart([DANA], [EVA, FINN]));
    expect(statesOf(finn)).toEqual({ [DANA]: 'left', [EVA]: 'joined', [FINN]: 'joined' });
  });

  test('hear nothing of what comes after [SPEC 3.4]', async () => {
    const bench = await createBench();
    const { dana, finn, callId } = await callOfThree(bench);
    await applyTo(bench, apart([DANA], [FINN]));
    const before = eventsOf(finn, callId).length;
    const mute = { type: 'setMedia', media: { ...AUDIO, audio: false } } as const;
    accepted(await bench.hub.calls.command(dana, { commandId: randomUUID(), callId, command: mute }));
    expect(eventsOf(finn, callId)).toHaveLength(before);
    const log = accepted(await bench.hub.calls.resume(finn, { callId, afterSeq: 0 }));
    expect(log.events.at(-1)?.event).toEqual({ type: 'left', person: FINN, reason: 'not-allowed' });
  });

  test('stop ringing each other [SPEC 9.7]', async () => {
    const bench = await createBench();
    const { dana, eva } = await pages(bench);
    const callId = await ring(bench, dana, EVA);
    await applyTo(bench, apart([DANA], [EVA]));
    for (const page of [dana, eva]) {
      expect(page.call(callId)).toMatchObject({ phase: 'ended', participants: { [EVA]: { state: 'left' } } });
    }
  });

  test('are parted in a meeting too, and may not come back', async () => {
    const bench = await createBench();
    const { dana, eva } = await pages(bench);
    const join = (page: Page) =>
      bench.hub.calls.joinMeeting(page, { commandId: randomUUID(), meetingId: RUNNING_MEETING, media: AUDIO });
    const { callId } = cameIn(await join(dana));
    accepted(await join(eva));
    await applyTo(bench, apart([DANA], [EVA]));
    expect(dana.call(callId)).toMatchObject({ phase: 'open', participants: { [EVA]: { state: 'left' } } });
    expect(await join(eva)).toMatchObject({ refusal: { code: 'barrier', reference: expect.any(String) } });
    await applyTo(bench, {});
    accepted(await join(eva));
  });

  test('are parted as soon as the store can be written again [SPEC 9.7]', async () => {
    const keeper = createStuckStore();
    const bench = await createBench(keeper.store);
    const { dana, eva } = await pages(bench);
    const callId = await ring(bench, dana, EVA);
    await answer(bench, eva, callId);
    keeper.stuck = true;
    await applyTo(bench, apart([DANA], [EVA]));
    await bench.clock.advance(2_500);
    expect(dana.call(callId).phase).toBe('open');
    expect(bench.failures.length).toBeGreaterThan(0);
    keeper.stuck = false;
    await bench.clock.advance(1_000);
    expect(dana.call(callId).phase).toBe('ended');
  });

  test('are told by which code, with the reference of the record, before they leave [SPEC 9.13]', async () => {
    const bench = await createBench();
    const { dana, eva } = await pages(bench);
    const callId = await ring(bench, dana, EVA);
    await answer(bench, eva, callId);
    await applyTo(bench, apart([DANA], [EVA]));
    const [told, left] = eva.heard.slice(eva.heard.findIndex(({ name }) => name === 'takenOut'));
    const record = (await bench.store.reachAudit.newest(TID, null, 9)).find(({ what }) => what.kind === 'removed');
    const refusal = { code: 'barrier', reference: record?.reference };
    expect(told).toEqual({ name: 'takenOut', message: { callId, refusal } });
    expect(record?.what).toMatchObject({ kind: 'removed', actor: EVA, code: 'barrier' });
    expect(left?.name).toBe('events');
    expect(dana.count('takenOut')).toBe(0);
  });

  test('are taken out again where that was refused at first', async () => {
    const memory = createMemoryStore();
    let conflicts = 0;
    const contested: Store = {
      ...memory,
      async append(request) {
        const parts = request.events.some(({ event }) => event.type === 'left');
        if (!parts || conflicts === 0) return memory.append(request);
        conflicts -= 1;
        return { kind: 'conflict' };
      },
    };
    const bench = await createBench(contested);
    const { dana, eva } = await pages(bench);
    const callId = await ring(bench, dana, EVA);
    await answer(bench, eva, callId);
    // More than the log tries by itself.
    conflicts = 5;
    await applyTo(bench, apart([DANA], [EVA]));
    expect(dana.call(callId).phase).toBe('open');
    await bench.clock.advance(1_000);
    expect(dana.call(callId).phase).toBe('ended');
  });

  test('are parted when the hub starts again with a policy that came while it was away [SPEC 9.7]', async () => {
    const bench = await createBench();
    const { dana, eva } = await pages(bench);
    const callId = await ring(bench, dana, EVA);
    await answer(bench, eva, callId);
    const policy = benchPolicy(apart([DANA], [EVA]));
    const what = { kind: 'policy-changed', by: 'console', revision: 2, changed: ['barriers'] } as const;
    await bench.store.policies.add(
      { tid: TID, revision: 2, policy, by: 'console', atMs: 0 },
      { tid: TID, reference: 'ABCD2345', atMs: 0, what },
    );
    await bench.restart();
    expect(bench.hub.log.open.all()).toEqual([]);
    const events = await bench.store.eventsAfter(callId, 0);
    expect(events.at(-1)?.event).toEqual({ type: 'ended', reason: 'not-allowed' });
  });

  test('are parted when one of them turns out to be somebody nobody may meet', async () => {
    const bench = await createBench();
    const { dana, eva } = await pages(bench);
    const callId = await ring(bench, dana, EVA);
    await answer(bench, eva, callId);
    await bench.hidePerson(EVA);
    expect(dana.call(callId)).toMatchObject({ phase: 'ended', participants: { [EVA]: { state: 'left' } } });
    expect(eva.call(callId).phase).toBe('ended');
  });
});

describe('after a change of the policy', () => {
  test('every page is told to ask for its lists again [SPEC 9.9]', async () => {
    const bench = await createBench();
    const { finn } = await pages(bench);
    await applyTo(bench, apart([DANA], [EVA]));
    const told = finn.heard.flatMap((one) => (one.name === 'listsChanged' ? one.message.list : []));
    expect(told).toEqual(['contacts', 'meetings']);
  });

  test('presence is told no more of people who may not be found [SPEC 9.5]', async () => {
    const bench = await createBench();
    const [dana, finn] = [await bench.arrive(DANA), await bench.arrive(FINN)];
    for (const page of [dana, finn]) accepted(await bench.hub.lists.search(page, 'eva'));
    await applyTo(bench, apart([DANA], [EVA]));
    const eva = await bench.arrive(EVA);
    expect(dana.count('presence')).toBe(0);
    expect(finn.count('presence')).toBe(1);
    await applyTo(bench, {});
    accepted(await bench.hub.lists.search(dana, 'eva'));
    bench.hub.departed(eva);
    expect(dana.count('presence')).toBe(1);
  });

  test('a recent contact stays, greyed with the reason; one who is hidden is gone [SPEC 9.4]', async () => {
    const bench = await createBench();
    const { dana, eva } = await pages(bench);
    await answer(bench, eva, await ring(bench, dana, EVA));
    await applyTo(bench, apart([DANA], [EVA]));
    const listed = async () => (await bench.hub.lists.contacts(dana)).find(({ key }) => key === EVA);
    expect(await listed()).toMatchObject({ refusal: 'barrier', presence: 'offline', last: { outcome: 'outgoing' } });
    await applyTo(bench, {});
    expect(await listed()).toMatchObject({ refusal: null, presence: 'available' });
    await bench.hidePerson(EVA);
    expect(await listed()).toBeUndefined();
  });

  test('a change that was made from an older one is refused', async () => {
    const bench = await createBench();
    const apply = (afterRevision: number) =>
      bench.hub.policies.apply({ policy: benchPolicy(), people: null, by: DANA, afterRevision });
    expect(accepted(await apply(1))).toMatchObject({ revision: 2, by: DANA });
    expect(await apply(1)).toMatchObject({ refusal: { code: 'out-of-turn' } });
    expect(bench.hub.policies.of(TID)).toMatchObject({ revision: 2 });
    const unknown = { ...benchPolicy(), tid: randomUUID() };
    const application = { policy: unknown, people: null, by: 'console', afterRevision: null } as const;
    expect(await bench.hub.policies.apply(application)).toMatchObject({ refusal: { code: 'not-found' } });
  });
});
