import { effect } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnauthorizedError } from '../../src/client/connection/transport.ts';
import { AUDIO_ONLY, CALL_ID, createCallDriver, DANA, DESK, dana, EVA, uuid } from '../support/call-fixtures.ts';
import { ME, never, ok, setUp, WHERE } from './client-bench.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the client', () => {
  it('greets the hub, knows itself and the hub’s clock, and asks for its lists', async () => {
    const { client, settle } = setUp();
    client.start();
    await settle();
    expect(client.status.value).toBe('online');
    expect(client.me.value).toEqual({ ...ME, ...WHERE });
    expect(client.clockOffsetMs.value).toBe(5_000);
    expect(client.contacts.value).toEqual({ state: 'ready', value: [] });
    expect(client.meetings.value).toEqual({ state: 'ready', value: [] });
    await client.stop();
  });

  it('keeps trying while the hub is away from the very start', async () => {
    const { hub, client } = setUp();
    hub.failConnects(new Error('refused'));
    client.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.status.value).toBe('connecting');
    expect(hub.connects()).toBeGreaterThan(5);
    hub.failConnects(null);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(client.status.value).toBe('online');
    await client.stop();
  });

  it('tries at once when the page wakes, and no longer once it is stopped', async () => {
    const { hub, client, settle, wake } = setUp();
    hub.failConnects(new Error('refused'));
    client.start();
    await vi.advanceTimersByTimeAsync(60_000);
    hub.failConnects(null);
    wake()?.();
    await settle();
    expect(client.status.value).toBe('online');
    const connects = hub.connects();
    wake()?.();
    await settle();
    expect(hub.connects()).toBe(connects);
    await client.stop();
    expect(wake()).toBeNull();
  });

  it('is in the call it joined', async () => {
    const { client, join, call } = setUp();
    const session = await join();
    expect(session.state.value).toEqual(call.state());
    expect(client.incoming.value).toBeNull();
    await client.stop();
  });

  it('knows what kind of meeting it joined, without asking, also when the events come first', async () => {
    const { hub, client, call, join } = setUp();
    hub.answer('joinMeeting', () => {
      hub.push('events', { callId: CALL_ID, events: call.log() });
      const part = { class: 'member', signedIn: true, kind: 'scheduled' };
      return ok({ state: 'in', log: { callId: CALL_ID, events: call.log() }, part });
    });
    const session = await join();
    expect(session.meetingKind.value).toBe('scheduled');
    expect(hub.invoked.map(({ method }) => method)).not.toContain('meeting');
    await client.stop();
  });

  it('takes a meeting for none to end for good when the hub does not say what it is', async () => {
    const { hub, client, call, settle } = setUp();
    const log = { callId: CALL_ID, events: call.log() };
    hub.answer('hello', () => ok({ protocolVersion: 1, hubTimeMs: 0, me: ME, ...WHERE, calls: [log] }));
    hub.answer('meeting', () => ({ ok: false, refusal: { code: 'not-found' } }));
    client.start();
    await settle();
    expect(client.current.value?.meetingKind.value).toBeNull();
    await client.stop();
  });

  it('asks what kind of meeting it is in after the page was reloaded there, and not again after a drop', async () => {
    const { hub, client, settle } = setUp();
    const call = createCallDriver();
    call.do({ type: 'create', kind: 'meeting', title: 'EventTitle', meetingId: uuid(77) }, { kind: 'hub' });
    call.do({ type: 'join', person: EVA, name: 'Eva Lind', device: DESK, media: AUDIO_ONLY }, { kind: 'hub' });
    const log = { callId: CALL_ID, events: call.log() };
    hub.answer('hello', () => ok({ protocolVersion: 1, hubTimeMs: 0, me: ME, ...WHERE, calls: [log] }));
    hub.answer('meeting', () => ok({ meetingId: uuid(77), kind: 'oneTime' }));
    const kinds: unknown[] = [];
    const stop = effect(() => void kinds.push(client.current.value?.meetingKind.value));
    client.start();
    await settle();
    stop();
    const asked = () => hub.invoked.filter(({ method }) => method === 'meeting').map(({ request }) => request);
    expect(kinds.slice(-2)).toEqual(['unknown', 'oneTime']);
    expect(asked()).toEqual([{ meetingId: uuid(77) }]);
    hub.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.status.value).toBe('online');
    expect(asked()).toHaveLength(1);
    await client.stop();
  });

  it('shows a call that rings, and no longer once it is answered elsewhere', async () => {
    const { hub, client, settle } = setUp();
    client.start();
    await settle();
    const rung = [
      { seq: 1, atMs: 1, event: { type: 'callCreated', kind: 'direct', title: '', meetingId: null } },
      { seq: 2, atMs: 1, event: { type: 'rang', person: EVA, name: 'Eva Lind', from: DANA } },
    ];
    hub.push('events', { callId: CALL_ID, events: rung });
    expect(client.incoming.value?.callId).toBe(CALL_ID);
    const elsewhere = {
      type: 'joined',
      person: EVA,
      name: 'Eva Lind',
      device: { ...DESK, id: uuid(4) },
      media: AUDIO_ONLY,
    };
    hub.push('events', { callId: CALL_ID, events: [{ seq: 3, atMs: 1, event: elsewhere }] });
    expect(client.incoming.value).toBeNull();
    expect(client.current.value).toBeNull();
    await client.stop();
  });

  it('asks for what it missed when events have a gap [SPEC 3.3]', async () => {
    const { hub, client, join, call, settle } = setUp();
    const session = await join();
    call.do({ type: 'setMedia', media: AUDIO_ONLY }, dana);
    call.do({ type: 'loseConnection', person: DANA }, { kind: 'hub' });
    hub.push('events', { callId: CALL_ID, events: call.log().slice(-1) });
    await settle();
    expect(session.state.value).toEqual(call.state());
    await client.stop();
  });

  it('tells the hub after a drop what it has, and goes on from there', async () => {
    const { hub, client, join, call } = setUp();
    const session = await join();
    const had = session.state.value.seq;
    hub.answer('hello', (request) => {
      const { resume } = request as { resume: { afterSeq: number }[] };
      expect(resume).toEqual([{ callId: CALL_ID, afterSeq: had }]);
      return ok({
        protocolVersion: 1,
        hubTimeMs: 0,
        me: ME,
        ...WHERE,
        calls: [{ callId: CALL_ID, events: call.log().slice(had) }],
      });
    });
    hub.cut();
    expect(client.status.value).toBe('reconnecting');
    call.do({ type: 'loseConnection', person: DANA }, { kind: 'hub' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.status.value).toBe('online');
    expect(session.state.value).toEqual(call.state());
    await client.stop();
  });

  it('sends a command again with the same id when the connection went before its answer [SPEC 2.5]', async () => {
    const { hub, client, join } = setUp();
    const session = await join();
    hub.answer('command', never);
    const sent = session.send({ type: 'undo' });
    const second = session.send({ type: 'eraseAll' });
    await vi.advanceTimersByTimeAsync(10);
    hub.answer('command', () => ok({ seq: 9 }));
    hub.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await sent).toEqual({ ok: true, value: null });
    expect(await second).toEqual({ ok: true, value: null });
    const commands = hub.invoked
      .filter((one) => one.method === 'command')
      .map((one) => one.request as { commandId: string; command: { type: string } });
    expect(commands.map((one) => one.command.type)).toEqual(['undo', 'undo', 'eraseAll']);
    expect(commands[0]?.commandId).toBe(commands[1]?.commandId);
    await client.stop();
  });

  it.each(['protocol-version', 'wrong-tenant', 'licence-missing'])(
    'stops for good when the hub says "%s"',
    async (code) => {
      const { hub, client } = setUp();
      hub.answer('hello', () => ({ ok: false, refusal: { code } }));
      client.start();
      await vi.advanceTimersByTimeAsync(120_000);
      expect(client.status.value).toBe('closed');
      expect(client.closedBecause.value).toEqual({ code });
      expect(hub.connects()).toBe(1);
    },
  );

  it('asks for a new sign-in when two tokens in a row are refused', async () => {
    const { hub, client } = setUp();
    hub.failConnects(new UnauthorizedError('no'));
    client.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.closedBecause.value).toEqual({ code: 'sign-in-expired' });
    expect(hub.connects()).toBe(2);
  });

  it('refuses what still waits when it is stopped', async () => {
    const { hub, client, join } = setUp();
    const session = await join();
    hub.answer('command', never);
    const sent = session.send({ type: 'undo' });
    await client.stop();
    expect(await sent).toMatchObject({ ok: false });
  });
});

describe('a person whom the rules take out of a call', () => {
  it('has the code and the reference at hand when the event of leaving comes', async () => {
    const all = setUp();
    await all.join();
    const session = all.client.current.value;
    const seen: unknown[] = [];
    session?.onEvent(({ event }) => seen.push([event.type, session.takenOut.value]));
    const refusal = { code: 'barrier', reference: 'ABCD2345' } as const;
    all.hub.push('takenOut', { callId: CALL_ID, refusal });
    const had = all.call.log().length;
    all.call.do({ type: 'remove', person: EVA }, { kind: 'hub' });
    all.hub.push('events', { callId: CALL_ID, events: all.call.log().slice(had) });
    expect(seen[0]).toEqual(['left', refusal]);
    await all.client.stop();
  });
});
