import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  AUDIO,
  accepted,
  type Bench,
  cameIn,
  createBench,
  DANA,
  EVA,
  FINN,
  GIL,
  type Page,
  TID,
} from '../support/hub-bench.ts';
import { decide, knock, newcomer, oneTimeCall, plan } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

const add = async (bench: Bench, page: Page, callId: string, to: string) => {
  const result = await bench.hub.calls.add(page, { commandId: randomUUID(), callId, to });
  await settle();
  return result;
};
const command = async (bench: Bench, page: Page, callId: string, what: 'answer' | 'decline') => {
  const wanted =
    what === 'answer'
      ? ({ type: 'answer', media: AUDIO } as const)
      : ({ type: 'decline', reason: 'declined' } as const);
  const result = await bench.hub.calls.command(page, { commandId: randomUUID(), callId, command: wanted });
  await settle();
  return result;
};
const seats = async (bench: Bench, meetingId: string) =>
  Object.keys((await bench.hub.meetings.doors.state({ tid: TID, meetingId })).inside);

/** Dana in a meeting of hers; nobody else is invited. */
async function meeting() {
  const bench = await createBench();
  const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
  const { meetingId } = await plan(bench, dana);
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  return { bench, dana, eva, meetingId, callId };
}

describe('adding somebody to a meeting', () => {
  test('rings them, with a place from then on; answering brings them in without waiting [SPEC 10.20]', async () => {
    const { bench, dana, eva, meetingId, callId } = await meeting();
    accepted(await add(bench, dana, callId, EVA));
    expect(eva.call(callId)).toMatchObject({
      title: 'Pump',
      participants: { [EVA]: { state: 'ringing', rungBy: DANA } },
    });
    expect(await seats(bench, meetingId)).toEqual([DANA, EVA]);
    accepted(await command(bench, eva, callId, 'answer'));
    expect(dana.call(callId).participants[EVA]?.state).toBe('joined');
    await bench.clock.advance(120_000);
    expect(await seats(bench, meetingId)).toEqual([DANA, EVA]);
  });

  test.each(['declined', 'unanswered'])('gives the place back when it is %s', async (how) => {
    const { bench, dana, eva, meetingId, callId } = await meeting();
    accepted(await add(bench, dana, callId, EVA));
    if (how === 'declined') accepted(await command(bench, eva, callId, 'decline'));
    else await bench.clock.advance(46_000);
    expect(dana.call(callId)).toMatchObject({ phase: 'open', participants: { [EVA]: { state: 'left' } } });
    expect(await seats(bench, meetingId)).toEqual([DANA]);
  });

  test('is over for somebody whose place at the door is gone', async () => {
    const { bench, dana, eva, meetingId, callId } = await meeting();
    accepted(await add(bench, dana, callId, EVA));
    await bench.hub.meetings.doors.run({ tid: TID, meetingId }, { type: 'leave', person: EVA });
    expect(await command(bench, eva, callId, 'answer')).toMatchObject({ refusal: { code: 'not-ringing' } });
    expect(dana.call(callId).participants[EVA]?.state).not.toBe('joined');
  });

  test('keeps to the rules of reach, and to who is free', async () => {
    const { bench, dana, eva, meetingId, callId } = await meeting();
    expect(await add(bench, dana, callId, `${TID}:${randomUUID()}`)).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await add(bench, eva, callId, FINN)).toMatchObject({ refusal: { code: 'not-in-call' } });
    const gil = await bench.arrive(GIL);
    accepted(await bench.hub.calls.call(gil, { commandId: randomUUID(), to: FINN, media: AUDIO }));
    expect(await add(bench, dana, callId, GIL)).toMatchObject({ refusal: { code: 'busy' } });
    expect(await seats(bench, meetingId)).toEqual([DANA]);
  });

  test('is not for those without a sign-in, and a fifth is refused [SPEC 10.12] [SPEC 10.14]', async () => {
    const { bench, dana, meetingId, callId } = await meeting();
    for (const name of ['A', 'B']) {
      const page = await bench.visit(newcomer(meetingId, name));
      accepted(await knock(bench, page, meetingId));
      accepted(await decide(bench, dana, { type: 'admit', meetingId, person: page.person }));
      cameIn(await knock(bench, page, meetingId));
      expect(await add(bench, page, callId, EVA)).toMatchObject({ refusal: { code: 'outsiders-no-adding' } });
    }
    accepted(await add(bench, dana, callId, EVA));
    expect(await add(bench, dana, callId, FINN)).toMatchObject({ refusal: { code: 'meeting-full' } });
  });

  test('is nothing for a one-time call', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    await bench.arrive(EVA);
    const { meeting: made } = await oneTimeCall(bench, dana);
    const { callId } = cameIn(await knock(bench, dana, made.meetingId));
    expect(await add(bench, dana, callId, EVA)).toMatchObject({ refusal: { code: 'one-time-full' } });
    expect(made.may.add).toBe(false);
  });
});
