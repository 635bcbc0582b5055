import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FIRST_SNAPSHOT_FRAME_ID } from '../../../src/domain/registration/frame-memory.ts';
import { APP_ROLES } from '../../../src/hub/identity/identity.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';
import { HUB_METHODS } from '../../../src/protocol/schemas/requests.ts';
import type { HubMethodName, Snapshot } from '../../../src/protocol/types.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/version.ts';
import { AUDIO, DANA, EVA, FINN, GIL, RUNNING_MEETING, TID } from '../support/hub-bench.ts';
import { type Client, type ConnectOptions, createWireBench, until, type WireBench } from '../support/wire-bench.ts';

let bench: WireBench;
beforeAll(async () => {
  bench = await createWireBench();
  return () => bench.close();
});
afterAll(() => expect(bench.logLines.join('')).not.toContain('eyJ'));

const connect = async (person: string, options?: ConnectOptions): Promise<Client> => {
  const client = await bench.connect(person, options);
  onTestFinished(() => client.connection.stop());
  return client;
};
const callId = '00000000-0000-4000-8000-0000000000aa';
const commandId = (): string => randomUUID();
const DRAFT = {
  title: 'Pump',
  startMs: Date.now(),
  endMs: Date.now() + 3_600_000,
  zone: 'Europe/Berlin',
  invitees: [
    { kind: 'account', person: EVA },
    { kind: 'mail', mail: 'chris@example.com' },
  ],
  coOrganizers: [],
  presenters: [],
  lobby: 'organization',
  anonymousAllowed: true,
};
/** A well-formed request of every method. */
const REQUESTS: Readonly<Record<Exclude<HubMethodName, 'hello' | 'renew'>, () => unknown>> = {
  contacts: () => ({}),
  search: () => ({ query: 'eva' }),
  meetings: () => ({}),
  call: () => ({ commandId: commandId(), to: EVA, media: AUDIO }),
  add: () => ({ commandId: commandId(), callId, to: EVA }),
  joinMeeting: () => ({ commandId: commandId(), meetingId: RUNNING_MEETING, media: AUDIO }),
  command: () => ({ commandId: commandId(), callId, command: { type: 'leave' } }),
  resume: () => ({ callId, afterSeq: 0 }),
  signal: () => ({ callId, to: EVA, payload: { type: 'restart' } }),
  relay: () => ({ callId, to: EVA, payload: { type: 'askSnapshot' } }),
  iceServers: () => ({}),
  meeting: () => ({ meetingId: RUNNING_MEETING }),
  calendar: () => ({ range: { fromMs: 0, toMs: 86_400_000 }, opened: true }),
  checkMeeting: () => ({ meetingId: null, draft: DRAFT }),
  planMeeting: () => ({ commandId: commandId(), draft: DRAFT }),
  meetNow: () => ({ commandId: commandId(), title: '', zone: 'UTC' }),
  createOneTimeCall: () => ({ commandId: commandId(), title: '', zone: 'UTC', durationMin: 30 }),
  changeMeeting: () => ({ meetingId: RUNNING_MEETING, revision: 1, draft: DRAFT }),
  cancelMeeting: () => ({ meetingId: RUNNING_MEETING, revision: 1 }),
  joinLink: () => ({ meetingId: RUNNING_MEETING }),
  revokeLink: () => ({ meetingId: RUNNING_MEETING }),
  invitation: () => ({ meetingId: RUNNING_MEETING }),
  sendInvitation: () => ({ meetingId: RUNNING_MEETING, text: null, to: ['a@b.com'] }),
  leaveLobby: () => ({ meetingId: RUNNING_MEETING }),
  admit: () => ({ meetingId: RUNNING_MEETING, person: EVA }),
  deny: () => ({ meetingId: RUNNING_MEETING, person: EVA }),
  admitAll: () => ({ meetingId: RUNNING_MEETING, people: [EVA] }),
  denyAll: () => ({ meetingId: RUNNING_MEETING, people: [EVA] }),
};
const METHODS = Object.entries(REQUESTS);

function snapshotOf(bytes: number): Snapshot {
  const jpeg = new Uint8Array(bytes);
  jpeg.set([0xff, 0xd8, 0xff]);
  return {
    frame: { frameId: FIRST_SNAPSHOT_FRAME_ID, captureTimeMs: 1234.5, spaceEpoch: 1 },
    tracked: true,
    pose: { position: [0.25, 1.6, 0], orientation: [0, 0, 0, 1] },
    takenAtMs: 1_700_000_000_000,
    jpeg,
  };
}

/** Somebody in a call with somebody else, on pages of their own. */
async function pair(): Promise<{ dana: Client; eva: Client; callId: string }> {
  const [dana, eva] = [await connect(DANA, { kind: 'headset' }), await connect(EVA)];
  const answer = await dana.invoke('call', { commandId: commandId(), to: EVA, media: AUDIO });
  if (!answer.ok) throw new Error(answer.refusal.code);
  const id = answer.value.callId;
  await eva.invoke('command', { commandId: commandId(), callId: id, command: { type: 'answer', media: AUDIO } });
  onTestFinished(async () => {
    await eva.invoke('command', { commandId: commandId(), callId: id, command: { type: 'leave' } }).catch(() => {});
  });
  return { dana, eva, callId: id };
}

describe('a connection', () => {
  test.each([
    ['no token', ''],
    ['garbage', 'abc.def.ghi'],
  ])('with %s is refused [SPEC 1.2]', async (_what, token) => {
    await expect(bench.connectWith(token)).rejects.toThrow(/401/);
  });

  test('of another tenant is refused [SPEC 1.2]', async () => {
    const token = await bench.token(DANA, { claims: { iss: 'https://login.example/other/v2.0' } });
    await expect(bench.connectWith(token)).rejects.toThrow(/403/);
  });

  test('is told who it is for, in which tenant, and the time', async () => {
    const client = await connect(DANA, { silent: true });
    const hello = { protocolVersion: PROTOCOL_VERSION, device: client.device, resume: [] };
    expect(await client.invoke('hello', hello)).toMatchObject({
      ok: true,
      value: {
        protocolVersion: PROTOCOL_VERSION,
        me: { key: DANA, name: 'Dana Okafor' },
        tenantName: 'ABC',
        calls: [],
      },
    });
    expect(await client.invoke('hello', hello)).toMatchObject({ ok: true });
    const other = { ...hello, device: { ...client.device, id: randomUUID() } };
    expect(await client.invoke('hello', other)).toMatchObject({ refusal: { code: 'out-of-turn' } });
  });

  test('that speaks another version is told so before anything else [SPEC 1.4]', async () => {
    const client = await connect(DANA, { silent: true });
    expect(await client.raw('hello', { protocolVersion: PROTOCOL_VERSION + 1, nonsense: true })).toMatchObject({
      refusal: { code: 'protocol-version' },
    });
  });

  test.each([
    ['a guest on a headset', GIL, 'headset', { acct: 1 }, 'guest-on-headset'],
    ['no Remote Assist licence on a headset', DANA, 'headset', { roles: [APP_ROLES.teamsUser] }, 'licence-missing'],
    ['no licence at all on the desk', DANA, 'desk', { roles: [] }, 'licence-missing'],
  ] as const)('with %s is refused its hello, and stays without rights', async (_what, person, kind, claims, code) => {
    const client = await connect(person, { claims, kind, silent: true });
    const hello = { protocolVersion: PROTOCOL_VERSION, device: client.device, resume: [] };
    expect(await client.invoke('hello', hello)).toMatchObject({ ok: false, refusal: { code } });
    expect(await client.invoke('contacts', {})).toMatchObject({ refusal: { code: 'out-of-turn' } });
  });

  test('of a guest with a licence may work at the desk', async () => {
    expect((await connect(GIL, { claims: { acct: 1 } })).closedWith).toEqual([]);
  });
});

describe('every method', () => {
  test('has a well-formed request in these tests', () => {
    expect([...Object.keys(REQUESTS), 'hello', 'renew'].sort()).toEqual([...HUB_METHODS].sort());
  });

  const renewal = ['renew', () => ({ accessToken: 'any' })] as const;
  test.each([...METHODS, renewal])('%s is out of turn before hello [SPEC 1.3]', async (method, request) => {
    const client = await connect(FINN, { silent: true });
    expect(await client.raw(method, request())).toMatchObject({ ok: false, refusal: { code: 'out-of-turn' } });
  });

  test.each(HUB_METHODS)(
    '%s refuses what is malformed, and keeps the connection [SPEC 2.1] [SPEC 2.4]',
    async (method) => {
      const client = await connect(FINN);
      const version = method === 'hello' ? { protocolVersion: PROTOCOL_VERSION } : {};
      const wrong = [{ ...version, __proto__x: 1 }, ...(method === 'hello' ? [] : [null, 7, 'text', [1]])];
      for (const argument of wrong) {
        expect(await client.raw(method, argument)).toMatchObject({ ok: false, refusal: { code: 'malformed' } });
      }
      if (method !== 'hello') {
        expect(await client.raw(method)).toMatchObject({ ok: false, refusal: { code: 'malformed' } });
        expect(await client.raw(method, {}, {})).toMatchObject({ ok: false, refusal: { code: 'malformed' } });
      }
      expect(await client.invoke('meetings', {})).toMatchObject({ ok: true });
    },
  );

  test.each(['command', 'resume', 'signal', 'relay'] as const)(
    '%s knows nothing of a call of others',
    async (method) => {
      const { callId: id } = await pair();
      const finn = await connect(FINN);
      const request = { ...(REQUESTS[method]() as object), callId: id };
      const code = method === 'command' ? 'not-in-call' : 'call-unknown';
      expect(await finn.raw(method, request)).toMatchObject({ ok: false, refusal: { code } });
    },
  );

  test('that does not exist is refused with a code, and the connection is kept [SPEC 2.4]', async () => {
    const client = await connect(FINN);
    for (const method of ['constructor', 'dropTables']) {
      expect(await client.raw(method, {})).toEqual({ ok: false, refusal: { code: 'unknown-method' } });
    }
    expect(await client.invoke('meetings', {})).toMatchObject({ ok: true });
  });

  test('that is sent more than a message may hold is refused, and the connection is kept [SPEC 2.4]', async () => {
    const client = await connect(FINN);
    const query = 'x'.repeat(LIMITS.messageBytes + 1);
    expect(await client.raw('search', { query })).toEqual({ ok: false, refusal: { code: 'too-large' } });
    expect(await client.invoke('meetings', {})).toMatchObject({ ok: true });
  });

  test('that is sent far more than a message may hold ends the connection [SPEC 2.4]', async () => {
    const client = await connect(FINN);
    const query = 'x'.repeat(8 * LIMITS.messageBytes + 1);
    await client.raw('search', { query }).catch(() => {});
    await until(() => client.closedWith.length > 0);
  });
});

describe('signals and relays', () => {
  test('reach the page with which the other one is in the call, and no other page [SPEC 8.1]', async () => {
    const { dana, eva, callId: id } = await pair();
    const second = await connect(EVA);
    const payload = { type: 'description', sdpType: 'offer', sdp: 'v=0' } as const;
    expect(await dana.invoke('signal', { callId: id, to: EVA, payload })).toEqual({ ok: true, value: null });
    const relayed = { type: 'snapshot', snapshot: snapshotOf(LIMITS.snapshotBytes) } as const;
    expect(await dana.invoke('relay', { callId: id, to: EVA, payload: relayed })).toEqual({ ok: true, value: null });
    await until(() => eva.heard('relay').length > 0);
    expect(eva.heard('signal')).toEqual([{ callId: id, from: DANA, payload }]);
    expect(eva.heard('relay')).toEqual([{ callId: id, from: DANA, payload: relayed }]);
    await second.invoke('meetings', {});
    expect([...second.heard('signal'), ...second.heard('relay'), ...dana.heard('relay')]).toEqual([]);
  });

  test('are refused from a page that is not the one in the call, and to people who are not in it [SPEC 8.1]', async () => {
    const { dana, callId: id } = await pair();
    const second = await connect(DANA);
    const payload = { type: 'restart' } as const;
    expect(await second.invoke('signal', { callId: id, to: EVA, payload })).toMatchObject({
      refusal: { code: 'not-in-call' },
    });
    expect(await dana.invoke('signal', { callId: id, to: FINN, payload })).toMatchObject({
      refusal: { code: 'not-found' },
    });
    const ask = { type: 'askSnapshot' } as const;
    expect(await second.invoke('relay', { callId: id, to: EVA, payload: ask })).toMatchObject({
      refusal: { code: 'not-in-call' },
    });
    expect(await dana.invoke('relay', { callId: id, to: FINN, payload: ask })).toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  test('of a snapshot that is too large are refused, and too many of them are [SPEC 2.7]', async () => {
    const { dana, eva, callId: id } = await pair();
    const relay = (bytes: number) =>
      dana.invoke('relay', {
        callId: id,
        to: EVA,
        payload: { type: 'snapshot', snapshot: snapshotOf(bytes) },
      });
    expect(await relay(LIMITS.snapshotBytes + 1)).toMatchObject({ refusal: { code: 'malformed' } });
    const answers = await Promise.all(Array.from({ length: LIMITS.relaysBurst + 10 }, () => relay(1_000)));
    expect(answers.some((answer) => !answer.ok && answer.refusal.code === 'too-many-requests')).toBe(true);
    expect(answers.filter((answer) => answer.ok).length).toBeGreaterThanOrEqual(LIMITS.relaysBurst - 1);
    expect(eva.closedWith).toEqual([]);
  });
});

describe('ICE servers', () => {
  test('are no business of somebody who may not come in', async () => {
    const client = await connect(DANA, { claims: { roles: [] }, silent: true });
    await client.invoke('hello', { protocolVersion: PROTOCOL_VERSION, device: client.device, resume: [] });
    expect(await client.invoke('iceServers', {})).toMatchObject({ refusal: { code: 'out-of-turn' } });
  });

  test('come with credentials that the TURN server can check and that end within the hour', async () => {
    const client = await connect(DANA);
    const answer = await client.invoke('iceServers', {});
    const turn = answer.ok ? answer.value.iceServers[1] : undefined;
    const [expiry, ...person] = (turn?.username ?? '').split(':');
    expect(person.join(':')).toBe(DANA);
    expect(Number(expiry) * 1000).toBeGreaterThan(Date.now());
    expect(Number(expiry) * 1000).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect(turn?.credential).toBe(
      createHmac('sha1', 'north')
        .update(turn?.username ?? '')
        .digest('base64'),
    );
    expect(answer).toMatchObject({
      value: { iceServers: [{ urls: ['stun:stun.abc.com'] }, { urls: ['turn:turn.abc.com'] }] },
    });
  });
});

describe('a page that asks too much', () => {
  test('is refused after its burst, and served again later [SPEC 2.7]', async () => {
    const client = await connect(FINN);
    const answers = await Promise.all(
      Array.from({ length: LIMITS.callsBurst + 40 }, () => client.invoke('iceServers', {})),
    );
    expect(answers.filter((answer) => answer.ok).length).toBeGreaterThanOrEqual(LIMITS.callsBurst - 1);
    expect(
      answers.filter((answer) => !answer.ok && answer.refusal.code === 'too-many-requests').length,
    ).toBeGreaterThan(0);
    await until(async () => (await client.invoke('iceServers', {})).ok);
  });

  test('is refused also when it asks for what does not exist [SPEC 2.7]', async () => {
    const client = await connect(FINN);
    const answers = await Promise.all(
      Array.from({ length: LIMITS.callsBurst + 40 }, (_, n) => client.raw(`nonsense${n}`, {})),
    );
    const codes = new Set(answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.code)));
    expect(codes).toEqual(new Set(['unknown-method', 'too-many-requests']));
  });
});

describe('a sign-in', () => {
  test('is renewed on the connection by a fresh token of the same person alone [SPEC 1.6]', async () => {
    const client = await connect(DANA);
    const fresh = await bench.token(DANA, { expiresInMs: 7_200_000 });
    expect(await client.invoke('renew', { accessToken: fresh })).toMatchObject({ ok: true });
    const others = await bench.token(EVA);
    expect(await client.invoke('renew', { accessToken: others })).toMatchObject({ refusal: { code: 'not-signed-in' } });
    expect(await client.invoke('renew', { accessToken: 'garbage' })).toMatchObject({
      refusal: { code: 'not-signed-in' },
    });
    const foreign = await bench.token(DANA, { claims: { iss: 'https://login.example/x/v2.0' } });
    expect(await client.invoke('renew', { accessToken: foreign })).toMatchObject({ refusal: { code: 'wrong-tenant' } });
    const old = await bench.token(DANA, { expiresInMs: -120_000 });
    expect(await client.invoke('renew', { accessToken: old })).toMatchObject({ refusal: { code: 'sign-in-expired' } });
  });

  test('that expires outside a call closes the connection [SPEC 1.6]', async () => {
    const client = await connect(FINN, { expiresInMs: 0 });
    await until(() => client.closedWith.length > 0);
  });

  test('that expires in a call is held for that call alone, on record, until the call is over [SPEC 1.6]', async () => {
    const dana = await connect(DANA, { expiresInMs: 2_000 });
    const eva = await connect(EVA);
    const started = await dana.invoke('call', { commandId: commandId(), to: EVA, media: AUDIO });
    const id = started.ok ? started.value.callId : '';
    await eva.invoke('command', { commandId: commandId(), callId: id, command: { type: 'answer', media: AUDIO } });
    await until(() => dana.heard('signInHeld').length > 0);
    expect((dana.heard('signInHeld')[0]?.untilMs ?? 0) - Date.now()).toBeLessThanOrEqual(LIMITS.heldCallMs);
    const again = { commandId: commandId(), to: FINN, media: AUDIO };
    expect(await dana.invoke('call', again)).toMatchObject({ refusal: { code: 'no-new-calls' } });
    const meeting = { commandId: commandId(), meetingId: RUNNING_MEETING, media: AUDIO };
    expect(await dana.invoke('joinMeeting', meeting)).toMatchObject({ refusal: { code: 'no-new-calls' } });
    expect(await dana.invoke('contacts', {})).toMatchObject({ refusal: { code: 'sign-in-expired' } });
    expect(await dana.invoke('search', { query: 'eva' })).toMatchObject({ refusal: { code: 'sign-in-expired' } });
    expect(await dana.invoke('resume', { callId: id, afterSeq: 0 })).toMatchObject({ ok: true });
    expect(await dana.invoke('iceServers', {})).toMatchObject({ ok: true });
    const unmute = { type: 'setMedia', media: { ...AUDIO, audio: false } } as const;
    expect(await dana.invoke('command', { commandId: commandId(), callId: id, command: unmute })).toMatchObject({
      ok: true,
    });
    expect(dana.closedWith).toEqual([]);
    await eva.invoke('command', { commandId: commandId(), callId: id, command: { type: 'leave' } });
    await until(() => dana.closedWith.length > 0);
    const records = (await bench.store.auditOf(`${TID}:${DANA.split(':')[1]}`)).filter((entry) => entry.callId === id);
    expect(records.map((entry) => entry.kind)).toEqual(['sign-in-held', 'sign-in-hold-ended']);
  });

  test('that was held is whole again after a renewal [SPEC 1.6]', async () => {
    const dana = await connect(DANA, { expiresInMs: 2_000 });
    expect((await dana.invoke('call', { commandId: commandId(), to: EVA, media: AUDIO })).ok).toBe(true);
    await until(() => dana.heard('signInHeld').length > 0);
    // Within the tolerance for clocks that differ, and yet not fresh: it would be held and told of it again at once.
    const ended = await bench.token(DANA, { expiresInMs: -1_000 });
    expect(await dana.invoke('renew', { accessToken: ended })).toMatchObject({ refusal: { code: 'sign-in-expired' } });
    expect(await dana.invoke('contacts', {})).toMatchObject({ refusal: { code: 'sign-in-expired' } });
    expect(await dana.invoke('renew', { accessToken: await bench.token(DANA) })).toMatchObject({ ok: true });
    expect(await dana.invoke('contacts', {})).toMatchObject({ ok: true });
    expect(dana.heard('signInHeld')).toHaveLength(1);
  });
});
