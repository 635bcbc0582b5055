import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CallEvent } from '../../../src/domain/call/event.ts';
import { RESTART_QUIET_MS, SILENT_BLIP_MS } from '../../../src/hub/calls/call-timers.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { type Store, StoreError } from '../../../src/hub/store/store.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';
import { FRAME, MARK } from '../../support/call-fixtures.ts';
import { AUDIO, accepted, type Bench, createBench, DANA, EVA, FINN, type Page } from '../support/hub-bench.ts';

/** Two people in a call, some time after the hub's start. */
async function inCall(store?: Store): Promise<{ bench: Bench; dana: Page; eva: Page; callId: string }> {
  const bench = await createBench(store);
  await bench.clock.advance(RESTART_QUIET_MS);
  const [dana, eva] = [await bench.arrive(DANA, 'headset'), await bench.arrive(EVA)];
  const { callId } = accepted(await bench.hub.calls.call(dana, { commandId: randomUUID(), to: EVA, media: AUDIO }));
  const answer = { type: 'answer', media: AUDIO } as const;
  accepted(await bench.hub.calls.command(eva, { commandId: randomUUID(), callId, command: answer }));
  return { bench, dana, eva, callId };
}
const back = (bench: Bench, page: Page) => bench.arrive(page.person, page.device.kind, page.device.id);
const typesOf = async (bench: Bench, callId: string): Promise<readonly CallEvent['type'][]> =>
  (await bench.store.eventsAfter(callId, 3)).map(({ event }) => event.type);

describe('a lost connection in a call', () => {
  test('is not mentioned when it is back at once [SPEC 5.1]', async () => {
    const { bench, dana, callId } = await inCall();
    bench.hub.departed(dana);
    await bench.clock.advance(SILENT_BLIP_MS - 1);
    await back(bench, dana);
    await bench.clock.advance(LIMITS.reconnectGraceMs * 2);
    expect(await typesOf(bench, callId)).toEqual(['joined']);
  });

  test('shows to the other side after two seconds, and so does its return [SPEC 5.1]', async () => {
    const { bench, dana, eva, callId } = await inCall();
    bench.hub.departed(dana);
    await bench.clock.advance(SILENT_BLIP_MS);
    expect(eva.call(callId).participants[DANA]?.state).toBe('reconnecting');
    await back(bench, dana);
    await bench.clock.advance(0);
    expect(eva.call(callId).participants[DANA]?.state).toBe('joined');
    await bench.clock.advance(LIMITS.reconnectGraceMs * 2);
    expect(await typesOf(bench, callId)).toEqual(['joined', 'connectionLost', 'connectionBack']);
  });

  test('ends the place in the call after the time of grace, and a direct call with it [SPEC 5.2]', async () => {
    const { bench, dana, eva, callId } = await inCall();
    bench.hub.departed(dana);
    await bench.clock.advance(SILENT_BLIP_MS + LIMITS.reconnectGraceMs - 1);
    expect(eva.call(callId).phase).toBe('open');
    await bench.clock.advance(1);
    expect(eva.call(callId).phase).toBe('ended');
    expect((await bench.store.eventsAfter(callId, 0)).at(-1)?.event).toEqual({ type: 'ended', reason: 'lost' });
  });

  test('is not made good by another device of the same person', async () => {
    const { bench, dana, eva, callId } = await inCall();
    bench.hub.departed(dana);
    await bench.clock.advance(SILENT_BLIP_MS);
    await bench.arrive(DANA, 'desk');
    await bench.clock.advance(1_000);
    expect(eva.call(callId).participants[DANA]?.state).toBe('reconnecting');
  });

  test('of a device that is not in the call concerns nobody', async () => {
    const { bench, callId } = await inCall();
    const second = await bench.arrive(DANA, 'desk');
    bench.hub.departed(second);
    await bench.clock.advance(LIMITS.reconnectGraceMs * 2);
    expect(await typesOf(bench, callId)).toEqual(['joined']);
  });

  test('is still written when the store fails for a while', async () => {
    const store = createMemoryStore();
    let failing = false;
    const append: Store['append'] = async (request) => {
      if (failing) throw new StoreError('no space left');
      return store.append(request);
    };
    const { bench, dana, eva, callId } = await inCall({ ...store, append });
    failing = true;
    bench.hub.departed(dana);
    await bench.clock.advance(20_000);
    expect(eva.call(callId).participants[DANA]?.state).toBe('joined');
    failing = false;
    await bench.clock.advance(5_000);
    expect(eva.call(callId).participants[DANA]?.state).toBe('reconnecting');
  });
});

describe('a page of a device that is connected already', () => {
  test('takes its place: the older one is told, and its end changes nothing [SPEC 1.5]', async () => {
    const { bench, dana, callId } = await inCall();
    const copy = await back(bench, dana);
    expect(dana.heard.at(-1)).toEqual({ name: 'replaced', message: { callId } });
    bench.hub.departed(dana);
    await bench.clock.advance(LIMITS.reconnectGraceMs * 2);
    expect(copy.call(callId).participants[DANA]?.state).toBe('joined');
  });

  test('leaves nothing to the older one when it goes [SPEC 1.5]', async () => {
    const { bench, dana, eva, callId } = await inCall();
    const copy = await back(bench, dana);
    bench.hub.departed(copy);
    await bench.clock.advance(SILENT_BLIP_MS);
    expect(eva.call(callId).participants[DANA]?.state).toBe('reconnecting');
  });
});

describe('a restart of the hub in a call', () => {
  test('goes unnoticed by people who are back within ten seconds [SPEC 5.3]', async () => {
    const { bench, dana, eva, callId } = await inCall();
    await bench.restart();
    await bench.clock.advance(RESTART_QUIET_MS - 1);
    const [danaBack, evaBack] = [await back(bench, dana), await back(bench, eva)];
    await bench.clock.advance(LIMITS.reconnectGraceMs * 2);
    expect(await typesOf(bench, callId)).toEqual(['joined']);
    expect(danaBack.call(callId)).toEqual(evaBack.call(callId));
  });

  test('gives everybody the time of grace, and ends the call when nobody comes [SPEC 5.3]', async () => {
    const { bench, callId } = await inCall();
    await bench.restart();
    await bench.clock.advance(RESTART_QUIET_MS + LIMITS.reconnectGraceMs - 1);
    expect(bench.hub.log.open.get(callId)?.state.phase).toBe('open');
    await bench.clock.advance(1);
    expect(bench.hub.log.open.all()).toEqual([]);
  });

  test('gives somebody who was reconnecting before it the whole time again', async () => {
    const { bench, dana, eva, callId } = await inCall();
    bench.hub.departed(dana);
    await bench.clock.advance(SILENT_BLIP_MS + LIMITS.reconnectGraceMs - 5);
    await bench.restart();
    await back(bench, eva);
    await bench.clock.advance(LIMITS.reconnectGraceMs - 1);
    await back(bench, dana);
    await bench.clock.advance(0);
    expect(bench.hub.log.open.get(callId)?.state.participants[DANA]?.state).toBe('joined');
  });
});

describe('the log', () => {
  test('can be read on from any number by the people of the call', async () => {
    const { bench, dana, callId } = await inCall();
    const log = accepted(await bench.hub.calls.resume(dana, { callId, afterSeq: 2 }));
    expect(log.events.map((logged) => logged.seq)).toEqual([3, 4]);
  });

  test('is closed to people who never were in the call', async () => {
    const { bench, callId } = await inCall();
    expect(await bench.hub.calls.resume(await bench.arrive(FINN), { callId, afterSeq: 0 })).toMatchObject({
      refusal: { code: 'call-unknown' },
    });
  });

  test('tells a page that still holds a call open how it ended', async () => {
    const { bench, dana, eva, callId } = await inCall();
    bench.hub.departed(dana);
    accepted(await bench.hub.calls.command(eva, { commandId: randomUUID(), callId, command: { type: 'leave' } }));
    const [log] = await bench.hub.calls.logsFor(dana, [{ callId, afterSeq: 4 }]);
    expect(log?.events.map(({ event }) => event.type)).toEqual(['left', 'left', 'ended']);
  });
});

describe('a mark that the headset does not answer', () => {
  async function marked() {
    const all = await inCall();
    const { bench, eva, callId } = all;
    const markId = randomUUID();
    const command = { type: 'mark', markId, target: DANA, frame: FRAME, mark: MARK } as const;
    accepted(await bench.hub.calls.command(eva, { commandId: randomUUID(), callId, command }));
    return { ...all, isWaiting: () => bench.hub.log.open.get(callId)?.state.pendingMarks[markId] !== undefined };
  }

  test('is refused after 30 seconds, and not before [SPEC 6.9]', async () => {
    const { bench, isWaiting, callId } = await marked();
    await bench.clock.advance(LIMITS.markWaitMs - 1);
    expect(isWaiting()).toBe(true);
    await bench.clock.advance(1);
    expect(isWaiting()).toBe(false);
    const refused = (await bench.store.eventsAfter(callId, 0)).at(-1)?.event;
    expect(refused).toMatchObject({ type: 'markRefused', code: 'frame-too-old', author: EVA });
  });

  test('does not age while the headset is away [SPEC 6.9]', async () => {
    const { bench, dana, isWaiting } = await marked();
    await bench.clock.advance(LIMITS.markWaitMs - SILENT_BLIP_MS - 1);
    bench.hub.departed(dana);
    await bench.clock.advance(LIMITS.markWaitMs);
    await back(bench, dana);
    await bench.clock.advance(LIMITS.markWaitMs - 1);
    expect(isWaiting()).toBe(true);
    await bench.clock.advance(1);
    expect(isWaiting()).toBe(false);
  });

  test('is refused after a restart of the hub too [SPEC 6.9]', async () => {
    const { bench, dana, isWaiting } = await marked();
    await bench.restart();
    await back(bench, dana);
    await bench.clock.advance(LIMITS.markWaitMs);
    expect(isWaiting()).toBe(false);
  });
});
