import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import { type Clock, systemClock } from '../../../src/hub/clock.ts';
import { createTokenValidator } from '../../../src/hub/identity/validate-token.ts';
import { ANSWER_AFTER_MS, createJoinApi } from '../../../src/hub/join-api/api.ts';
import { createTickets } from '../../../src/hub/join-api/tickets.ts';
import { createLogger } from '../../../src/hub/log.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import { HUB_METHODS } from '../../../src/protocol/schemas/requests.ts';
import { answered, askToJoin, comeIn, type LinkedMeeting } from '../support/door-bench.ts';
import { type Bench, createBench, DANA, EVA, SEEDS } from '../support/hub-bench.ts';
import { knockAt, look, oneTimeCall, tokenOf } from '../support/join-bench.ts';
import { oneTimeCall as oneTimeCallOf } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';
import { type Client, createWireBench, type WireBench } from '../support/wire-bench.ts';

/** Everything that a hub has ever asked of its store, or told it. */
function recorded(store: Store): { readonly store: Store; readonly said: readonly string[] } {
  const said: string[] = [];
  const listening = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value === 'object' && value !== null) return listening(value);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) => {
          said.push(JSON.stringify([name, args]));
          return value.apply(target, args);
        };
      },
    });
  return { store: listening(store), said };
}

let bench: WireBench;
let said: readonly string[];
beforeEach(async () => {
  const listened = recorded(createMemoryStore());
  ({ said } = listened);
  bench = await createWireBench(undefined, listened.store);
});
afterEach(() => bench.close());

async function callOf(agent: Client): Promise<LinkedMeeting> {
  const made = await oneTimeCall(agent);
  return { meetingId: made.meeting.meetingId, token: tokenOf(made) };
}
const stateOf = async (agent: Client, { meetingId }: LinkedMeeting) =>
  answered(await agent.invoke('meeting', { meetingId })).oneTime;

describe('a link', () => {
  test('is of 192 random bits, and no two are alike [SPEC 11.1]', async () => {
    const agent = await bench.connect(DANA);
    const { meetingId, token } = await callOf(agent);
    const tokens = [token];
    for (let more = 0; more < 60; more += 1) {
      tokens.push(tokenOf(answered(await agent.invoke('joinLink', { meetingId }))));
    }
    expect(new Set(tokens).size).toBe(tokens.length);
    const bytes = tokens.map((one) => Buffer.from(one, 'base64url'));
    expect(new Set(bytes.map(({ length }) => length))).toEqual(new Set([24]));
    // Of 61 random tokens no bit is the same in all of them, but once in 10^15 times.
    for (let bit = 0; bit < 192; bit += 1) {
      expect(new Set(bytes.map((one) => ((one[bit >> 3] ?? 0) >> (bit & 7)) & 1)).size).toBe(2);
    }
  });

  test('is nowhere in the store nor in the log, but for its hash [SPEC 11.1]', async () => {
    const agent = await bench.connect(DANA);
    const call = await callOf(agent);
    await look(bench, call.token);
    const { body } = await knockAt(bench, { token: call.token, name: 'Chris' });
    const customer = await bench.visit(body.ticket ?? '');
    answered(await askToJoin(customer, call));
    answered(await agent.invoke('admit', { meetingId: call.meetingId, person: body.person }));
    await comeIn(customer, call);
    const stored = said.join('\n');
    expect(stored).not.toContain(call.token);
    expect(stored).not.toContain(Buffer.from(call.token, 'base64url').toString('hex'));
    expect(stored).toContain(createHash('sha256').update(call.token).digest('hex'));
    expect(bench.logLines.join('\n')).not.toContain(call.token);
    for (const secret of [body.ticket ?? '', body.ticket?.split('.')[2] ?? '']) {
      expect(`${stored}\n${bench.logLines.join('\n')}`).not.toContain(secret);
    }
  });

  test('is used by the first admission: not by looking, knocking, waiting, nor by Deny [SPEC 11.8]', async () => {
    const agent = await bench.connect(DANA);
    const call = await callOf(agent);
    const comers = [];
    for (const name of ['Chris', 'Sam']) {
      await look(bench, call.token);
      const { body } = await knockAt(bench, { token: call.token, name });
      comers.push({ client: await bench.visit(body.ticket ?? ''), person: body.person });
    }
    expect(await stateOf(agent, call)).toBe('waiting');
    const [chris, sam] = comers;
    if (chris === undefined || sam === undefined) throw new Error('nobody came');
    for (const { client } of comers) answered(await askToJoin(client, call));
    expect(await stateOf(agent, call)).toBe('inLobby');
    const { meetingId } = call;
    answered(await agent.invoke('deny', { meetingId, person: chris.person }));
    expect(await look(bench, call.token)).toMatchObject({ closed: null });
    answered(await askToJoin(chris.client, call));
    answered(await agent.invoke('admit', { meetingId, person: sam.person }));
    expect(await stateOf(agent, call)).toBe('inCall');
    expect(await look(bench, call.token)).toMatchObject({ closed: 'one-time-full' });
    expect(await askToJoin(chris.client, call)).toMatchObject({ refusal: { code: 'one-time-full' } });
  });

  test.each([
    [1, 'by the hour'],
    [24, 'as it is by default'],
    [720, 'for a month'],
  ])('expires %s h after the scheduled end, %s [SPEC 11.9]', async (oneTimeLinkHours) => {
    const own = await createBench();
    const [policy] = SEEDS.policies;
    if (policy === undefined) throw new Error('no policy');
    const meetings = { ...DEFAULT_MEETING_SETTINGS, oneTimeLinkHours };
    await own.hub.policies.apply({ policy: { ...policy, meetings }, people: null, by: 'console', afterRevision: null });
    const { meeting, url } = await oneTimeCallOf(own, await own.arrive(DANA));
    const expiresAtMs = meeting.endMs + oneTimeLinkHours * 3_600_000;
    expect(meeting.linkExpiresAtMs).toBe(expiresAtMs);
    const api = await joinApiOf(own, systemClock);
    await own.clock.advance(expiresAtMs - own.clock.nowMs() - 1_000);
    expect(await api.look(tokenOf({ url }))).toMatchObject({ closed: null });
    await own.clock.advance(1_000);
    expect(await api.look(tokenOf({ url }))).toMatchObject({ closed: 'link-expired' });
  });

  test('is answered after the same time, whatever is found: nothing, a door, an end, or no token at all [SPEC 11.3]', async () => {
    const own = await createBench();
    const dana = await own.arrive(DANA);
    const [open, revoked] = [await oneTimeCallOf(own, dana), await oneTimeCallOf(own, dana)];
    await own.hub.meetings.service.revokeLink(dana, { meetingId: revoked.meeting.meetingId });
    const api = await joinApiOf(own);
    for (const token of [tokenOf(open), tokenOf(revoked), 'A'.repeat(32), '', '%00', 7]) {
      for (const path of ['/look', '/knock']) {
        let isAnswered = false;
        const answer = api.request(path, { token, name: 'Chris' }).then(() => {
          isAnswered = true;
        });
        await settle();
        await own.clock.advance(ANSWER_AFTER_MS - 1);
        await settle();
        expect([token, path, isAnswered]).toEqual([token, path, false]);
        await own.clock.advance(1);
        await answer;
      }
    }
  });
});

/** The join API at the bench's time. @param clock by which answers are held back */
async function joinApiOf({ hub, store, clock }: Bench, held: Pick<Clock, 'after'> = clock) {
  const api = createJoinApi({
    ...{ hub, validator: createTokenValidator([]), logger: createLogger('silent') },
    ...{ publicOrigin: 'http://localhost', isBehindProxy: false },
    tickets: await createTickets(store.values, clock.nowMs),
    clock: { nowMs: clock.nowMs, after: held.after },
  });
  const headers = { 'Content-Type': 'application/json' };
  const request = async (path: string, body: unknown): Promise<unknown> =>
    (await api.request(path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  return { request, look: (token: string) => request('/look', { token }) };
}

test('whoever was let into one meeting by a ticket asks for nothing of another one, by any method [SPEC 11.5]', async () => {
  const [dana, eva] = [await bench.connect(DANA), await bench.connect(EVA)];
  const [mine, theirs] = [await callOf(dana), await callOf(eva)];
  const callId = await comeIn(eva, theirs);
  const { body } = await knockAt(bench, { token: mine.token, name: 'Chris' });
  const chris = await bench.visit(body.ticket ?? '');
  answered(await askToJoin(chris, mine));
  answered(await dana.invoke('admit', { meetingId: mine.meetingId, person: body.person }));
  await comeIn(chris, mine);
  const { meetingId } = theirs;
  const commandId = randomUUID();
  const media = { audio: true, video: 'off', problem: 'none' };
  const draft = {
    ...{ title: 'x', startMs: 1, endMs: 2, zone: 'UTC', invitees: [], coOrganizers: [], presenters: [] },
    ...{ lobby: 'everyone', anonymousAllowed: true },
  };
  const ofMeetings = { meetingId, person: body.person, people: [body.person] };
  const requests: Readonly<Record<string, unknown>> = {
    contacts: {},
    search: { query: 'eva' },
    call: { commandId, to: EVA, media },
    add: { commandId, callId, to: EVA },
    command: { commandId, callId, command: { type: 'leave' } },
    resume: { callId, afterSeq: 0 },
    signal: { callId, to: EVA, payload: { type: 'restart' } },
    relay: { callId, to: EVA, payload: { type: 'askSnapshot' } },
    renew: { accessToken: await bench.token(DANA) },
    meetings: {},
    calendar: { range: { fromMs: 1, toMs: 2 }, opened: false },
    checkMeeting: { meetingId, draft },
    planMeeting: { commandId, draft },
    meetNow: { commandId, title: '', zone: 'UTC' },
    createOneTimeCall: { commandId, title: '', zone: 'UTC', durationMin: 1 },
    changeMeeting: { meetingId, revision: 1, draft },
    cancelMeeting: { meetingId, revision: 1 },
    sendInvitation: { meetingId, text: null, to: ['a@b.com'] },
    joinMeeting: { commandId, meetingId, media, link: theirs.token },
    admit: { meetingId, person: ofMeetings.person },
    deny: { meetingId, person: ofMeetings.person },
    admitAll: { meetingId, people: ofMeetings.people },
    denyAll: { meetingId, people: ofMeetings.people },
    ...Object.fromEntries(
      ['meeting', 'joinLink', 'revokeLink', 'invitation', 'leaveLobby'].map((one) => [one, { meetingId }]),
    ),
  };
  // Who they are, and where the network's way round is, is no meeting's secret.
  const harmless = new Set(['hello', 'iceServers']);
  const others = HUB_METHODS.filter((one) => !(one in requests) && !harmless.has(one));
  expect(others).toEqual([]);
  const before = [eva.heard('events').length, eva.heard('signal').length];
  for (const [method, request] of Object.entries(requests)) {
    const answer = await chris.raw(method, request);
    const code = answer.ok ? 'accepted' : answer.refusal.code;
    expect([method, ['not-signed-in', 'call-unknown', 'not-found'].includes(code) ? 'refused' : code]).toEqual([
      ...[method, 'refused'],
    ]);
  }
  await eva.invoke('meetings', {});
  expect([eva.heard('events').length, eva.heard('signal').length]).toEqual(before);
  expect(eva.heard('relay')).toEqual([]);
});
