import { vi } from 'vitest';
import { createSightlineClient } from '../../src/client/sightline-client.ts';
import { AUDIO_ONLY, CALL_ID, DESK, EVA, joinedCall, uuid } from '../support/call-fixtures.ts';
import { createFakeTransport } from './fake-transport.ts';

export const ME = {
  key: EVA,
  name: 'Eva Lind',
  mail: 'eva@abc.com',
  jobTitle: 'Expert',
  company: 'ABC',
  isGuest: false,
};
export const WHERE = {
  tenantName: 'ABC',
  tenants: [{ tid: 'abc', name: 'ABC', domain: 'abc.com', home: true }],
  isAdmin: false,
};
export const ok = (value: unknown) => ({ ok: true, value });
export const never = () => new Promise(() => {});

export function setUp() {
  const hub = createFakeTransport();
  const call = joinedCall();
  hub.answer('hello', () => ok({ protocolVersion: 1, hubTimeMs: Date.now() + 5_000, me: ME, ...WHERE, calls: [] }));
  hub.answer('contacts', () => ok([]));
  hub.answer('meetings', () => ok([]));
  hub.answer('joinMeeting', () =>
    ok({
      state: 'in',
      log: { callId: CALL_ID, events: call.log() },
      part: { class: 'member', signedIn: true, kind: 'scheduled' },
    }),
  );
  hub.answer('resume', (request) => {
    const { afterSeq } = request as { afterSeq: number };
    return ok({ callId: CALL_ID, events: call.log().slice(afterSeq) });
  });
  const tokens = { current: async () => ({ token: 't', expiresAtMs: Date.now() + 3_600_000 }) };
  let wake: (() => void) | null = null;
  let ids = 0;
  const client = createSightlineClient({
    transport: hub.transport,
    device: DESK,
    accessToken: () => tokens.current(),
    watchWakes: (listener) => {
      wake = listener;
      return () => {
        wake = null;
      };
    },
    newId: () => {
      ids += 1;
      return uuid(ids);
    },
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const join = async () => {
    client.start();
    await settle();
    await client.joinMeeting(uuid(77), AUDIO_ONLY);
    const session = client.current.value;
    if (session === null) throw new Error('not in the meeting');
    return session;
  };
  return { hub, call, client, settle, join, tokens, wake: () => wake };
}
