import { describe, expect, test, vi } from 'vitest';
import { jsonHubProtocol } from '../../src/signalr/wire/json.ts';
import { messagePackHubProtocol } from '../../src/signalr/wire/messagepack.ts';
import { createFakeHub, type FakeClient, settle } from '../support/signalr-hub.ts';

const targetsOf = (client: FakeClient) => client.take().map((message) => 'target' in message && message.target);
const argumentsOf = (client: FakeClient) =>
  client.take().map((message) => 'arguments' in message && message.arguments[0]);

describe('receivers', () => {
  test('all, connection, user and group reach whom they name', () => {
    const hub = createFakeHub();
    const [a1, a2, b] = [hub.connect({ userId: 'a' }), hub.connect({ userId: 'a' }), hub.connect({ userId: 'b' })];
    for (const { connection } of [a1, b]) connection.hub.groups.add('room');
    const { clients } = hub;
    clients.all.send('all');
    clients.allExcept(['c1']).send('allExcept');
    clients.connection('c2').send('connection');
    clients.connections(['c2', 'c3', 'c3', 'nobody']).send('connections');
    clients.user('a').send('user');
    clients.group('room').send('group');
    clients.groupExcept('room', ['c3']).send('groupExcept');
    clients.user('nobody').send('void');
    expect(targetsOf(a1)).toEqual(['all', 'user', 'group', 'groupExcept']);
    expect(targetsOf(a2)).toEqual(['all', 'allExcept', 'connection', 'connections', 'user']);
    expect(targetsOf(b)).toEqual(['all', 'allExcept', 'connections', 'group']);
  });

  test('a group is left by remove and by leaving the hub, and a late handler cannot bring a connection back', () => {
    const hub = createFakeHub();
    const [staying, leaving, gone] = [hub.connect(), hub.connect(), hub.connect()];
    for (const { connection } of [staying, leaving, gone]) connection.hub.groups.add('room');
    leaving.connection.hub.groups.remove('room');
    gone.connection.socketClosed(false);
    gone.connection.hub.groups.add('room');
    hub.clients.group('room').send('hello');
    expect([staying, leaving, gone].map((client) => client.take().length)).toEqual([1, 0, 0]);
    expect(leaving.connection.hub.groups.has('room')).toBe(false);
    expect([...hub.runtime.registry.inGroup('room')]).toHaveLength(1);
  });

  test('a message is encoded once per protocol, however many receive it', () => {
    const json = vi.spyOn(jsonHubProtocol, 'write');
    const messagePack = vi.spyOn(messagePackHubProtocol, 'write');
    const hub = createFakeHub();
    const clients = [jsonHubProtocol, jsonHubProtocol, messagePackHubProtocol, messagePackHubProtocol].map((protocol) =>
      hub.connect({ protocol }),
    );
    json.mockClear();
    messagePack.mockClear();
    hub.clients.all.send('news', { at: 1 });
    expect([json.mock.calls.length, messagePack.mock.calls.length]).toEqual([1, 1]);
    for (const client of clients) expect(client.take()).toEqual([{ type: 1, target: 'news', arguments: [{ at: 1 }] }]);
    vi.restoreAllMocks();
  });

  test('a message that cannot be encoded is the sender’s fault and nobody’s end', () => {
    const hub = createFakeHub();
    const client = hub.connect();
    expect(() => hub.clients.all.send('news', 1n)).toThrow(TypeError);
    expect(() => client.connection.hub.send('news', 1n)).toThrow(TypeError);
    hub.clients.all.send('news', 1);
    expect(client.take()).toHaveLength(1);
  });
});

describe('a slow consumer', () => {
  const limits = { maxBufferedBytes: 10_000, maxLatestBufferedBytes: 1_000, maxLatestKeys: 3 };

  test('gets every ordinary message in order once the network goes on', () => {
    const hub = createFakeHub({ limits });
    const client = hub.connect();
    client.socket.block();
    for (let index = 0; index < 100; index++) client.connection.hub.send('step', index);
    client.socket.unblock();
    expect(argumentsOf(client)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  test('gets only the newest ephemeral message per key', () => {
    const hub = createFakeHub({ limits });
    const client = hub.connect();
    client.socket.block();
    client.connection.hub.send('fill', 'x'.repeat(2_000));
    client.take();
    for (let index = 0; index < 100; index++) {
      client.connection.hub.sendLatest('pointer-a', 'move', `a${index}`);
      hub.clients.all.sendLatest('pointer-b', 'move', `b${index}`);
    }
    client.connection.hub.send('event', 'event');
    expect(argumentsOf(client)).toEqual(['event']);
    client.socket.unblock();
    expect(argumentsOf(client)).toEqual(['a99', 'b99']);
  });

  test('gets nothing ephemeral until the socket is clear again, not merely less full', () => {
    const client = createFakeHub({ limits }).connect();
    client.socket.block();
    for (const fill of ['a', 'b']) client.connection.hub.send('fill', fill.repeat(2_000));
    client.connection.hub.sendLatest('k', 'move', 1);
    client.take();
    client.socket.takeOne();
    expect(client.take()).toEqual([]);
    client.socket.takeOne();
    expect(argumentsOf(client)).toEqual([1]);
  });

  test('gets nothing any more once it is closed', () => {
    const client = createFakeHub({ limits }).connect();
    client.socket.block();
    client.connection.hub.send('fill', 'x'.repeat(2_000));
    client.connection.hub.sendLatest('k', 'move', 1);
    client.connection.hub.close();
    client.connection.hub.send('late');
    client.socket.unblock();
    expect(client.take().map(({ type }) => type)).toEqual([1, 7]);
  });

  test('gets ephemeral messages at once while the socket is clear', () => {
    const client = createFakeHub({ limits }).connect();
    client.connection.hub.sendLatest('k', 'move', 1);
    client.connection.hub.sendLatest('k', 'move', 2);
    expect(argumentsOf(client)).toEqual([1, 2]);
  });

  test('holds back so many keys and no more, dropping the oldest', () => {
    const client = createFakeHub({ limits }).connect();
    client.socket.block();
    client.connection.hub.send('fill', 'x'.repeat(2_000));
    client.take();
    for (let key = 0; key < 5; key++) client.connection.hub.sendLatest(`k${key}`, 'move', key);
    client.socket.unblock();
    expect(argumentsOf(client)).toEqual([2, 3, 4]);
  });

  test('is closed so that it can come back when too much waits for it', async () => {
    const onDisconnected = vi.fn();
    const hub = createFakeHub({ limits, onDisconnected });
    const [slow, quick] = [hub.connect({ userId: 'slow' }), hub.connect({ userId: 'quick' })];
    await settle();
    slow.socket.block();
    for (let index = 0; index < 100; index++) hub.clients.all.send('fill', 'x'.repeat(1_000));
    await settle();
    expect(onDisconnected).toHaveBeenCalledExactlyOnceWith(slow.connection.hub, 'slowConsumer');
    const received = slow.take();
    expect(received.at(-1)).toMatchObject({ type: 7, allowReconnect: true });
    expect(received.length).toBeLessThan(15);
    expect(quick.take()).toHaveLength(100);
    hub.tick(5_000);
    expect(slow.socket.state).toBe('terminated');
  });

  test('is not taken for slow because of one large message on a clear socket', () => {
    const client = createFakeHub({ limits }).connect();
    client.socket.block();
    client.connection.hub.send('snapshot', 'x'.repeat(50_000));
    expect(client.connection.hub.isOpen).toBe(true);
    expect(client.connection.hub.bufferedBytes).toBeGreaterThan(50_000);
    client.connection.hub.send('one too many');
    expect(client.connection.hub.isOpen).toBe(false);
  });
});
