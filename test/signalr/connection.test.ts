import { describe, expect, test, vi } from 'vitest';
import { type DisconnectReason, HubError } from '../../src/signalr/index.ts';
import { withLengthPrefix } from '../../src/signalr/wire/framing.ts';
import { jsonHubProtocol } from '../../src/signalr/wire/json.ts';
import { messagePackHubProtocol } from '../../src/signalr/wire/messagepack.ts';
import { createFakeHub, settle } from '../support/signalr-hub.ts';
import { vectorsOf, wireOf } from '../support/signalr-vectors.ts';

const HANDSHAKE = '{"protocol":"json","version":1}\u001e';
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

function recordDisconnects() {
  const reasons: DisconnectReason[] = [];
  return { reasons, onDisconnected: (_: unknown, reason: DisconnectReason) => reasons.push(reason) };
}

describe('the handshake', () => {
  test('may come in pieces, with messages behind it', async () => {
    const hub = createFakeHub({ methods: { hello: () => 'hi' } });
    const client = hub.open();
    const bytes = `${HANDSHAKE}{"type":1,"invocationId":"1","target":"hello","arguments":[]}\u001e`;
    for (const byte of Buffer.from(bytes)) client.receiveRaw(Uint8Array.of(byte));
    await settle();
    expect(client.socket.sent.map(text)).toEqual(['{}\u001e', '{"type":3,"invocationId":"1","result":"hi"}\u001e']);
  });

  test('is JSON for MessagePack too, and the next byte is MessagePack', async () => {
    const hub = createFakeHub({ methods: { hello: () => 'hi' } });
    const client = hub.open({ protocol: messagePackHubProtocol });
    const call = messagePackHubProtocol.write({ type: 1, invocationId: '1', target: 'hello', arguments: [] });
    client.receiveRaw(Buffer.concat([Buffer.from('{"protocol":"messagepack","version":2}\u001e'), call]));
    await settle();
    expect(text(client.socket.sent.shift())).toBe('{}\u001e');
    expect(client.take()).toEqual([{ type: 3, invocationId: '1', result: 'hi' }]);
  });

  test.each([
    ['an unknown protocol', '{"protocol":"carrier-pigeon","version":1}\u001e', /json and messagepack/],
    ['a version from the future', '{"protocol":"json","version":3}\u001e', /client is newer/],
    ['no handshake at all', '{"type":6}\u001e', /'protocol'/],
    ['no JSON', 'GET / HTTP/1.1\u001e', /JSON/],
    ['no end', 'x'.repeat(40_000), /maximum message size/],
  ])('%s is refused with an error and a close', async (_, bytes, error) => {
    const disconnects = recordDisconnects();
    const hub = createFakeHub(disconnects);
    const client = hub.open();
    client.receiveRaw(bytes);
    expect(JSON.parse(text(client.socket.sent[0]).slice(0, -1)).error).toMatch(error);
    expect(client.socket.state).toBe('closing');
    client.connection.socketClosed(true);
    await settle();
    expect(client.isGone).toBe(true);
    expect(disconnects.reasons).toEqual([]);
  });

  test('is over after 15 s', () => {
    const hub = createFakeHub();
    const client = hub.open();
    hub.tick(14_000);
    expect(client.socket.state).toBe('open');
    hub.tick(1_000);
    expect(client.socket.state).toBe('closing');
    hub.tick(5_000);
    expect(client.socket.state).toBe('terminated');
  });
});

describe('invocations', () => {
  test('without an id get no reply, with one a value, null or void', async () => {
    const hub = createFakeHub({ methods: { value: () => 1, nothing: () => null, done: async () => undefined } });
    const client = hub.connect();
    client.receive({ type: 1, target: 'value', arguments: [] });
    for (const [index, target] of ['value', 'nothing', 'done'].entries()) {
      client.receive({ type: 1, invocationId: String(index), target, arguments: [] });
    }
    await settle();
    expect(client.take()).toEqual([
      { type: 3, invocationId: '0', result: 1 },
      { type: 3, invocationId: '1', result: null },
      { type: 3, invocationId: '2' },
    ]);
  });

  test.each(['missing', 'constructor', '__proto__', 'toString'])('of the unknown method %s fail', async (target) => {
    const client = createFakeHub().connect();
    await settle();
    client.receive({ type: 1, invocationId: '1', target, arguments: [] });
    expect(client.take()).toEqual([{ type: 3, invocationId: '1', error: `Unknown hub method '${target}'` }]);
    expect(client.socket.state).toBe('open');
  });

  test('of unknown methods may be answered by one for all of them', async () => {
    const unknownMethod = async (_: unknown, args: readonly unknown[]) => ({ code: 'unknown', args });
    const client = createFakeHub({ methods: { known: () => 'known' }, unknownMethod }).connect();
    await settle();
    client.receive({ type: 1, invocationId: '1', target: 'constructor', arguments: [7] });
    client.receive({ type: 1, invocationId: '2', target: 'known', arguments: [] });
    await settle();
    expect(client.take()).toEqual([
      { type: 3, invocationId: '1', result: { code: 'unknown', args: [7] } },
      { type: 3, invocationId: '2', result: 'known' },
    ]);
  });

  test('that throw tell the caller nothing but a HubError', async () => {
    const methods = {
      secret: () => Promise.reject(new Error('password is swordfish')),
      sync: () => {
        throw new Error('password is swordfish');
      },
      refuse: () => {
        throw new HubError('not now');
      },
    };
    const run = async (detailedErrors: boolean) => {
      const client = createFakeHub({ methods, detailedErrors }).connect();
      for (const target of Object.keys(methods))
        client.receive({ type: 1, invocationId: target, target, arguments: [] });
      await settle();
      return client.take().map((message) => 'error' in message && message.error);
    };
    const summary = (target: string) => `An unexpected error occurred invoking '${target}' on the server.`;
    expect(await run(false)).toEqual([summary('secret'), summary('sync'), 'not now']);
    expect(await run(true)).toContain(`${summary('secret')} Error: password is swordfish`);
  });

  test('whose result cannot be encoded fail alone', async () => {
    const client = createFakeHub({ methods: { big: () => 1n, loop: () => looped(), fine: () => 'fine' } }).connect();
    for (const target of ['big', 'loop', 'fine'])
      client.receive({ type: 1, invocationId: target, target, arguments: [] });
    await settle();
    expect(client.take()).toEqual([
      { type: 3, invocationId: 'big', error: expect.stringContaining('unexpected error') },
      { type: 3, invocationId: 'loop', error: expect.stringContaining('unexpected error') },
      { type: 3, invocationId: 'fine', result: 'fine' },
    ]);
  });

  test('run one at a time by default, in order, and in parallel when allowed', async () => {
    for (const [maxParallelInvocations, atOnce] of [
      [1, 1],
      [3, 3],
    ]) {
      const started: (() => void)[] = [];
      const wait = () => new Promise<void>((resolve) => started.push(resolve));
      const limits = maxParallelInvocations === undefined ? {} : { maxParallelInvocations };
      const client = createFakeHub({ methods: { wait }, limits }).connect();
      for (const id of ['1', '2', '3']) client.receive({ type: 1, invocationId: id, target: 'wait', arguments: [] });
      await settle();
      expect(started).toHaveLength(atOnce ?? 0);
      for (let index = 0; index < 3; index++) {
        started[index]?.();
        await settle();
      }
      expect(client.take().map((message) => 'invocationId' in message && message.invocationId)).toEqual([
        '1',
        '2',
        '3',
      ]);
    }
  });

  test('of methods named aside begin in their turn, and the next ones do not wait for their end', async () => {
    const ends: (() => void)[] = [];
    const slow = () => new Promise<void>((resolve) => ends.push(resolve));
    const methods = { slow, quick: () => 'quick' };
    const limits = { maxInvocationsAside: 2 };
    const client = createFakeHub({ methods, limits, aside: new Set(['slow']) }).connect();
    const ids = () => client.take().map((message) => 'invocationId' in message && message.invocationId);
    for (const [id, target] of [
      ['1', 'slow'],
      ['2', 'quick'],
      ['3', 'slow'],
      ['4', 'slow'],
      ['5', 'quick'],
    ] as const)
      client.receive({ type: 1, invocationId: id, target, arguments: [] });
    await settle();
    expect([ends.length, ids()]).toEqual([2, ['2']]);
    ends[1]?.();
    await settle();
    expect([ends.length, ids()]).toEqual([3, ['3', '5']]);
    ends[0]?.();
    ends[2]?.();
    await settle();
    expect(ids()).toEqual(['1', '4']);
  });

  test('can be stopped by the gate before them, known method or not', async () => {
    const method = vi.fn();
    const beforeInvoke = () => ({ ok: false, error: 'too fast' }) as const;
    const client = createFakeHub({ methods: { method }, beforeInvoke }).connect();
    await settle();
    client.receive({ type: 1, invocationId: '1', target: 'method', arguments: [] });
    client.receive({ type: 1, invocationId: '2', target: 'unknown', arguments: [] });
    expect(client.take()).toMatchObject([{ error: 'too fast' }, { error: 'too fast' }]);
    expect(method).not.toHaveBeenCalled();
  });

  test('that ask for streams are refused, and what belongs to streams is ignored', async () => {
    const client = createFakeHub({ methods: { count: () => 1 } }).connect();
    await settle();
    client.receive(
      { type: 4, invocationId: '1', target: 'count', arguments: [] },
      { type: 1, invocationId: '2', target: 'count', arguments: [], streamIds: ['s'] },
      { type: 1, target: 'count', arguments: [], streamIds: ['s'] },
      { type: 2, invocationId: 's', item: 1 },
      { type: 3, invocationId: 's' },
      { type: 5, invocationId: '1' },
      { type: 8, sequenceId: 1 },
      { type: 9, sequenceId: 1 },
      { type: 6 },
    );
    client.receiveRaw('{"type":99}\u001e');
    expect(client.take()).toEqual([
      { type: 3, invocationId: '1', error: expect.stringContaining('does not support streams') },
      { type: 3, invocationId: '2', error: expect.stringContaining('does not support streams') },
    ]);
    expect(client.socket.state).toBe('open');
  });

  test('that pile up stop the reading of the socket until half are done', async () => {
    const release: (() => void)[] = [];
    const wait = () => new Promise<void>((resolve) => release.push(resolve));
    const hub = createFakeHub({ methods: { wait }, limits: { maxQueuedInvocations: 4 } });
    const client = hub.connect();
    await settle();
    for (let index = 0; index < 5; index++) client.receive({ type: 1, target: 'wait', arguments: [] });
    expect(client.socket.isPaused).toBe(true);
    hub.tick(60_000);
    expect(client.socket.state).toBe('open');
    for (let index = 0; index < 2; index++) {
      expect(client.socket.isPaused).toBe(true);
      release[index]?.();
      await settle();
    }
    expect(client.socket.isPaused).toBe(false);
  });

  test('that pile up do not keep a closed socket from being read, where the answer to the close lies', async () => {
    const wait = () => new Promise(() => {});
    const client = createFakeHub({ methods: { wait }, limits: { maxQueuedInvocations: 2 } }).connect();
    await settle();
    for (let index = 0; index < 3; index++) client.receive({ type: 1, target: 'wait', arguments: [] });
    expect(client.socket.isPaused).toBe(true);
    client.connection.hub.close();
    expect(client.socket.isPaused).toBe(false);
  });

  const binding = (['json', 'messagepack'] as const).flatMap((name) => vectorsOf('binding-error', name));
  test.each(binding)('vector $id fails without costing the connection', async (vector) => {
    const { protocol: name = 'json', hubSignature = [] } = vector;
    const parse = (_: unknown, args: readonly unknown[]) => {
      const fits = args.length === hubSignature.length && args.every((arg, index) => isA(hubSignature[index], arg));
      if (!fits) throw new Error('Bad arguments.');
    };
    const protocol = name === 'json' ? jsonHubProtocol : messagePackHubProtocol;
    const client = createFakeHub({ methods: { foo: parse, xyz: parse } }).connect({ protocol });
    await settle();
    client.receiveRaw(wireOf(vector));
    expect(client.take()).toEqual([{ type: 3, invocationId: expect.any(String), error: expect.any(String) }]);
    expect(client.socket.state).toBe('open');
  });
});

describe('frames that break the protocol', () => {
  const broken = (['json', 'messagepack'] as const).flatMap((name) => vectorsOf('parse-error', name));

  test.each(broken)('vector $id closes with an error, for good', async (vector) => {
    const disconnects = recordDisconnects();
    const protocol = vector.protocol === 'json' ? jsonHubProtocol : messagePackHubProtocol;
    const hub = createFakeHub(disconnects);
    const client = hub.connect({ protocol });
    client.receiveRaw(wireOf(vector));
    const [close] = client.take();
    expect(close).toMatchObject({ type: 7, error: expect.any(String) });
    expect(close).not.toMatchObject({ allowReconnect: true });
    expect(client.socket.state).toBe('closing');
    await settle();
    expect(disconnects.reasons).toEqual(['malformed']);
    expect(hub.errors).toEqual([]);
  });

  test('nothing is heard of a client behind its goodbye', async () => {
    const method = vi.fn();
    const client = createFakeHub({ methods: { method } }).connect();
    await settle();
    client.receiveRaw('{"type":7}\u001e{"type":1,"target":"method","arguments":[]}\u001e');
    expect(client.socket.state).toBe('closing');
    expect(method).not.toHaveBeenCalled();
  });

  test('nothing is heard of a client behind its broken frame', async () => {
    const method = vi.fn();
    const client = createFakeHub({ methods: { method } }).connect();
    await settle();
    client.receiveRaw('nonsense\u001e{"type":1,"target":"method","arguments":[]}\u001e');
    client.receive({ type: 1, target: 'method', arguments: [] });
    expect(method).not.toHaveBeenCalled();
  });

  test.each([jsonHubProtocol, messagePackHubProtocol])(
    'a $name message over the limit closes, to come back, where the server has no answer',
    async (protocol) => {
      const method = vi.fn();
      const disconnects = recordDisconnects();
      const hub = createFakeHub({ methods: { method }, limits: { maxMessageBytes: 1_000 }, ...disconnects });
      const client = hub.connect({ protocol });
      await settle();
      client.receive({ type: 1, target: 'method', arguments: ['x'.repeat(900)] });
      expect(method).toHaveBeenCalledOnce();
      client.receive({ type: 1, target: 'method', arguments: ['x'.repeat(1_100)] });
      await settle();
      expect(method).toHaveBeenCalledOnce();
      expect(client.take()).toMatchObject([{ type: 7, error: expect.stringContaining('1000'), allowReconnect: true }]);
      expect(disconnects.reasons).toEqual(['messageTooLarge']);
    },
  );

  test.each([jsonHubProtocol, messagePackHubProtocol])(
    'a $name invocation over the limit is answered in its turn where the server has an answer',
    async (protocol) => {
      const method = vi.fn(async () => 'done');
      const tooLarge = vi.fn(() => 'too large');
      const hub = createFakeHub({ methods: { method }, tooLarge, limits: { maxMessageBytes: 1_000 } });
      const client = hub.connect({ protocol });
      await settle();
      const large = 'x'.repeat(7_000);
      client.receive(
        { type: 1, invocationId: '1', target: 'method', arguments: ['small'] },
        { type: 1, invocationId: '2', target: 'method', arguments: [large, { invocationId: 'of somebody else' }] },
        { type: 1, target: 'method', arguments: [large] },
        { type: 3, invocationId: '9', result: large },
        { type: 1, invocationId: '3', target: 'method', arguments: ['small'] },
      );
      await settle();
      expect(client.take()).toEqual([
        { type: 3, invocationId: '1', result: 'done' },
        { type: 3, invocationId: '2', result: 'too large' },
        { type: 3, invocationId: '3', result: 'done' },
      ]);
      expect(tooLarge.mock.calls).toEqual([
        [expect.anything(), []],
        [expect.anything(), []],
      ]);
      expect(client.socket.state).toBe('open');
    },
  );

  test.each([jsonHubProtocol, messagePackHubProtocol])(
    'a $name message over eight times the limit closes, to come back, answer or not',
    async (protocol) => {
      const tooLarge = vi.fn();
      const hub = createFakeHub({ tooLarge, limits: { maxMessageBytes: 1_000 } });
      const client = hub.connect({ protocol });
      await settle();
      client.receive({ type: 1, invocationId: '1', target: 'method', arguments: ['x'.repeat(8_000)] });
      expect(client.take()).toMatchObject([{ type: 7, error: expect.any(String), allowReconnect: true }]);
      expect(tooLarge).not.toHaveBeenCalled();
    },
  );

  test.each([
    ['json', jsonHubProtocol, Buffer.from(`{"type":1,"target":"method","arguments":["${'x'.repeat(2_000)}"\u001e`)],
    ['messagepack', messagePackHubProtocol, withLengthPrefix(Buffer.alloc(2_000, 0xc1))],
  ])('a broken %s message over the limit closes for good', async (_, protocol, bytes) => {
    const hub = createFakeHub({ tooLarge: () => null, limits: { maxMessageBytes: 1_000 } });
    const client = hub.connect({ protocol });
    await settle();
    client.receiveRaw(bytes);
    const [close] = client.take();
    expect(close).toMatchObject({ type: 7, error: expect.any(String) });
    expect(close).not.toMatchObject({ allowReconnect: true });
  });

  test('a large message may come in small pieces', async () => {
    const tooLarge = vi.fn();
    const client = createFakeHub({ tooLarge, limits: { maxMessageBytes: 1_000 } }).connect();
    await settle();
    const wire = jsonHubProtocol.write({ type: 1, target: 'method', arguments: ['x'.repeat(5_000)] });
    for (let at = 0; at < wire.length; at += 7) client.receiveRaw(wire.subarray(at, at + 7));
    expect(tooLarge).toHaveBeenCalledOnce();
  });

  test.each([jsonHubProtocol, messagePackHubProtocol])(
    '$name messages that are small may together exceed the limit',
    async (protocol) => {
      const method = vi.fn();
      const client = createFakeHub({ methods: { method }, limits: { maxMessageBytes: 1_000 } }).connect({ protocol });
      await settle();
      const one = protocol.write({ type: 1, target: 'method', arguments: ['x'.repeat(500)] });
      client.receiveRaw(Buffer.concat([one, one, one, one]));
      expect(method).toHaveBeenCalledTimes(4);
    },
  );
});

function isA(type: string | undefined, value: unknown): boolean {
  return type === 'int' ? Number.isInteger(value) : typeof value === type;
}

function looped(): object {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  return loop;
}
