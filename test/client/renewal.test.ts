import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALL_ID, eva } from '../support/call-fixtures.ts';
import { ok, setUp } from './client-bench.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('renewal', () => {
  it('hands the hub a fresh token before the old one ends, again and again', async () => {
    const { hub, client, settle } = setUp();
    const renewals: unknown[] = [];
    hub.answer('renew', (request) => {
      renewals.push(request);
      return ok({ expiresAtMs: Date.now() + 3_600_000 });
    });
    client.start();
    await settle();
    await vi.advanceTimersByTimeAsync(3_600_000 * 3);
    expect(renewals).toHaveLength(3);
    await client.stop();
  });
});

describe('a sign-in that has ended during a call', () => {
  const heldUntilMs = 9_000_000;

  async function held() {
    const all = setUp();
    all.hub.answer('renew', () => ({ ok: false, refusal: { code: 'internal' } }));
    await all.join();
    all.hub.push('signInHeld', { untilMs: heldUntilMs });
    await all.settle();
    expect(all.client.signInHeldUntilMs.value).toBe(heldUntilMs);
    return all;
  }

  it('is told until it is renewed, which is tried at once and again', async () => {
    const { hub, client } = await held();
    expect(hub.invoked.filter((one) => one.method === 'renew')).toHaveLength(1);
    hub.answer('renew', () => ok({ expiresAtMs: Date.now() + 3_600_000 }));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(client.signInHeldUntilMs.value).toBeNull();
    await client.stop();
  });

  it('is told until the connection is a new one', async () => {
    const { hub, client } = await held();
    hub.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.status.value).toBe('online');
    expect(client.signInHeldUntilMs.value).toBeNull();
    await client.stop();
  });

  it('is told until the call is over', async () => {
    const { hub, client, call } = await held();
    const had = call.log().length;
    call.do({ type: 'leave' }, eva);
    hub.push('events', { callId: CALL_ID, events: call.log().slice(had) });
    expect(client.current.value).toBeNull();
    expect(client.signInHeldUntilMs.value).toBeNull();
    await client.stop();
  });
});

describe('renewal while no token is to be had', () => {
  it('does not hand the hub the token that it has, and goes on asking', async () => {
    const { hub, client, settle, tokens } = setUp();
    const renewals: unknown[] = [];
    hub.answer('renew', (request) => {
      renewals.push(request);
      return ok({ expiresAtMs: Date.now() + 3_600_000 });
    });
    const first = { token: 'first', expiresAtMs: Date.now() + 3_600_000 };
    tokens.current = async () => first;
    client.start();
    await settle();
    await vi.advanceTimersByTimeAsync(3_500_000);
    tokens.current = () => Promise.reject(new Error('the provider is away'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(renewals).toEqual([]);
    tokens.current = async () => ({ token: 'second', expiresAtMs: Date.now() + 3_600_000 });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(renewals).toEqual([{ accessToken: 'second' }]);
    await client.stop();
  });
});

describe('renewal of tokens that hardly live', () => {
  it('is never a busy loop', async () => {
    const { hub, client, settle } = setUp();
    let renewals = 0;
    hub.answer('renew', () => {
      renewals += 1;
      return ok({ expiresAtMs: Date.now() + 1_000 });
    });
    client.start();
    await settle();
    await vi.advanceTimersByTimeAsync(3_600_000 + 60_000);
    expect(renewals).toBeLessThan(60);
    await client.stop();
  });
});
