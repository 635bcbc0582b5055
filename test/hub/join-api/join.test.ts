import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANSWER_AFTER_MS } from '../../../src/hub/join-api/api.ts';
import type { KnockAnswer, LinkLook } from '../../../src/protocol/join-api/messages.ts';
import type { MeetingWithLink } from '../../../src/protocol/meetings.ts';
import { HUB_METHODS } from '../../../src/protocol/schemas/requests.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { AUDIO, DANA, EVA, OLGA } from '../support/hub-bench.ts';
import { type Client, createWireBench, until, type WireBench } from '../support/wire-bench.ts';

let bench: WireBench;
beforeEach(async () => {
  bench = await createWireBench();
});
afterEach(() => bench.close());

interface Asked {
  readonly status: number;
  readonly body: unknown;
  readonly cookie: string | null;
}

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Asked> {
  const response = await bench.join.request(
    path,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    },
    { incoming: { socket: { remoteAddress: headers.address ?? '203.0.113.9' } } },
  );
  const cookie = response.headers.get('Set-Cookie');
  return { status: response.status, body: await response.json(), cookie };
}
const look = async (token: string, headers?: Record<string, string>) =>
  (await post('/look', { token }, headers)).body as LinkLook;
const knock = async (token: string, name: string, headers?: Record<string, string>) =>
  (await post('/knock', { token, name }, headers)).body as KnockAnswer;
const tokenOf = ({ url }: { readonly url: string }): string => url.split('/').at(-1) ?? '';
const cookieOf = ({ cookie }: Asked): Record<string, string> => ({ Cookie: cookie?.split(';', 1)[0] ?? '' });

async function oneTimeCall(agent: Client): Promise<MeetingWithLink> {
  const request = { commandId: randomUUID(), title: '', zone: 'UTC', durationMin: 30 };
  const answer = await agent.invoke('createOneTimeCall', request);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
}
const joining = (meetingId: string) => ({ commandId: randomUUID(), meetingId, media: AUDIO });

/** An agent and a customer who waits, each on a connection of their own. */
async function waiting() {
  const agent = await bench.connect(DANA);
  const call = await oneTimeCall(agent);
  const { meetingId } = call.meeting;
  const knocked = await knock(tokenOf(call), 'Chris');
  const customer = await bench.visit(knocked.ticket ?? '');
  expect(await customer.invoke('joinMeeting', joining(meetingId))).toMatchObject({ value: { state: 'waiting' } });
  return { agent, customer, call, meetingId, person: knocked.person };
}

describe('opening a link', () => {
  test('tells the company’s name alone, and the organizer’s to who is signed in [SPEC 11.3]', async () => {
    const call = await oneTimeCall(await bench.connect(DANA));
    const open = { company: 'ABC', organizer: null, closed: null, returning: null };
    expect(await look(tokenOf(call))).toEqual(open);
    for (const person of [EVA, OLGA]) {
      const headers = { Authorization: `Bearer ${await bench.token(person)}` };
      expect(await look(tokenOf(call), headers)).toEqual({ ...open, organizer: 'Dana Okafor' });
    }
    expect((await post('/look', { token: tokenOf(call) }, { Authorization: 'Bearer nonsense' })).status).toBe(401);
  });

  test('changes nothing, however often, and takes its time for every answer [SPEC 11.2, 11.3]', async () => {
    const agent = await bench.connect(DANA);
    const call = await oneTimeCall(agent);
    for (const token of [tokenOf(call), tokenOf(call), 'A'.repeat(32), '', '../..']) {
      const startMs = performance.now();
      await look(token);
      expect(performance.now() - startMs).toBeGreaterThan(ANSWER_AFTER_MS - 5);
    }
    expect(agent.heard('lobby')).toEqual([]);
    const answer = await agent.invoke('meeting', { meetingId: call.meeting.meetingId });
    expect(answer).toMatchObject({ value: { oneTime: 'waiting' } });
  });

  test('says what has become of it: unknown, full, over, revoked [SPEC 11.9]', async () => {
    expect(await look('A'.repeat(32))).toMatchObject({ company: null, closed: 'link-unknown' });
    const { agent, customer, call, meetingId, person } = await waiting();
    await agent.invoke('admit', { meetingId, person });
    const joined = await customer.invoke('joinMeeting', joining(meetingId));
    expect(await look(tokenOf(call))).toMatchObject({ company: 'ABC', closed: 'one-time-full' });
    const callId = joined.ok && joined.value.state === 'in' ? joined.value.log.callId : '';
    await customer.invoke('command', { commandId: randomUUID(), callId, command: { type: 'leave' } });
    await until(async () => (await look(tokenOf(call))).closed === 'call-over');
    const other = await oneTimeCall(agent);
    await agent.invoke('revokeLink', { meetingId: other.meeting.meetingId });
    expect(await look(tokenOf(other))).toMatchObject({ closed: 'link-revoked' });
    expect(await post('/knock', { token: tokenOf(other), name: 'Chris' })).toMatchObject({
      status: 409,
      body: { code: 'link-revoked' },
    });
  });

  test('brings back who waits, also while the meeting is full [SPEC 10.9]', async () => {
    const agent = await bench.connect(DANA);
    const made = await agent.invoke('meetNow', { commandId: randomUUID(), title: '', zone: 'UTC' });
    if (!made.ok) throw new Error(made.refusal.code);
    const { meetingId } = made.value.meeting;
    const token = tokenOf(made.value);
    const comers = [];
    for (const name of ['A', 'B', 'C', 'D', 'E']) {
      const knocked = await post('/knock', { token, name });
      const { ticket, person } = knocked.body as KnockAnswer;
      await (await bench.visit(ticket ?? '')).invoke('joinMeeting', joining(meetingId));
      comers.push({ person, headers: cookieOf(knocked) });
    }
    const [last] = comers.slice(-1);
    await agent.invoke('admitAll', { meetingId, people: comers.map(({ person }) => person) });
    expect(await look(token)).toMatchObject({ closed: 'meeting-full' });
    expect(await look(token, last?.headers)).toMatchObject({ closed: null, returning: null });
    expect(await knock(token, 'E', last?.headers)).toMatchObject({ person: last?.person });
  });

  test('of a cancelled meeting brings back those who are in it, and nobody else [SPEC 10.10]', async () => {
    const agent = await bench.connect(DANA);
    const made = await agent.invoke('meetNow', { commandId: randomUUID(), title: '', zone: 'UTC' });
    if (!made.ok) throw new Error(made.refusal.code);
    const { meetingId, revision } = made.value.meeting;
    const token = tokenOf(made.value);
    await agent.invoke('joinMeeting', joining(meetingId));
    const knocked = await post('/knock', { token, name: 'Chris' });
    const { ticket, person } = knocked.body as KnockAnswer;
    const page = await bench.visit(ticket ?? '');
    await page.invoke('joinMeeting', joining(meetingId));
    await agent.invoke('admit', { meetingId, person });
    await page.invoke('joinMeeting', joining(meetingId));
    const stranger = await knock(token, 'Sam');
    await agent.invoke('cancelMeeting', { meetingId, revision });
    await page.connection.stop();
    const again = await knock(token, 'Chris', cookieOf(knocked));
    const back = await bench.visit(again.ticket ?? '');
    expect(await back.invoke('joinMeeting', joining(meetingId))).toMatchObject({ value: { state: 'in' } });
    await expect(bench.visit(stranger.ticket ?? '')).rejects.toThrow('meeting-cancelled');
    expect(await post('/knock', { token, name: 'Sam' })).toMatchObject({ body: { code: 'meeting-cancelled' } });
  });

  test('by guessing comes to an end, for one address and its whole network alone [SPEC 11.7]', async () => {
    const call = await oneTimeCall(await bench.connect(DANA));
    const guesser = { address: '2001:db8:1:2::9' };
    for (let round = 0; round < 10; round += 1) {
      expect(await look(randomUUID(), guesser)).toMatchObject({ closed: 'link-unknown' });
    }
    for (const address of ['2001:db8:1:2::9', '2001:db8:1:2:ffff::1']) {
      expect(await post('/look', { token: tokenOf(call) }, { address })).toMatchObject({
        status: 429,
        body: { code: 'too-many-requests' },
      });
    }
    expect(await look(tokenOf(call), { address: '2001:db8:1:3::9' })).toMatchObject({ closed: null });
  });

  test('is not kept out by what others at the same address have tried [SPEC 11.7]', async () => {
    const agent = await bench.connect(DANA);
    const call = await oneTimeCall(agent);
    const knocked = await post('/knock', { token: tokenOf(call), name: 'Chris' });
    for (let round = 0; round < 15; round += 1) await post('/look', { token: randomUUID() });
    expect(await post('/look', { token: tokenOf(call) })).toMatchObject({ status: 429 });
    expect(await look(tokenOf(call), cookieOf(knocked))).toMatchObject({ closed: null });
  });

  test('brings no more than so many new people from one address, and those who were there before always', async () => {
    const call = await oneTimeCall(await bench.connect(DANA));
    const token = tokenOf(call);
    const first = await post('/knock', { token, name: 'Chris' });
    const others = Array.from({ length: 60 }, (_, n) => post('/knock', { token, name: `Chris ${n}` }));
    expect((await Promise.all(others)).map(({ status }) => status)).toContain(429);
    expect(await post('/knock', { token, name: 'Chris' }, cookieOf(first))).toMatchObject({ status: 200 });
    expect(await post('/knock', { token, name: 'Else' }, { address: '192.0.2.8' })).toMatchObject({ status: 200 });
  });

  test('takes no form of another site, and nothing but its own messages', async () => {
    expect((await post('/look', { token: 'x' }, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('/look', { token: 'x' }, { 'Content-Type': 'text/plain' })).status).toBe(403);
    expect((await post('/look', { token: 'x', more: 1 })).status).toBe(400);
    expect((await post('/look', { token: 'x'.repeat(4_000) })).status).toBe(413);
    expect(
      (await post('/knock', { token: tokenOf(await oneTimeCall(await bench.connect(DANA))), name: ' ' })).status,
    ).toBe(400);
  });
});

describe('a ticket', () => {
  test('makes a connection for its one meeting, as the name that was typed [SPEC 11.4]', async () => {
    const { agent, customer, meetingId, person } = await waiting();
    const hello = { protocolVersion: PROTOCOL_VERSION, device: customer.device, resume: [] };
    const answer = await customer.invoke('hello', hello);
    expect(answer).toMatchObject({
      value: {
        me: { key: person, name: 'Chris', mail: '' },
        tenantName: 'ABC',
        tenants: [],
        isAdmin: false,
        calls: [],
      },
    });
    const other = await oneTimeCall(agent);
    expect(await customer.invoke('joinMeeting', joining(other.meeting.meetingId))).toMatchObject({
      refusal: { code: 'not-found' },
    });
    await until(() => agent.heard('lobby').length > 0);
    expect(agent.heard('lobby').at(-1)).toMatchObject({ meetingId, entries: [{ person, name: 'Chris' }] });
  });

  test('of somebody else’s making, or for another use, makes none', async () => {
    const call = await oneTimeCall(await bench.connect(DANA));
    const { cookie } = await post('/knock', { token: tokenOf(call), name: 'Chris' });
    const value = /^[^=]+=([^;]+)/.exec(cookie ?? '')?.[1] ?? '';
    await expect(bench.connectWith(value)).rejects.toThrow('401');
    const { ticket } = await knock(tokenOf(call), 'Chris');
    const [head, body] = (ticket ?? '').split('.');
    await expect(bench.connectWith(`${head}.${body}.AAAA`)).rejects.toThrow('401');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    await expect(bench.connectWith(`${none}.${body}.`)).rejects.toThrow('401');
  });

  test('does not work from a desk or a headset', async () => {
    const call = await oneTimeCall(await bench.connect(DANA));
    for (const kind of ['desk', 'headset'] as const) {
      const { ticket } = await knock(tokenOf(call), 'Chris');
      await expect(bench.visit(ticket ?? '', { kind })).rejects.toThrow('not-signed-in');
    }
  });

  test('lets somebody who waits ask for nothing but to wait on or leave [SPEC 10.5, 11.5]', async () => {
    const { agent, customer, meetingId } = await waiting();
    const inside = await agent.invoke('joinMeeting', joining(meetingId));
    const callId = inside.ok && inside.value.state === 'in' ? inside.value.log.callId : '';
    const draft = {
      ...{ title: 'x', startMs: 1, endMs: 2, zone: 'UTC', invitees: [], coOrganizers: [], presenters: [] },
      ...{ lobby: 'everyone', anonymousAllowed: true },
    };
    const commandId = randomUUID();
    const requests: Readonly<Record<string, unknown>> = {
      contacts: {},
      search: { query: 'eva' },
      call: { commandId, to: EVA, media: AUDIO },
      add: { commandId, callId, to: EVA },
      command: { commandId, callId, command: { type: 'eraseAll' } },
      resume: { callId, afterSeq: 0 },
      signal: { callId, to: DANA, payload: { type: 'restart' } },
      relay: { callId, to: DANA, payload: { type: 'askSnapshot' } },
      iceServers: {},
      renew: { accessToken: await bench.token(DANA) },
      meetings: {},
      calendar: { range: { fromMs: 0, toMs: 1 }, opened: false },
      meeting: { meetingId },
      checkMeeting: { meetingId: null, draft },
      planMeeting: { commandId, draft },
      meetNow: { commandId, title: '', zone: 'UTC' },
      createOneTimeCall: { commandId, title: '', zone: 'UTC', durationMin: 1 },
      changeMeeting: { meetingId, revision: 1, draft },
      cancelMeeting: { meetingId, revision: 1 },
      joinLink: { meetingId },
      revokeLink: { meetingId },
      invitation: { meetingId },
      sendInvitation: { meetingId, text: null, to: ['a@b.com'] },
      admit: { meetingId, person: DANA },
      deny: { meetingId, person: DANA },
      admitAll: { meetingId, people: [DANA] },
      denyAll: { meetingId, people: [DANA] },
    };
    const toWait = new Set(['hello', 'joinMeeting', 'leaveLobby']);
    expect(Object.keys(requests).toSorted()).toEqual(HUB_METHODS.filter((one) => !toWait.has(one)).toSorted());
    const ofCalls = new Set(['command', 'resume', 'signal', 'relay']);
    for (const [method, request] of Object.entries(requests)) {
      const code = ofCalls.has(method) ? 'call-unknown' : method === 'iceServers' ? 'not-in-call' : 'not-signed-in';
      expect([method, await customer.raw(method, request)]).toEqual([method, { ok: false, refusal: { code } }]);
    }
    for (const message of ['events', 'signal', 'relay', 'presence', 'lobby', 'listsChanged'] as const) {
      expect(customer.heard(message)).toEqual([]);
    }
    // Neither does anything reach them that somebody inside sends.
    const to = (await bench.hub.meetings.doors.state({ tid: '', meetingId })).waiting[0]?.caller.person ?? '';
    const signal = { callId, to, payload: { type: 'restart' } } as const;
    expect(await agent.invoke('signal', signal)).toMatchObject({ ok: false });
    expect(customer.heard('signal')).toEqual([]);
  });

  test('once admitted carries the call, and nothing after it has ended [SPEC 11.5, 11.8]', async () => {
    const { agent, customer, meetingId, person, call } = await waiting();
    const inside = await agent.invoke('joinMeeting', joining(meetingId));
    const callId = inside.ok && inside.value.state === 'in' ? inside.value.log.callId : '';
    await agent.invoke('admit', { meetingId, person });
    await until(() => customer.heard('lobbyPlace').at(-1)?.state === 'admitted');
    expect(await customer.invoke('joinMeeting', joining(meetingId))).toMatchObject({ value: { state: 'in' } });
    expect(await customer.invoke('iceServers', {})).toMatchObject({ ok: true });
    const signal = { callId, to: DANA, payload: { type: 'restart' } } as const;
    expect(await customer.invoke('signal', signal)).toEqual({ ok: true, value: null });
    await until(() => agent.heard('signal').length === 1);
    const leave = { commandId: randomUUID(), callId, command: { type: 'leave' } } as const;
    expect(await agent.invoke('command', leave)).toMatchObject({ ok: true });
    await until(() =>
      customer.heard('events').some(({ events }) => events.some(({ event }) => event.type === 'ended')),
    );
    expect(await customer.invoke('resume', { callId, afterSeq: 0 })).toEqual({
      ok: false,
      refusal: { code: 'call-unknown' },
    });
    expect(await customer.invoke('joinMeeting', joining(meetingId))).toMatchObject({ refusal: { code: 'call-over' } });
    expect(await look(tokenOf(call))).toMatchObject({ closed: 'call-over', returning: null });
  });
});

describe('the cookie of an earlier visit', () => {
  test('is nobody’s to read, and makes who knocks again the same person [SPEC 11.6]', async () => {
    const call = await oneTimeCall(await bench.connect(DANA));
    const first = await post('/knock', { token: tokenOf(call), name: 'Chris' });
    expect(first.cookie).toMatch(/HttpOnly/);
    expect(first.cookie).toMatch(/SameSite=Strict/);
    expect(first.cookie).toMatch(/Path=\/api\/join/);
    const again = await knock(tokenOf(call), '', cookieOf(first));
    expect(again).toMatchObject({ person: (first.body as KnockAnswer).person, name: 'Chris' });
    const stranger = await knock(tokenOf(call), 'Chris');
    expect(stranger.person).not.toBe(again.person);
    const other = await oneTimeCall(await bench.connect(DANA));
    expect((await knock(tokenOf(other), 'Chris', cookieOf(first))).person).not.toBe(again.person);
  });

  test('brings a customer back whose connection was lost, past the link that is used [SPEC 11.6]', async () => {
    const agent = await bench.connect(DANA);
    const call = await oneTimeCall(agent);
    const { meetingId } = call.meeting;
    const first = await post('/knock', { token: tokenOf(call), name: 'Chris' });
    const { ticket, person } = first.body as KnockAnswer;
    const customer = await bench.visit(ticket ?? '');
    await customer.invoke('joinMeeting', joining(meetingId));
    await agent.invoke('admit', { meetingId, person });
    await customer.invoke('joinMeeting', joining(meetingId));
    await customer.connection.stop();
    expect(await look(tokenOf(call))).toMatchObject({ closed: 'one-time-full', returning: null });
    expect(await look(tokenOf(call), cookieOf(first))).toMatchObject({ closed: null, returning: { name: 'Chris' } });
    const back = await bench.visit((await knock(tokenOf(call), '', cookieOf(first))).ticket ?? '');
    expect(await back.invoke('joinMeeting', joining(meetingId))).toMatchObject({ value: { state: 'in' } });
  });
});

describe('somebody signed in behind a link', () => {
  test('comes with the own sign-in, without a licence, for this meeting alone [SPEC 11.5]', async () => {
    const agent = await bench.connect(DANA);
    const call = await oneTimeCall(agent);
    const { meetingId } = call.meeting;
    const token = tokenOf(call);
    const headers = { Authorization: `Bearer ${await bench.token(OLGA)}` };
    expect(await knock(token, '', headers)).toMatchObject({ meetingId, person: OLGA, ticket: null });
    const olga = await bench.connect(OLGA, { kind: 'join', claims: { roles: [] } });
    expect(await olga.invoke('joinMeeting', joining(meetingId))).toMatchObject({ refusal: { code: 'not-found' } });
    const wrong = { ...joining(meetingId), link: 'A'.repeat(32) };
    expect(await olga.invoke('joinMeeting', wrong)).toMatchObject({ refusal: { code: 'link-unknown' } });
    const right = { ...joining(meetingId), link: token };
    expect(await olga.invoke('joinMeeting', right)).toMatchObject({ value: { state: 'waiting' } });
    for (const [method, request] of [
      ['contacts', {}],
      ['call', { commandId: randomUUID(), to: DANA, media: AUDIO }],
      ['createOneTimeCall', { commandId: randomUUID(), title: '', zone: 'UTC', durationMin: 1 }],
    ] as const) {
      expect(await olga.raw(method, request)).toEqual({ ok: false, refusal: { code: 'not-signed-in' } });
    }
  });
});
