import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeviceKind, PersonKey } from '../../../src/domain/call/state.ts';
import { answered, askToJoin, comeIn, type LinkedMeeting } from '../support/door-bench.ts';
import { DANA, EVA, FINN, GIL, OLGA } from '../support/hub-bench.ts';
import { knockAt, look, oneTimeCall, tokenOf } from '../support/join-bench.ts';
import { type Client, createWireBench, until, type WireBench } from '../support/wire-bench.ts';

/** Each rule of one-time calls through a hub on a real socket, with the official client on the other side. */
let bench: WireBench;
beforeAll(async () => {
  bench = await createWireBench();
});
afterAll(() => bench.close());

async function callOf(agent: Client): Promise<LinkedMeeting> {
  const made = await oneTimeCall(agent);
  return { meetingId: made.meeting.meetingId, token: tokenOf(made) };
}

/** A customer without a sign-in, at the door. */
async function customerOf(call: LinkedMeeting, name = 'Chris') {
  const { body } = await knockAt(bench, { token: call.token, name });
  const client = await bench.visit(body.ticket ?? '', { kind: 'phone' });
  return { client, person: body.person };
}

/** Agent and customer in the call. */
async function inCall(kind: DeviceKind = 'desk') {
  const agent = await bench.connect(DANA, { kind });
  const call = await callOf(agent);
  const callId = await comeIn(agent, call);
  const { client: customer, person } = await customerOf(call);
  answered(await askToJoin(customer, call));
  const desk = kind === 'desk' ? agent : await bench.connect(DANA);
  answered(await desk.invoke('admit', { meetingId: call.meetingId, person }));
  await comeIn(customer, call);
  const end = async (): Promise<void> => {
    await agent.raw('command', { commandId: randomUUID(), callId, command: { type: 'leave' } });
  };
  return { agent, customer, person, call, callId, end };
}

describe('a one-time call', () => {
  test.each([
    ['from the desk', DANA, 'desk', ['Teams.User'], 'made'],
    ['from the headset', DANA, 'headset', ['RemoteAssist.User'], 'made'],
    ['by a guest of the company', GIL, 'desk', ['Teams.User'], 'meeting-invalid'],
  ] as const)('is made %s by whoever is licensed and a member', async (_name, person, kind, roles, expected) => {
    const client = await bench.connect(person, { kind, claims: { roles } });
    const request = { commandId: randomUUID(), title: '', zone: 'UTC', durationMin: 30 };
    const answer = await client.invoke('createOneTimeCall', request);
    expect(answer.ok ? 'made' : answer.refusal.code).toBe(expected);
    if (!answer.ok) return;
    expect(answer.value.meeting).toMatchObject({ kind: 'oneTime', title: 'EventTitle', joinable: true });
    expect(answer.value.meeting.startMs).toBeLessThanOrEqual(Date.now());
  });

  test('is made by nobody without a licence', async () => {
    await expect(bench.connect(FINN, { claims: { roles: [] } })).rejects.toThrow('licence-missing');
  });

  test('stands in the agent’s list, with a title, a time and a duration that can be edited', async () => {
    const agent = await bench.connect(DANA);
    const { meetingId } = await callOf(agent);
    const { draft, revision } = answered(await agent.invoke('meeting', { meetingId }));
    const startMs = Date.now() + 3_600_000;
    const edited = { ...draft, title: 'Oven', startMs, endMs: startMs + 900_000 };
    const answer = await agent.invoke('changeMeeting', { meetingId, revision, draft: edited });
    expect(answer).toMatchObject({ value: { title: 'Oven', startMs, endMs: startMs + 900_000 } });
    const listed = answered(await agent.invoke('meetings', {})).find((one) => one.meetingId === meetingId);
    expect(listed).toMatchObject({ title: 'Oven', oneTime: 'waiting' });
  });

  test('has a message with instructions and a link, which a copy of the link leads to as well', async () => {
    const agent = await bench.connect(DANA);
    const { meetingId } = await callOf(agent);
    const { text, url: written } = answered(await agent.invoke('invitation', { meetingId }));
    const url = written ?? '';
    expect(text).toContain(url);
    expect(text.length).toBeGreaterThan(url.length + 40);
    const copied = tokenOf(answered(await agent.invoke('joinLink', { meetingId })));
    for (const token of [tokenOf({ url }), copied]) {
      expect(await look(bench, token)).toMatchObject({ company: 'ABC', closed: null });
    }
  });

  test('has no place for a third, whoever that is', async () => {
    const { call, end } = await inCall();
    for (const person of [EVA, FINN, OLGA]) {
      const client = await bench.connect(person, { kind: 'join' });
      expect(await askToJoin(client, call)).toMatchObject({ refusal: { code: 'one-time-full' } });
    }
    expect(await knockAt(bench, { token: call.token, name: 'Third' })).toMatchObject({
      status: 409,
      body: { code: 'one-time-full' },
    });
    await end();
  });

  test.each<readonly [string, PersonKey]>([
    ['a colleague', FINN],
    ['a guest of the company', GIL],
    ['somebody of another company', OLGA],
  ])('makes its customer wait, recognised by the own sign-in: %s', async (_name, person) => {
    const call = await callOf(await bench.connect(DANA));
    const client = await bench.connect(person, { kind: 'join' });
    expect(await askToJoin(client, call)).toMatchObject({ value: { state: 'waiting' } });
    answered(await client.invoke('leaveLobby', { meetingId: call.meetingId }));
  });

  test('lets nothing of a customer who waits reach anybody, nor anything reach them, before Admit', async () => {
    const agent = await bench.connect(DANA);
    const call = await callOf(agent);
    const callId = await comeIn(agent, call);
    const { client, person } = await customerOf(call);
    answered(await askToJoin(client, call));
    const offer = { type: 'description', sdpType: 'offer', sdp: 'v=0' } as const;
    const signal = { callId, to: DANA, payload: offer };
    expect(await client.invoke('signal', signal)).toMatchObject({ refusal: { code: 'call-unknown' } });
    expect(await agent.invoke('signal', { ...signal, to: person })).toMatchObject({ refusal: { code: 'not-found' } });
    const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
    const still = { callId, to: DANA, payload: { type: 'still', stillId: randomUUID(), jpeg } } as const;
    expect(await client.invoke('relay', still)).toMatchObject({ refusal: { code: 'call-unknown' } });
    expect(await agent.invoke('relay', { ...still, to: person })).toMatchObject({ refusal: { code: 'not-found' } });
    answered(await agent.invoke('admit', { meetingId: call.meetingId, person }));
    await comeIn(client, call);
    expect(await client.invoke('signal', signal)).toMatchObject({ ok: true });
    expect(await agent.invoke('relay', { ...still, to: person })).toMatchObject({ ok: true });
    await until(() => agent.heard('signal').length === 1 && client.heard('relay').length === 1);
    await agent.raw('command', { commandId: randomUUID(), callId, command: { type: 'leave' } });
  });

  test('once ended says so by the same link, tells no history, and a new one opens from there', async () => {
    const { agent, customer, call, callId, end } = await inCall();
    await end();
    await until(async () => (await look(bench, call.token)).closed === 'call-over');
    expect(await askToJoin(customer, call)).toMatchObject({ refusal: { code: 'call-over' } });
    const resumed = await customer.invoke('resume', { callId, afterSeq: 0 });
    expect(resumed).toEqual({ ok: false, refusal: { code: 'call-unknown' } });
    const next = await callOf(agent);
    const again = await customerOf(next);
    expect(await askToJoin(again.client, next)).toMatchObject({ value: { state: 'waiting' } });
  });

  test('denies its signed-out customer the drawing, the snapshot of a poor network, people and lists', async () => {
    const { agent, customer, callId, call, end } = await inCall('headset');
    const mark = {
      ...{ type: 'mark', markId: randomUUID(), target: DANA, frame: { frameId: 1, captureTimeMs: 1, spaceEpoch: 1 } },
      mark: { shape: 'arrow', colour: 'red', points: [[0.1, 0.1]], aspect: 1 },
    };
    const draw = await customer.raw('command', { commandId: randomUUID(), callId, command: mark });
    expect(draw).toMatchObject({ refusal: { code: 'one-time-no-drawing' } });
    const snapshot = { callId, to: DANA, payload: { type: 'askSnapshot' } } as const;
    expect(await customer.invoke('relay', snapshot)).toMatchObject({ refusal: { code: 'anonymous-no-snapshots' } });
    for (const [method, request] of [
      ['contacts', {}],
      ['search', { query: 'eva' }],
      ['meeting', { meetingId: call.meetingId }],
      ['joinLink', { meetingId: call.meetingId }],
      ['add', { commandId: randomUUID(), callId, to: EVA }],
    ] as const) {
      expect([method, await customer.raw(method, request)]).toEqual([
        method,
        { ok: false, refusal: { code: 'not-signed-in' } },
      ]);
    }
    expect(agent.heard('relay')).toEqual([]);
    await end();
  });

  test('is joined from a headset by a licensed technician, and never by its customer', async () => {
    const { call, end } = await inCall('headset');
    await end();
    await until(async () => (await look(bench, call.token)).closed === 'call-over');
    const other = await callOf(await bench.connect(DANA));
    for (const kind of ['headset', 'desk'] as const) {
      const { body } = await knockAt(bench, { token: other.token, name: 'Chris' });
      await expect(bench.visit(body.ticket ?? '', { kind })).rejects.toThrow('not-signed-in');
    }
    const olga = await bench.connect(OLGA, { kind: 'headset' });
    expect(await askToJoin(olga, other)).toMatchObject({ refusal: { code: 'anonymous-no-headset' } });
  });
});
