import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSightlineClient } from '../../src/client/sightline-client.ts';
import { isIn } from '../../src/domain/call/queries.ts';
import type { CallLog } from '../../src/protocol/types.ts';
import { AUDIO_ONLY, CALL_ID, DESK, EVA, eva, joinedCall, uuid } from '../support/call-fixtures.ts';
import { createFakeTransport } from './fake-transport.ts';

const ok = (value: unknown) => ({ ok: true, value });

/** Somebody without a sign-in, in a meeting's call. @param calls what the hub tells of at each hello */
async function visitor(calls: () => readonly CallLog[]) {
  const hub = createFakeTransport();
  const call = joinedCall();
  const me = { key: EVA, name: 'Eva', mail: '', jobTitle: '', company: '', isGuest: false };
  const where = { tenantName: 'ABC', tenants: [], isAdmin: false };
  hub.answer('hello', () => ok({ protocolVersion: 1, hubTimeMs: 0, me, ...where, calls: calls() }));
  const part = { class: 'anonymous', signedIn: false, kind: 'scheduled' };
  hub.answer('joinMeeting', () => ok({ state: 'in', part, log: { callId: CALL_ID, events: call.log() } }));
  const client = createSightlineClient({
    ...{ transport: hub.transport, device: DESK, byTicket: true, newId: () => uuid(1) },
    accessToken: async () => ({ token: 't', expiresAtMs: Date.now() + 3_600_000 }),
    watchWakes: () => () => {},
  });
  client.start();
  await vi.advanceTimersByTimeAsync(0);
  const enter = () => client.enterMeeting({ meetingId: uuid(77), media: AUDIO_ONLY });
  await enter();
  const session = client.current.value;
  if (session === null) throw new Error('not in the meeting');
  const left: string[] = [];
  session.onEvent(({ event }) => event.type === 'left' && left.push(event.reason));
  const drop = async (): Promise<void> => {
    hub.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.status.value).toBe('online');
  };
  return { client, call, session, left, drop, enter };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('a visitor who was away for too long is out of the call, although the hub tells nothing of it any more', async () => {
  const { client, session, left, drop } = await visitor(() => []);
  await drop();
  expect(session.state.value.participants[EVA]?.state).toBe('left');
  expect(left).toEqual(['lost']);
  expect(client.current.value).toBeNull();
  await client.stop();
});

it('a visitor who is back in time goes on', async () => {
  const { client, session, left, drop } = await visitor(() => [{ callId: CALL_ID, events: [] }]);
  await drop();
  expect(isIn(session.state.value.participants[EVA])).toBe(true);
  expect(left).toEqual([]);
  await client.stop();
});

it('a visitor who is let in again sees the call as it is', async () => {
  const { client, call, session, drop, enter } = await visitor(() => []);
  await drop();
  call.do({ type: 'loseConnection', person: EVA }, { kind: 'hub' });
  call.do({ type: 'giveUpOn', person: EVA }, { kind: 'hub' });
  const device = eva.kind === 'person' ? eva.device : DESK;
  call.do({ type: 'join', person: EVA, name: 'Eva', device, media: AUDIO_ONLY }, { kind: 'hub' });
  await enter();
  expect(session.state.value).toEqual(call.state());
  expect(client.current.value).not.toBeNull();
  await client.stop();
});
