import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { apart, applyTo } from '../support/bench-policies.ts';
import { createHeldStore } from '../support/held-store.ts';
import { AUDIO, accepted, createBench, DANA, EVA, FINN, type Page, RUNNING_MEETING } from '../support/hub-bench.ts';
import { settle } from '../support/settle.ts';

async function start() {
  const keeper = createHeldStore();
  const bench = await createBench(keeper.store);
  const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
  const call = (from: Page, to: string) => bench.hub.calls.call(from, { commandId: randomUUID(), to, media: AUDIO });
  const answer = (page: Page, callId: string) =>
    bench.hub.calls.command(page, { commandId: randomUUID(), callId, command: { type: 'answer', media: AUDIO } });
  return { bench, keeper, dana, eva, finn, call, answer };
}
type Started = Awaited<ReturnType<typeof start>>;

const REFUSED = { ok: false, refusal: { code: expect.any(String), reference: expect.any(String) } };
const nothingOf = (page: Page) => page.heard.filter(({ name }) => name === 'events');

/** Asks while the store is slow to say whether it was asked before, and changes the policy meanwhile. */
async function whileTheStoreIsSlow<T>(
  { bench, keeper }: Started,
  ask: () => Promise<T>,
  policy: ReturnType<typeof apart>,
): Promise<T> {
  keeper.hold('outcomeOf');
  const asked = ask();
  await settle();
  expect(keeper.isHeld()).toBe(true);
  await applyTo(bench, policy);
  keeper.letGo();
  const result = await asked;
  await settle();
  return result;
}

describe('a policy that changes between the question and the answer', () => {
  test('lets nobody ring whom it forbids, and leaves no contacts [SPEC 9.1]', async () => {
    const started = await start();
    const { bench, dana, eva } = started;
    expect(await whileTheStoreIsSlow(started, () => started.call(dana, EVA), apart([DANA], [EVA]))).toEqual(REFUSED);
    expect(nothingOf(eva)).toEqual([]);
    for (const person of [DANA, EVA]) expect(await bench.store.recentContacts(person, 9)).toEqual([]);
  });

  test('leaves no missed call of somebody who may not call, with one who is busy', async () => {
    const started = await start();
    const { bench, dana, eva, finn } = started;
    accepted(await started.call(eva, FINN));
    await settle();
    expect(await whileTheStoreIsSlow(started, () => started.call(dana, EVA), apart([DANA], [EVA]))).toEqual(REFUSED);
    expect(await bench.store.recentContacts(DANA, 9)).toEqual([]);
    expect((await bench.store.recentContacts(EVA, 9)).map(({ other }) => other)).not.toContain(DANA);
    expect(finn.heard.length).toBeGreaterThan(0);
  });

  test('lets nobody be added whom it forbids', async () => {
    const started = await start();
    const { bench, dana, eva, finn } = started;
    const { callId } = accepted(await started.call(dana, EVA));
    accepted(await started.answer(eva, callId));
    const add = () => bench.hub.calls.add(dana, { commandId: randomUUID(), callId, to: FINN });
    expect(await whileTheStoreIsSlow(started, add, apart([EVA], [FINN]))).toEqual(REFUSED);
    expect(nothingOf(finn)).toEqual([]);
  });

  test('lets nobody into a meeting whom it forbids', async () => {
    const started = await start();
    const { bench, dana, eva } = started;
    const join = (page: Page) =>
      bench.hub.calls.joinMeeting(page, { commandId: randomUUID(), meetingId: RUNNING_MEETING, media: AUDIO });
    accepted(await join(dana));
    expect(await whileTheStoreIsSlow(started, () => join(eva), apart([DANA], [EVA]))).toEqual(REFUSED);
    expect(nothingOf(eva)).toEqual([]);
  });

  test('waits for what is being written under the one before, and parts them then [SPEC 9.7]', async () => {
    const { bench, keeper, dana, eva, call } = await start();
    keeper.hold('append');
    const ringing = call(dana, EVA);
    await settle();
    let isApplied = false;
    const applied = applyTo(bench, apart([DANA], [EVA])).then(() => {
      isApplied = true;
    });
    await settle();
    expect(isApplied).toBe(false);
    keeper.letGo();
    const { callId } = accepted(await ringing);
    await applied;
    expect(eva.call(callId)).toMatchObject({ phase: 'ended', participants: { [EVA]: { state: 'left' } } });
    expect(bench.hub.log.open.all()).toEqual([]);
  });

  test('waits no longer than people may stay together, and parts them when it is written [SPEC 9.7]', async () => {
    const { bench, keeper, dana, eva, call } = await start();
    keeper.hold('append');
    const ringing = call(dana, EVA);
    await settle();
    const applied = applyTo(bench, apart([DANA], [EVA]));
    await bench.clock.advance(2_500);
    await applied;
    keeper.letGo();
    const { callId } = accepted(await ringing);
    await settle();
    expect(eva.call(callId)).toMatchObject({ phase: 'ended', participants: { [EVA]: { state: 'left' } } });
  });

  test('does not come between somebody’s coming and the telling of it', async () => {
    const { bench, keeper, dana, eva, finn, call, answer } = await start();
    const { callId } = accepted(await call(dana, EVA));
    accepted(await answer(eva, callId));
    keeper.hold('eventsAfter');
    const adding = bench.hub.calls.add(dana, { commandId: randomUUID(), callId, to: FINN });
    await settle();
    const policies: boolean[] = [];
    const send = finn.send;
    const hears: Page['send'] = (name, message) => {
      policies.push(bench.hub.policies.all().some(({ policy }) => policy.barriers.policies.length > 0));
      send(name, message);
    };
    Object.assign(finn, { send: hears });
    const applied = applyTo(bench, apart([EVA], [FINN]));
    await settle();
    keeper.letGo();
    accepted(await adding);
    // The whole log and the ring, before anything was changed.
    expect(policies.slice(0, 2)).toEqual([false, false]);
    await applied;
    expect(finn.call(callId).participants[FINN]?.state).toBe('left');
  });
});
