import { describe, expect, test, vi } from 'vitest';
import { type DisconnectReason, HubError } from '../../src/signalr/index.ts';
import { createFakeHub, settle } from '../support/signalr-hub.ts';

describe('keep-alive', () => {
  test('an idle connection gets a ping every 15 s, a busy one none', () => {
    const hub = createFakeHub();
    const idle = hub.connect({ userId: 'idle' });
    const busy = hub.connect({ userId: 'busy' });
    for (let passedMs = 0; passedMs < 45_000; passedMs += 5_000) {
      hub.tick(5_000);
      hub.clients.user('busy').send('news');
    }
    expect(idle.take()).toEqual([{ type: 6 }, { type: 6 }, { type: 6 }]);
    expect(busy.take().filter(({ type }) => type === 6)).toEqual([]);
  });

  test('a client is given up 30 s after it was last heard, and may come back', async () => {
    const onDisconnected = vi.fn();
    const hub = createFakeHub({ onDisconnected });
    const client = hub.connect();
    client.receive({ type: 6 });
    hub.tick(20_000);
    client.receive({ type: 6 });
    hub.tick(29_000);
    expect(client.socket.state).toBe('open');
    hub.tick(1_000);
    expect(client.take().at(-1)).toMatchObject({ type: 7, allowReconnect: true });
    await settle();
    expect(onDisconnected).toHaveBeenCalledExactlyOnceWith(client.connection.hub, 'clientTimeout');
    hub.tick(5_000);
    expect(client.socket.state).toBe('terminated');
  });

  test('a client that never sent a message is not given up', () => {
    const hub = createFakeHub();
    const client = hub.connect();
    hub.tick(120_000);
    expect(client.socket.state).toBe('open');
  });
});

describe('expiry', () => {
  test('an expired sign-in closes the connection so that it comes back', async () => {
    const onDisconnected = vi.fn();
    const hub = createFakeHub({ onDisconnected });
    const client = hub.connect({ expiresAtMs: hub.clock.epochMs() + 10_000 });
    hub.tick(9_000);
    expect(client.take()).toEqual([]);
    hub.tick(1_000);
    expect(client.take()).toMatchObject([{ type: 7, allowReconnect: true }]);
    await settle();
    expect(onDisconnected).toHaveBeenCalledWith(client.connection.hub, 'expired');
  });

  test('renewing in time moves the expiry and the context, not the user', () => {
    const hub = createFakeHub();
    const client = hub.connect({ expiresAtMs: hub.clock.epochMs() + 10_000 });
    client.connection.hub.renew({ context: { name: 'Ada L.' }, expiresAtMs: hub.clock.epochMs() + 20_000 });
    hub.tick(15_000);
    expect(client.socket.state).toBe('open');
    expect(client.connection.hub).toMatchObject({ userId: 'ada', context: { name: 'Ada L.' } });
    hub.tick(5_000);
    expect(client.socket.state).toBe('closing');
  });

  test('the application may keep an expired connection for a while', () => {
    const onExpired = vi.fn((): number | undefined => undefined);
    const hub = createFakeHub({ onExpired });
    const client = hub.connect({ expiresAtMs: hub.clock.epochMs() + 10_000 });
    onExpired.mockReturnValueOnce(hub.clock.epochMs() + 30_000);
    hub.tick(29_000);
    expect(client.socket.state).toBe('open');
    hub.tick(1_000);
    expect(client.socket.state).toBe('closing');
    expect(onExpired).toHaveBeenCalledTimes(2);
  });

  test('a hook that throws keeps nobody', () => {
    const hub = createFakeHub({
      onExpired: () => {
        throw new Error('broken');
      },
    });
    const client = hub.connect({ expiresAtMs: hub.clock.epochMs() + 1_000 });
    hub.tick(1_000);
    expect(client.socket.state).toBe('closing');
    expect(hub.errors).toHaveLength(1);
  });
});

describe('the hooks of a connection', () => {
  function record() {
    const log: string[] = [];
    return {
      log,
      onDisconnected: (_: unknown, reason: DisconnectReason) => log.push(`disconnected ${reason}`),
      methods: { note: (_: unknown, [word]: readonly unknown[]) => log.push(String(word)) },
    };
  }

  test('come in order: connected, invocations, disconnected', async () => {
    const { log, ...options } = record();
    let connected = () => {};
    const onConnected = () => new Promise<void>((resolve) => (connected = resolve)).then(() => log.push('connected'));
    const client = createFakeHub({ ...options, onConnected }).connect();
    client.receive({ type: 1, target: 'note', arguments: ['one'] }, { type: 7 });
    expect(client.socket.state).toBe('closing');
    client.connection.socketClosed(true);
    await settle();
    expect(log).toEqual([]);
    connected();
    await settle();
    expect(log).toEqual(['connected', 'one', 'disconnected clientClosed']);
    expect(client.isGone).toBe(true);
  });

  test('a connection that breaks off loses the invocations that waited', async () => {
    const { log, methods, ...options } = record();
    let finish = () => {};
    const slow = () => new Promise<void>((resolve) => (finish = resolve));
    const client = createFakeHub({ ...options, methods: { ...methods, slow } }).connect();
    client.receive({ type: 1, target: 'slow', arguments: [] }, { type: 1, target: 'note', arguments: ['late'] });
    await settle();
    client.connection.socketClosed(false);
    await settle();
    expect(log).toEqual(['disconnected connectionLost']);
    finish();
    await settle();
    expect(log).toEqual(['disconnected connectionLost']);
  });

  test('a method that hangs delays a goodbye by 5 s and no longer', async () => {
    const { log, ...options } = record();
    const hub = createFakeHub({ ...options, methods: { hang: () => new Promise(() => {}) } });
    const client = hub.connect();
    client.receive({ type: 1, target: 'hang', arguments: [] });
    await settle();
    client.connection.socketClosed(true);
    hub.tick(4_000);
    await settle();
    expect(log).toEqual([]);
    hub.tick(1_000);
    await settle();
    expect(log).toEqual(['disconnected clientClosed']);
    expect(client.isGone).toBe(true);
  });

  test('a connection that is not accepted is closed for good and never disconnected', async () => {
    const { log, ...options } = record();
    const onConnected = () => Promise.reject(new HubError('You are blocked.'));
    const client = createFakeHub({ ...options, onConnected }).connect();
    client.receive({ type: 1, target: 'note', arguments: ['never'] });
    await settle();
    expect(client.take()).toEqual([{ type: 7, error: 'You are blocked.' }]);
    client.connection.socketClosed(true);
    await settle();
    expect(log).toEqual([]);
    expect(client.isGone).toBe(true);
  });

  test('a hook for disconnects that throws is reported and costs nothing', async () => {
    const hub = createFakeHub({ onDisconnected: () => Promise.reject(new Error('broken')) });
    const client = hub.connect();
    await settle();
    client.connection.socketClosed(false);
    await settle();
    expect(hub.errors).toHaveLength(1);
    expect(client.isGone).toBe(true);
  });

  test('close and abort end a connection once', async () => {
    const { log, ...options } = record();
    const hub = createFakeHub(options);
    const [closed, aborted] = [hub.connect(), hub.connect()];
    await settle();
    closed.connection.hub.close({ error: 'bye', allowReconnect: true });
    closed.connection.hub.close();
    closed.connection.hub.abort();
    aborted.connection.hub.abort();
    aborted.connection.hub.send('unheard');
    await settle();
    expect(closed.take()).toEqual([{ type: 7, error: 'bye', allowReconnect: true }]);
    expect(aborted.take()).toEqual([]);
    expect([closed.socket.state, aborted.socket.state]).toEqual(['terminated', 'terminated']);
    expect(log).toEqual(['disconnected closedByServer', 'disconnected aborted']);
  });
});
