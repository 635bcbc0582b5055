import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HubConnection, HubConnectionBuilder, type IHttpConnectionOptions, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { onTestFinished } from 'vitest';
import { createSignalRServer, type SignalRServer, type SignalRServerOptions } from '../../src/signalr/index.ts';

export interface TestUser {
  readonly name: string;
}

export interface RunningServer {
  readonly signalR: SignalRServer<TestUser>;
  readonly httpServer: Server;
  /** Of the hub. */
  readonly url: string;
  readonly port: number;
}

/** Signs in whoever names themselves: the token `ada` is the user Ada, and no token nobody. */
const byName: SignalRServerOptions<TestUser>['authenticate'] = async ({ accessToken }) => {
  if (accessToken === undefined) return { ok: false, status: 401, reason: 'No token.' };
  if (accessToken === 'mallory') return { ok: false, status: 403, reason: 'Not you.' };
  return { ok: true, userId: accessToken, context: { name: accessToken } };
};

/** A hub at `/hub` of an HTTP server on the loopback interface, gone when the test is over. */
export async function startServer(
  options: Partial<SignalRServerOptions<TestUser>> = {},
  listenPort = 0,
): Promise<RunningServer> {
  const signalR = createSignalRServer<TestUser>({ methods: {}, authenticate: byName, ...options });
  const httpServer = createServer((request, response) => {
    const isNegotiate = request.url?.startsWith('/hub/negotiate') ?? false;
    if (isNegotiate) void signalR.handleNegotiate(request, response);
    else signalR.handleRequest(request, response);
  });
  httpServer.on('upgrade', (request, socket, head) => void signalR.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => httpServer.listen(listenPort, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => httpServer.close(resolve));
    for (const connection of signalR.connections) connection.abort();
    await signalR.shutdown();
    httpServer.closeAllConnections();
    await closed;
  });
  const { port } = httpServer.address() as AddressInfo;
  return { signalR, httpServer, port, url: `http://127.0.0.1:${port}/hub` };
}

export const clientProtocols = ['json', 'messagepack'] as const;

export interface ClientOptions {
  readonly protocol?: (typeof clientProtocols)[number];
  readonly user?: string;
  readonly connection?: IHttpConnectionOptions;
  readonly configure?: (builder: HubConnectionBuilder) => void;
}

/** The official client, stopped when the test is over. */
export function officialClient(url: string, options: ClientOptions = {}): HubConnection {
  const { protocol = 'json', user = 'ada', connection, configure } = options;
  const builder = new HubConnectionBuilder()
    .withUrl(url, { accessTokenFactory: () => user, ...connection })
    .configureLogging(LogLevel.None);
  if (protocol === 'messagepack') builder.withHubProtocol(new MessagePackHubProtocol());
  configure?.(builder);
  const client = builder.build();
  onTestFinished(() => client.stop());
  return client;
}

/** Resolves with the arguments of the next call of `target`. */
export function nextCall(client: HubConnection, target: string): Promise<unknown[]> {
  return new Promise((resolve) => {
    const once = (...args: unknown[]) => {
      client.off(target, once);
      resolve(args);
    };
    client.on(target, once);
  });
}
