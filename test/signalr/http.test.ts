import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, type ClientOptions as WebSocketOptions } from 'ws';
import type { AuthRequest, SignalRServerOptions } from '../../src/signalr/index.ts';
import { createManualClock } from '../support/signalr-clock.ts';
import { startServer, type TestUser } from '../support/signalr-server.ts';

const HANDSHAKE = '{"protocol":"json","version":1}\u001e';

function negotiate(url: string, query = '?negotiateVersion=1', init: RequestInit = {}) {
  return fetch(`${url}/negotiate${query}`, { method: 'POST', headers: { Authorization: 'Bearer ada' }, ...init });
}

async function negotiated(url: string, query?: string): Promise<Record<string, unknown>> {
  return (await (await negotiate(url, query)).json()) as Record<string, unknown>;
}

function openSocket(url: string, query: string, options: WebSocketOptions = {}): WebSocket {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${query}`, options);
  onTestFinished(() => socket.terminate());
  return socket;
}

/** The status that a WebSocket request is refused with, or 101. */
function upgradeStatus(url: string, query: string, options: WebSocketOptions = {}): Promise<number | undefined> {
  const socket = openSocket(url, query, options);
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.on('open', () => resolve(101));
    socket.on('error', reject);
  });
}

async function nextMessage(socket: WebSocket): Promise<string> {
  const [data] = await once(socket, 'message');
  return String(data);
}

describe('negotiate', () => {
  test('version 1 gives a public id, a secret token and the one transport', async () => {
    const { url } = await startServer();
    const body = await negotiated(url);
    expect(body).toEqual({
      negotiateVersion: 1,
      connectionId: expect.stringMatching(/^[\w-]{22}$/),
      connectionToken: expect.stringMatching(/^[\w-]{22}$/),
      availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }],
    });
    expect(body.connectionToken).not.toBe(body.connectionId);
  });

  test('version 0 knows no token, and a version from the future gets 1', async () => {
    const { url } = await startServer();
    expect(await negotiated(url, '')).not.toHaveProperty('connectionToken');
    expect(await negotiated(url, '?negotiateVersion=7')).toMatchObject({ negotiateVersion: 1 });
    expect(await negotiated(url, '?negotiateVersion=one')).toEqual({ error: expect.any(String) });
  });

  test('never offers stateful reconnect', async () => {
    const { url } = await startServer();
    const body = await negotiated(url, '?negotiateVersion=1&useStatefulReconnect=true');
    expect(body).not.toHaveProperty('useStatefulReconnect');
  });

  test('is a POST, authenticated, and from a page of the same origin', async () => {
    const { url } = await startServer();
    expect((await negotiate(url, '', { method: 'GET' })).status).toBe(405);
    const unauthorised = await negotiate(url, '', { headers: {} });
    expect([unauthorised.status, unauthorised.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await negotiate(url, '', { headers: { Authorization: 'Bearer mallory' } })).status).toBe(403);
    const foreign = { headers: { Authorization: 'Bearer ada', Origin: 'https://evil.example' } };
    expect((await negotiate(url, '', foreign)).status).toBe(403);
  });

  test('answers 500 without details when authentication breaks', async () => {
    const { url } = await startServer({ authenticate: () => Promise.reject(new Error('swordfish')) });
    const response = await negotiate(url);
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('swordfish')]);
  });

  test('answers 503 when too many are waiting, and again once their time is over', async () => {
    const clock = createManualClock();
    const { url } = await startServer({ clock, limits: { maxNegotiations: 1 } });
    const statuses = [(await negotiate(url)).status, (await negotiate(url)).status];
    clock.advance(15_000);
    statuses.push((await negotiate(url)).status);
    expect(statuses).toEqual([200, 503, 200]);
  });
});

describe('a request on the hub itself that is no WebSocket', () => {
  test.each([
    ['GET', 404],
    ['POST', 405],
    ['DELETE', 400],
  ])('%s is answered with %i', async (method, status) => {
    const { url } = await startServer();
    expect((await fetch(`${url}?id=x`, { method })).status).toBe(status);
  });
});

describe('the upgrade', () => {
  test('takes the token of negotiate once', async () => {
    const { url, signalR } = await startServer();
    const { connectionToken, connectionId } = await negotiated(url);
    const query = `?id=${connectionToken}&access_token=ada`;
    const socket = openSocket(url, query);
    await once(socket, 'open');
    expect(await upgradeStatus(url, query)).toBe(409);
    socket.send(HANDSHAKE);
    expect(await nextMessage(socket)).toBe('{}\u001e');
    expect(signalR.connections.get(String(connectionId))?.userId).toBe('ada');
    socket.close();
    await once(socket, 'close');
    expect(await upgradeStatus(url, query)).toBe(404);
  });

  test('does not take the public id for the token, nor a token whose time is over', async () => {
    const clock = createManualClock();
    const { url } = await startServer({ clock });
    const { connectionId, connectionToken } = await negotiated(url);
    expect(await upgradeStatus(url, `?id=${connectionId}&access_token=ada`)).toBe(404);
    clock.advance(15_000);
    expect(await upgradeStatus(url, `?id=${connectionToken}&access_token=ada`)).toBe(404);
  });

  test('takes the id of negotiate version 0', async () => {
    const { url } = await startServer();
    const { connectionId } = await negotiated(url, '');
    expect(await upgradeStatus(url, `?id=${connectionId}&access_token=ada`)).toBe(101);
  });

  test('is refused to nobody, to the unwelcome and to another user than the one who negotiated', async () => {
    const { url } = await startServer();
    expect(await upgradeStatus(url, '')).toBe(401);
    expect(await upgradeStatus(url, '?access_token=mallory')).toBe(403);
    const { connectionToken } = await negotiated(url);
    expect(await upgradeStatus(url, `?id=${connectionToken}&access_token=bob`)).toBe(403);
  });

  test('hears a token from the header or the query, and tells both stages apart', async () => {
    const requests: AuthRequest[] = [];
    const authenticate: SignalRServerOptions<TestUser>['authenticate'] = (request) => {
      requests.push(request);
      return { ok: true, userId: 'u', context: { name: 'u' } };
    };
    const { url } = await startServer({ authenticate });
    await negotiate(url);
    await upgradeStatus(url, '?access_token=query');
    await upgradeStatus(url, '?access_token=query', { headers: { Authorization: 'Bearer header' } });
    expect(requests.map(({ stage, accessToken }) => [stage, accessToken])).toEqual([
      ['negotiate', 'ada'],
      ['connect', 'query'],
      ['connect', 'header'],
    ]);
  });

  test('is refused to pages of another origin, unless they are allowed', async () => {
    const strict = await startServer();
    const allowOrigin = (origin: string | undefined) => origin === 'https://app.example';
    const custom = await startServer({ allowOrigin });
    const from = (origin: string) => ({ headers: { Origin: origin } });
    const query = '?access_token=ada';
    expect(await upgradeStatus(strict.url, query, from(strict.url.replace('/hub', '')))).toBe(101);
    expect(await upgradeStatus(strict.url, query, from('https://evil.example'))).toBe(403);
    expect(await upgradeStatus(strict.url, query, from('null'))).toBe(403);
    expect(await upgradeStatus(custom.url, query, from('https://app.example'))).toBe(101);
    expect(await upgradeStatus(custom.url, query)).toBe(403);
  });

  test('frees the token when the WebSocket handshake itself fails', async () => {
    const { url, port } = await startServer();
    const { connectionToken } = await negotiated(url);
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const path = `/hub?id=${connectionToken}&access_token=ada`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    socket.resume();
    await once(socket, 'close');
    await vi.waitFor(async () => expect(await upgradeStatus(url, `?id=${connectionToken}&access_token=ada`)).toBe(404));
  });

  test.each([true, false])(
    'survives a client that resets while it is being authenticated (admitted: %s)',
    async (ok) => {
      let answer = () => {};
      let asked = () => {};
      const isAsked = new Promise<void>((resolve) => (asked = resolve));
      const admitted = { ok: true, userId: 'u', context: { name: 'u' } } as const;
      const { url, port, signalR } = await startServer({
        authenticate: ({ stage }) => {
          if (stage === 'negotiate') return admitted;
          asked();
          const refused = { ok: false, status: 401, reason: 'x'.repeat(100_000) } as const;
          return new Promise((resolve) => (answer = () => resolve(ok ? admitted : refused)));
        },
      });
      const socket = connect(port, '127.0.0.1');
      const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
      socket.write(`GET /hub HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`);
      await isAsked;
      socket.resetAndDestroy();
      await once(socket, 'close');
      answer();
      expect((await negotiate(url)).status).toBe(200);
      expect(signalR.connections.size).toBe(0);
    },
  );

  test.each(['//evil.example/hub', 'http://evil.example/hub', '*'])(
    'a target %s that is no path is refused',
    async (target) => {
      const { port } = await startServer();
      const socket = connect(port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      const [head] = await once(socket, 'data');
      expect(String(head)).toContain('HTTP/1.1 400');
      expect(String(head)).toContain('no usable path');
    },
  );
});

describe('the socket', () => {
  async function connected(options: Partial<SignalRServerOptions<TestUser>> = {}) {
    const server = await startServer(options);
    const socket = openSocket(server.url, '?access_token=ada');
    await once(socket, 'open');
    socket.send(HANDSHAKE);
    await nextMessage(socket);
    return { ...server, socket };
  }

  test('answers an empty close frame with 1000', async () => {
    const { socket } = await connected();
    socket.close();
    const [code] = await once(socket, 'close');
    expect(code).toBe(1000);
  });

  test('is closed with 1000 behind a type 7', async () => {
    const { socket } = await connected();
    const closed = once(socket, 'close');
    socket.send('nonsense\u001e');
    expect(JSON.parse((await nextMessage(socket)).slice(0, -1))).toMatchObject({ type: 7, error: expect.any(String) });
    expect((await closed)[0]).toBe(1000);
  });

  test('is destroyed when a WebSocket message is beyond all measure', async () => {
    const reasons: string[] = [];
    const { socket } = await connected({ onDisconnected: (_, reason) => reasons.push(reason) });
    socket.send('x'.repeat(17 * 32 * 1024));
    expect((await once(socket, 'close'))[0]).toBe(1009);
    await vi.waitFor(() => expect(reasons).toEqual(['connectionLost']));
  });

  test('that its owner aborts breaks off', async () => {
    const { socket, signalR } = await connected();
    for (const connection of signalR.connections.ofUser('ada')) connection.abort();
    expect((await once(socket, 'close'))[0]).toBe(1006);
  });
});

describe('shutdown', () => {
  test('refuses newcomers, waits for hooks, and does it once', async () => {
    let finish = () => {};
    const onDisconnected = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const { url, signalR } = await startServer({ onDisconnected });
    const { connectionToken } = await negotiated(url);
    const socket = openSocket(url, '?access_token=ada');
    await once(socket, 'open');
    socket.send(HANDSHAKE);
    await nextMessage(socket);
    const done = vi.fn();
    const shutdown = signalR.shutdown().then(done);
    expect(await nextMessage(socket)).toBe('{"type":7,"allowReconnect":true}\u001e');
    await once(socket, 'close');
    expect((await negotiate(url)).status).toBe(503);
    expect(await upgradeStatus(url, `?id=${connectionToken}&access_token=ada`)).toBe(503);
    expect(done).not.toHaveBeenCalled();
    finish();
    await Promise.all([shutdown, signalR.shutdown()]);
    expect(onDisconnected).toHaveBeenCalledOnce();
  });

  test('does not wait for ever', async () => {
    const clock = createManualClock();
    const { url, signalR } = await startServer({ clock, onDisconnected: () => new Promise(() => {}) });
    const socket = openSocket(url, '?access_token=ada');
    await once(socket, 'open');
    socket.send(HANDSHAKE);
    await nextMessage(socket);
    const shutdown = signalR.shutdown();
    clock.advance(10_000);
    await shutdown;
    expect(clock.running).toBe(0);
  });
});
