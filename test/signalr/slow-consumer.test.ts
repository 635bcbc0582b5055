import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { DisconnectReason, HubConnection, SignalRServerOptions } from '../../src/signalr/index.ts';
import { startServer, type TestUser } from '../support/signalr-server.ts';

/** More than the kernel buffers of a loopback connection hold. */
const MANY = 2_000;
const KIB = 'x'.repeat(1_024);

/** A client over real TCP, by hand, as the official one cannot stop reading. */
async function connectRaw(options: Partial<SignalRServerOptions<TestUser>>) {
  const { url, signalR } = await startServer(options);
  const socket = new WebSocket(`${url.replace('http', 'ws')}?access_token=ada`);
  onTestFinished(() => socket.terminate());
  const received: unknown[] = [];
  await once(socket, 'open');
  socket.send('{"protocol":"json","version":1}\u001e');
  await once(socket, 'message');
  socket.on('message', (data) => received.push(JSON.parse(String(data).slice(0, -1))));
  const [connection] = signalR.connections;
  if (connection === undefined) throw new Error('Expected a connection.');
  return { socket, connection, received };
}

/** Sends until the kernel takes no more. */
function backUp(connection: HubConnection<TestUser>, bytes: number): number {
  let count = 0;
  while (connection.isOpen && connection.bufferedBytes < bytes) {
    connection.send('step', count, KIB.repeat(16));
    count += 1;
    if (count > MANY) throw new Error('The socket never backed up.');
  }
  return count;
}

test('a reader that stalls and goes on has missed no message, and of ephemeral ones only the outdated', async () => {
  const { socket, connection, received } = await connectRaw({});
  socket.pause();
  const count = backUp(connection, 200_000);
  for (let index = 0; index < MANY; index++) connection.sendLatest('pointer', 'move', index);
  connection.send('end');
  socket.resume();
  await vi.waitFor(() => expect(received.at(-1)).toMatchObject({ target: 'move', arguments: [MANY - 1] }));
  const steps = received.filter((message) => (message as { target: string }).target === 'step');
  expect(steps.map((message) => (message as { arguments: unknown[] }).arguments[0])).toEqual(
    Array.from({ length: count }, (_, index) => index),
  );
  expect(received).toContainEqual({ type: 1, target: 'end', arguments: [] });
  expect(received.filter((message) => (message as { target: string }).target === 'move')).toHaveLength(1);
});

test('a reader that stalls for too long is closed, and told to come back once it reads again', async () => {
  const reasons: DisconnectReason[] = [];
  const { socket, connection, received } = await connectRaw({
    limits: { maxBufferedBytes: 200_000 },
    onDisconnected: (_, reason) => reasons.push(reason),
  });
  socket.pause();
  backUp(connection, Number.POSITIVE_INFINITY);
  await vi.waitFor(() => expect(reasons).toEqual(['slowConsumer']));
  socket.resume();
  const [code] = await once(socket, 'close');
  expect(code).toBe(1000);
  expect(received.at(-1)).toMatchObject({ type: 7, allowReconnect: true });
});
