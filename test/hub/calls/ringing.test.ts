import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CallCommand } from '../../../src/domain/call/command.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';
import {
  AUDIO,
  accepted,
  type Bench,
  createBench,
  DANA,
  EVA,
  FINN,
  OLGA,
  type Page,
  VIDEO,
} from '../support/hub-bench.ts';

const ring = async (bench: Bench, from: Page, to: string, commandId: string = randomUUID()): Promise<string> =>
  accepted(await bench.hub.calls.call(from, { commandId, to, media: VIDEO })).callId;
const command = (bench: Bench, page: Page, callId: string, what: CallCommand, commandId: string = randomUUID()) =>
  bench.hub.calls.command(page, { commandId, callId, command: what });
const stateOf = (page: Page, callId: string, person: string) => page.call(callId).participants[person]?.state;

describe('a direct call', () => {
  test('rings on all devices of the one who is called, and answering on one stops the others [SPEC 4.1]', async () => {
    const bench = await createBench();
    const [dana, desk, headset] = [
      await bench.arrive(DANA),
      await bench.arrive(EVA),
      await bench.arrive(EVA, 'headset'),
    ];
    const callId = await ring(bench, dana, EVA);
    expect(stateOf(desk, callId, EVA)).toBe('ringing');
    expect(stateOf(headset, callId, EVA)).toBe('ringing');
    accepted(await command(bench, headset, callId, { type: 'answer', media: AUDIO }));
    for (const page of [dana, desk, headset]) {
      expect(page.call(callId).participants[EVA]).toMatchObject({ state: 'joined', device: headset.device });
    }
    expect(await command(bench, desk, callId, { type: 'answer', media: AUDIO })).toMatchObject({
      refusal: { code: 'already-in-call' },
    });
  });

  test('rings a page that opens while it rings', async () => {
    const bench = await createBench();
    const callId = await ring(bench, await bench.arrive(DANA), EVA);
    const eva = await bench.arrive(EVA);
    const [log] = await bench.hub.calls.logsFor(eva, []);
    expect(log).toMatchObject({ callId });
    expect(log?.events.map((logged) => logged.seq)).toEqual([1, 2, 3]);
  });

  test('is a missed call after 45 seconds, and not before [SPEC 4.2]', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const callId = await ring(bench, dana, EVA);
    await bench.clock.advance(LIMITS.ringMs - 1);
    expect(dana.call(callId).phase).toBe('open');
    await bench.clock.advance(1);
    expect(dana.call(callId).phase).toBe('ended');
    expect(eva.call(callId).phase).toBe('ended');
    expect(eva.heard.at(-1)).toEqual({ name: 'listsChanged', message: { list: 'contacts' } });
    expect((await bench.hub.lists.contacts(eva))[0]).toMatchObject({ key: DANA, last: { outcome: 'missed' } });
    expect((await bench.hub.lists.contacts(dana))[0]).toMatchObject({ key: EVA, last: { outcome: 'outgoing' } });
  });

  test('is a missed call when its caller gives up', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const callId = await ring(bench, dana, EVA);
    accepted(await command(bench, dana, callId, { type: 'leave' }));
    expect(eva.heard.at(-1)).toEqual({ name: 'listsChanged', message: { list: 'contacts' } });
    expect((await bench.hub.lists.contacts(eva))[0]).toMatchObject({ key: DANA, last: { outcome: 'missed' } });
    expect((await bench.hub.lists.contacts(dana))[0]).toMatchObject({ key: EVA, last: { outcome: 'outgoing' } });
  });

  test('keeps its ringing time through a restart of the hub', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const callId = await ring(bench, dana, EVA);
    await bench.clock.advance(30_000);
    await bench.restart();
    await bench.arrive(DANA, 'desk', dana.device.id);
    await bench.clock.advance(14_999);
    expect(bench.hub.log.open.get(callId)).toBeDefined();
    await bench.clock.advance(1);
    expect(bench.hub.log.open.get(callId)).toBeUndefined();
    expect((await bench.store.eventsAfter(callId, 0)).at(-1)?.event).toEqual({ type: 'ended', reason: 'missed' });
  });

  test('is answered when the two call each other at the same moment [SPEC 4.3]', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const [one, other] = await Promise.all([ring(bench, dana, EVA), ring(bench, eva, DANA)]);
    expect(other).toBe(one);
    expect(stateOf(dana, one, DANA)).toBe('joined');
    expect(stateOf(dana, one, EVA)).toBe('joined');
    expect(bench.hub.log.open.all()).toHaveLength(1);
  });

  test('is refused as busy while the other is in a call, and leaves a missed call behind [SPEC 4.4]', async () => {
    const bench = await createBench();
    const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
    const callId = await ring(bench, dana, EVA);
    await command(bench, eva, callId, { type: 'answer', media: AUDIO });
    const before = eva.count('listsChanged');
    const third = await bench.hub.calls.call(finn, { commandId: randomUUID(), to: EVA, media: AUDIO });
    expect(third).toMatchObject({ ok: false, refusal: { code: 'busy' } });
    expect((await bench.hub.lists.contacts(eva)).find((one) => one.key === FINN)?.last?.outcome).toBe('missed');
    expect(eva.count('listsChanged')).toBe(before + 1);
  });

  test('cannot begin nor be answered while its caller is in another', async () => {
    const bench = await createBench();
    const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
    const first = await ring(bench, dana, EVA);
    const second = await ring(bench, finn, EVA);
    await command(bench, eva, first, { type: 'answer', media: AUDIO });
    expect(await bench.hub.calls.call(dana, { commandId: randomUUID(), to: FINN, media: AUDIO })).toMatchObject({
      refusal: { code: 'already-in-call' },
    });
    expect(await command(bench, eva, second, { type: 'answer', media: AUDIO })).toMatchObject({
      refusal: { code: 'already-in-call' },
    });
  });

  test('ends when one side hangs up [SPEC 4.5]', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const callId = await ring(bench, dana, EVA);
    await command(bench, eva, callId, { type: 'answer', media: AUDIO });
    accepted(await command(bench, dana, callId, { type: 'leave' }));
    expect(eva.call(callId).phase).toBe('ended');
    expect(bench.hub.log.open.all()).toEqual([]);
    expect(await command(bench, eva, callId, { type: 'leave' })).toMatchObject({ refusal: { code: 'call-ended' } });
    expect(await bench.store.openCalls()).toEqual([]);
  });

  test('moves to another page of the same person, and the old page is told [SPEC 3.7]', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const callId = await ring(bench, dana, EVA);
    await command(bench, eva, callId, { type: 'answer', media: AUDIO });
    const second = await bench.arrive(EVA);
    expect(await ring(bench, second, DANA)).toBe(callId);
    expect(dana.call(callId).participants[EVA]).toMatchObject({ state: 'joined', device: second.device });
    expect(eva.heard).toContainEqual({ name: 'replaced', message: { callId } });
    expect(second.count('replaced')).toBe(0);
    expect(await command(bench, eva, callId, { type: 'leave' })).toMatchObject({ refusal: { code: 'not-in-call' } });
  });

  test.each([
    ['oneself', DANA, 'not-allowed'],
    ['somebody of a tenant that is not trusted', OLGA, 'external-off'],
    ['nobody', `${DANA.split(':')[0]}:00000000-0000-4000-8000-0000000000ff`, 'not-found'],
  ])('is refused to %s', async (_whom, to, code) => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const result = await bench.hub.calls.call(dana, { commandId: randomUUID(), to, media: AUDIO });
    expect(result).toMatchObject({ ok: false, refusal: { code } });
    expect(bench.hub.log.open.all()).toEqual([]);
  });
});

describe('a repeated request', () => {
  test('to call rings once [SPEC 2.5]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const commandId = randomUUID();
    const ids = await Promise.all([ring(bench, dana, EVA, commandId), ring(bench, dana, EVA, commandId)]);
    expect(new Set(ids).size).toBe(1);
    expect(await bench.store.eventsAfter(ids[0] ?? '', 0)).toHaveLength(3);
  });

  test('is answered as the first time, also after the call has ended and the hub has restarted [SPEC 2.5]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const start = randomUUID();
    const leave = randomUUID();
    const callId = await ring(bench, dana, EVA, start);
    const first = accepted(await command(bench, dana, callId, { type: 'leave' }, leave));
    expect(await command(bench, dana, callId, { type: 'leave' }, leave)).toEqual({ ok: true, value: first });
    await bench.restart();
    expect(await command(bench, dana, callId, { type: 'leave' }, leave)).toEqual({ ok: true, value: first });
    expect(await ring(bench, dana, EVA, start)).toBe(callId);
    expect(bench.hub.log.open.all()).toEqual([]);
  });

  test('runs once however often and however closely it is repeated [SPEC 2.5] [SPEC 3.5]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const callId = await ring(bench, dana, EVA);
    const commandId = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => command(bench, dana, callId, { type: 'setMedia', media: AUDIO }, commandId)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await bench.store.eventsAfter(callId, 0)).map(({ event }) => event.type)).toEqual([
      'callCreated',
      'joined',
      'rang',
      'mediaChanged',
    ]);
  });
});
