import { HttpTransportType, HubConnectionState } from '@microsoft/signalr';
import { describe, expect, test, vi } from 'vitest';
import { type DisconnectReason, HubError } from '../../src/signalr/index.ts';
import { clientProtocols, nextCall, officialClient, startServer } from '../support/signalr-server.ts';

describe.each(clientProtocols)('the official client with %s', (protocol) => {
  test('invokes methods and hears results, errors and nothing', async () => {
    const { url } = await startServer({
      methods: {
        add: (_, [a, b]) => Number(a) + Number(b),
        whoAmI: async ({ userId, context, id }) => ({ userId, context, id }),
        nothing: () => undefined,
        none: () => null,
        refuse: () => {
          throw new HubError('not-invited');
        },
      },
    });
    const client = officialClient(url, { protocol });
    await client.start();
    expect(await client.invoke('add', 2, 3)).toBe(5);
    expect(await client.invoke('whoAmI')).toEqual({ userId: 'ada', context: { name: 'ada' }, id: client.connectionId });
    expect(await client.invoke('nothing')).toBeFalsy();
    expect(await client.invoke('none')).toBeNull();
    await expect(client.invoke('refuse')).rejects.toThrow('not-invited');
    await expect(client.invoke('missing')).rejects.toThrow("Unknown hub method 'missing'");
    expect(client.state).toBe(HubConnectionState.Connected);
  });

  test('hears what is sent to it, its user and its groups, and what it sends is heard in order', async () => {
    const heard: unknown[] = [];
    const { url, signalR } = await startServer({
      methods: {
        note: (_, [value]) => void heard.push(value),
        join: ({ groups }, [room]) => groups.add(String(room)),
        leave: ({ groups }, [room]) => groups.remove(String(room)),
      },
    });
    const [ada, bob] = [officialClient(url, { protocol }), officialClient(url, { protocol, user: 'bob' })];
    const atBob = vi.fn();
    bob.on('news', atBob);
    await Promise.all([ada.start(), bob.start()]);
    for (let index = 0; index < 20; index++) await ada.send('note', index);
    await ada.invoke('join', 'room');
    expect(heard).toEqual(Array.from({ length: 20 }, (_, index) => index));
    for (const receivers of [signalR.clients.user('ada'), signalR.clients.group('room')]) {
      const news = nextCall(ada, 'news');
      receivers.send('news', { text: 'ünïcode', list: [1, 2.5, null, true] });
      expect(await news).toEqual([{ text: 'ünïcode', list: [1, 2.5, null, true] }]);
    }
    await ada.invoke('leave', 'room');
    signalR.clients.group('room').send('news', 'lost');
    const last = Promise.all([nextCall(ada, 'last'), nextCall(bob, 'last')]);
    signalR.clients.all.send('last');
    await last;
    expect(atBob).not.toHaveBeenCalled();
  });

  test('skips negotiation', async () => {
    const { url, signalR } = await startServer({ methods: { id: ({ id }) => id } });
    const connection = { skipNegotiation: true, transport: HttpTransportType.WebSockets };
    const client = officialClient(url, { protocol, connection });
    await client.start();
    expect(signalR.connections.get(String(await client.invoke('id')))?.userId).toBe('ada');
  });

  test('asks for stateful reconnect, is not given it, and works', async () => {
    const { url } = await startServer({ methods: { one: () => 1 } });
    const client = officialClient(url, { protocol, configure: (builder) => builder.withStatefulReconnect() });
    await client.start();
    expect(await client.invoke('one')).toBe(1);
  });

  test('comes back after a shutdown, to the next server on the same port', async () => {
    const reasons: DisconnectReason[] = [];
    const first = await startServer({ onDisconnected: (_, reason) => reasons.push(reason) });
    const configure = (builder: { withAutomaticReconnect(delays: number[]): unknown }) =>
      builder.withAutomaticReconnect([0, 10, 50, 100, 500, 1_000]);
    const client = officialClient(first.url, { protocol, configure });
    const reconnecting = new Promise((resolve) => client.onreconnecting(resolve));
    const reconnected = new Promise<string | undefined>((resolve) => client.onreconnected(resolve));
    await client.start();
    const idBefore = client.connectionId;
    await first.signalR.shutdown();
    await reconnecting;
    expect(reasons).toEqual(['shutdown']);
    first.httpServer.closeAllConnections();
    await new Promise((resolve) => first.httpServer.close(resolve));
    await startServer({}, first.port);
    expect(await reconnected).not.toBe(idBefore);
    expect(client.state).toBe(HubConnectionState.Connected);
  });

  test('stays away after a final close, with the reason', async () => {
    const { url, signalR } = await startServer();
    const client = officialClient(url, { protocol, configure: (builder) => builder.withAutomaticReconnect([0]) });
    const closed = new Promise<Error | undefined>((resolve) => client.onclose(resolve));
    await client.start();
    signalR.connections.get(client.connectionId ?? '')?.close({ error: 'removed' });
    expect((await closed)?.message).toContain('removed');
  });

  test('says goodbye when it stops, and leaves nothing behind', async () => {
    let onDisconnected: (reason: DisconnectReason) => void = () => {};
    const reason = new Promise<DisconnectReason>((resolve) => (onDisconnected = resolve));
    const { url, signalR } = await startServer({ onDisconnected: (_, why) => onDisconnected(why) });
    const client = officialClient(url, { protocol });
    await client.start();
    await client.stop();
    expect(await reason).toBe('clientClosed');
    expect(signalR.connections.size).toBe(0);
  });

  test('is closed when it sends too much, and comes back', async () => {
    const { url } = await startServer({ methods: { size: (_, [text]) => String(text).length } });
    const client = officialClient(url, { protocol, configure: (builder) => builder.withAutomaticReconnect([0]) });
    const reconnected = new Promise((resolve) => client.onreconnected(resolve));
    await client.start();
    expect(await client.invoke('size', 'x'.repeat(32_000))).toBe(32_000);
    await expect(client.invoke('size', 'x'.repeat(40_000))).rejects.toThrow(/maximum message size/);
    await reconnected;
    expect(await client.invoke('size', 'back')).toBe(4);
  });

  test('streams are refused with words that name the reason, and the connection stays', async () => {
    const { url } = await startServer({ methods: { count: () => 1 } });
    const client = officialClient(url, { protocol });
    await client.start();
    const failed = new Promise<Error>((resolve) => {
      client.stream('count').subscribe({ next: () => {}, complete: () => {}, error: resolve });
    });
    expect((await failed).message).toContain('does not support streams');
    expect(await client.invoke('count')).toBe(1);
  });

  test('is refused without a token, and with one that is not welcome', async () => {
    const { url } = await startServer();
    await expect(officialClient(url, { protocol, user: '' }).start()).rejects.toThrow(/401/);
    await expect(officialClient(url, { protocol, user: 'mallory' }).start()).rejects.toThrow(/403/);
  });
});

test('binary values and dates travel in MessagePack', async () => {
  const { url } = await startServer({
    methods: {
      check: (_, [bytes, date]) => [bytes instanceof Uint8Array && !Buffer.isBuffer(bytes), date instanceof Date],
      echo: (_, [value]) => value,
    },
  });
  const client = officialClient(url, { protocol: 'messagepack' });
  await client.start();
  expect(await client.invoke('check', Uint8Array.of(1, 2, 3), new Date(0))).toEqual([true, true]);
  expect(new Uint8Array(await client.invoke('echo', Uint8Array.of(1, 2, 3)))).toEqual(Uint8Array.of(1, 2, 3));
});

test('both protocols meet on one hub', async () => {
  const { url, signalR } = await startServer({
    methods: { say: ({ id }, [text]) => signalR.clients.allExcept([id]).send('said', text) },
  });
  const [json, messagePack] = clientProtocols.map((protocol) => officialClient(url, { protocol }));
  if (json === undefined || messagePack === undefined) throw new Error('Expected two clients.');
  await Promise.all([json.start(), messagePack.start()]);
  const said = nextCall(messagePack, 'said');
  await json.invoke('say', 'hello');
  expect(await said).toEqual(['hello']);
});
