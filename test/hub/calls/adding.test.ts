import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  AUDIO,
  accepted,
  type Bench,
  createBench,
  DANA,
  EVA,
  FINN,
  type Page,
  RUNNING_MEETING,
} from '../support/hub-bench.ts';
import { settle } from '../support/settle.ts';

const add = async (bench: Bench, page: Page, callId: string, to: string, commandId: string = randomUUID()) => {
  const result = await bench.hub.calls.add(page, { commandId, callId, to });
  await settle();
  return result;
};
const answer = async (bench: Bench, page: Page, callId: string) => {
  const request = { commandId: randomUUID(), callId, command: { type: 'answer', media: AUDIO } } as const;
  const result = await bench.hub.calls.command(page, request);
  await settle();
  return result;
};

/** Dana and Eva in a call, Finn at hand. */
async function call() {
  const bench = await createBench();
  const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
  const request = { commandId: randomUUID(), to: EVA, media: AUDIO };
  const { callId } = accepted(await bench.hub.calls.call(dana, request));
  accepted(await answer(bench, eva, callId));
  return { bench, dana, eva, finn, callId };
}

describe('adding somebody to a direct call', () => {
  test('rings them, with the call’s whole log, and once for a repeated request [SPEC 4.6]', async () => {
    const { bench, dana, eva, finn, callId } = await call();
    const commandId = randomUUID();
    const first = accepted(await add(bench, dana, callId, FINN, commandId));
    expect(await add(bench, dana, callId, FINN, commandId)).toEqual({ ok: true, value: first });
    expect(finn.call(callId).participants[FINN]?.state).toBe('ringing');
    expect(finn.call(callId)).toEqual(eva.call(callId));
    accepted(await answer(bench, finn, callId));
    const states = Object.values(dana.call(callId).participants).map((one) => one.state);
    expect(states).toEqual(['joined', 'joined', 'joined']);
  });

  test('leaves the other two together when the added one does not answer', async () => {
    const { bench, dana, callId } = await call();
    await add(bench, dana, callId, FINN);
    await bench.clock.advance(60_000);
    expect(dana.call(callId)).toMatchObject({ phase: 'open', participants: { [FINN]: { state: 'left' } } });
  });

  test('is for the page that is in the call, of people who are free [SPEC 4.6]', async () => {
    const { bench, dana, eva, finn, callId } = await call();
    expect(await add(bench, dana, randomUUID(), FINN)).toMatchObject({ refusal: { code: 'call-unknown' } });
    expect(await add(bench, finn, callId, FINN)).toMatchObject({ refusal: { code: 'not-in-call' } });
    const otherPage = await bench.arrive(DANA);
    expect(await add(bench, otherPage, callId, FINN)).toMatchObject({ refusal: { code: 'not-in-call' } });
    expect(await add(bench, dana, callId, EVA)).toMatchObject({ refusal: { code: 'already-in-call' } });
    const meeting = { commandId: randomUUID(), meetingId: RUNNING_MEETING, media: AUDIO };
    accepted(await bench.hub.calls.joinMeeting(finn, meeting));
    expect(await add(bench, eva, callId, FINN)).toMatchObject({ refusal: { code: 'busy' } });
    expect((await bench.hub.lists.contacts(finn))[0]).toMatchObject({ key: EVA, last: { outcome: 'missed' } });
  });
});
