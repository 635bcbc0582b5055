import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImageMark } from '../../../src/domain/annotation/types.ts';
import type { KnockAnswer } from '../../../src/protocol/join-api/messages.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';
import type { RelayPayload } from '../../../src/protocol/types.ts';
import { AUDIO, DANA } from '../support/hub-bench.ts';
import { type Client, createWireBench, until, type WireBench } from '../support/wire-bench.ts';

let bench: WireBench;
beforeEach(async () => {
  bench = await createWireBench();
});
afterEach(() => bench.close());

const stillId = randomUUID();
const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
const ink = (points: number): ImageMark => ({
  shape: 'ink',
  colour: 'red',
  points: Array.from({ length: points }, (_, at) => [Math.sqrt(at / points), Math.cbrt(at / points)] as const),
  aspect: 9 / 16,
});
const joining = (meetingId: string) => ({ commandId: randomUUID(), meetingId, media: AUDIO });

/** An agent at a desk and a customer on a phone who was let in, in a one-time call. */
async function oneTimeCall() {
  const agent = await bench.connect(DANA);
  const request = { commandId: randomUUID(), title: '', zone: 'UTC', durationMin: 30 };
  const made = await agent.invoke('createOneTimeCall', request);
  if (!made.ok) throw new Error(made.refusal.code);
  const { meetingId } = made.value.meeting;
  const response = await bench.join.request(
    '/knock',
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: made.value.url.split('/').at(-1), name: 'Carla' }),
    },
    { incoming: { socket: { remoteAddress: '203.0.113.9' } } },
  );
  const { ticket, person } = (await response.json()) as KnockAnswer;
  const customer = await bench.visit(ticket ?? '', { kind: 'phone' });
  await customer.invoke('joinMeeting', joining(meetingId));
  await agent.invoke('admit', { meetingId, person });
  await agent.invoke('joinMeeting', joining(meetingId));
  const joined = await customer.invoke('joinMeeting', joining(meetingId));
  if (!joined.ok || joined.value.state !== 'in') throw new Error('not in');
  const { callId } = joined.value.log;
  const send = (from: Client, to: string, payload: RelayPayload) => from.invoke('relay', { callId, to, payload });
  return {
    agent,
    customer,
    callId,
    toCustomer: (payload: RelayPayload) => send(agent, person, payload),
    toAgent: (payload: RelayPayload) => send(customer, DANA, payload),
    person,
  };
}

describe('a still of a customer’s camera', () => {
  test('goes to the customer with its marks and its end, and is no part of the call’s log [SPEC 8.6]', async () => {
    const { agent, customer, callId, toCustomer } = await oneTimeCall();
    const before = await agent.invoke('resume', { callId, afterSeq: 0 });
    const payloads: readonly RelayPayload[] = [
      { type: 'still', stillId, jpeg },
      { type: 'stillMarks', stillId, marks: [ink(3)] },
      { type: 'stillOver', stillId },
    ];
    for (const payload of payloads) expect(await toCustomer(payload)).toEqual({ ok: true, value: null });
    await until(() => customer.heard('relay').length === payloads.length);
    expect(customer.heard('relay')).toEqual(payloads.map((payload) => ({ callId, from: DANA, payload })));
    expect(await agent.invoke('resume', { callId, afterSeq: 0 })).toEqual(before);
  });

  test('is drawn on by nobody who is signed out, who may ask for it and tell what they see of it [SPEC 8.7]', async () => {
    const { agent, callId, toAgent, person } = await oneTimeCall();
    const refused = { ok: false, refusal: { code: 'one-time-no-drawing' } };
    expect(await toAgent({ type: 'still', stillId, jpeg })).toMatchObject(refused);
    expect(await toAgent({ type: 'stillMarks', stillId, marks: [] })).toMatchObject(refused);
    const payload = { type: 'stillSeen', stillId, seen: 'shown' } as const;
    expect(await toAgent({ type: 'askStill', stillId: null })).toMatchObject({ ok: true });
    expect(await toAgent(payload)).toMatchObject({ ok: true });
    await until(() => agent.heard('relay').length === 2);
    expect(agent.heard('relay')[1]).toEqual({ callId, from: person, payload });
  });

  test('is followed by marks as often as a pen needs it, and by no more; pictures are counted apart [SPEC 2.7]', async () => {
    const { toCustomer } = await oneTimeCall();
    const many = LIMITS.smallRelaysBurst + 10;
    const marks = { type: 'stillMarks', stillId, marks: [ink(3)] } as const;
    const answers = await Promise.all(Array.from({ length: many }, () => toCustomer(marks)));
    const taken = answers.filter(({ ok }) => ok).length;
    expect(taken).toBeGreaterThanOrEqual(LIMITS.smallRelaysBurst - 1);
    expect(taken).toBeLessThan(many);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'too-many-requests' } });
    expect(await toCustomer({ type: 'still', stillId, jpeg })).toMatchObject({ ok: true });
  });

  test('may be covered with as many marks as its limits say: they fit one message', async () => {
    const { customer, toCustomer } = await oneTimeCall();
    const full = Array.from({ length: LIMITS.stillMarks }, () => ink(LIMITS.stillPoints));
    expect(await toCustomer({ type: 'stillMarks', stillId, marks: full })).toEqual({ ok: true, value: null });
    await until(() => customer.heard('relay').length === 1);
    for (const marks of [[...full, ink(1)], [ink(LIMITS.stillPoints + 1)]]) {
      expect(await toCustomer({ type: 'stillMarks', stillId, marks })).toMatchObject({
        refusal: { code: 'malformed' },
      });
    }
  });

  test('has at most the bytes of a snapshot', async () => {
    const { toCustomer } = await oneTimeCall();
    const large = new Uint8Array(LIMITS.snapshotBytes + 1);
    large.set(jpeg);
    const malformed = { refusal: { code: 'malformed' } };
    expect(await toCustomer({ type: 'still', stillId, jpeg: large })).toMatchObject(malformed);
    expect(await toCustomer({ type: 'still', stillId, jpeg: large.slice(0, LIMITS.snapshotBytes) })).toMatchObject({
      ok: true,
    });
  });
});
