import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { createClients, type HubClients } from './clients.ts';
import { type Connection, createConnection } from './connection/connection.ts';
import type { Identity } from './connection/facade.ts';
import { createGatekeeper } from './http/gatekeeper.ts';
import { createNegotiateHandler } from './http/negotiate.ts';
import { createNegotiations } from './http/negotiations.ts';
import { refuse } from './http/refusal.ts';
import { createUpgradeHandler } from './http/upgrade.ts';
import { asSignalRSocket, createWebSocketServer, listen } from './http/web-socket.ts';
import type { HubConnection } from './hub-connection.ts';
import type { SignalRServerOptions } from './options.ts';
import type { HubMember } from './registry.ts';
import { createRuntime, type HubRuntime } from './runtime.ts';

/** How often time-outs are looked at: one timer for all connections, each a second late at most. */
const HEARTBEAT_MS = 1_000;

/** Who is connected, to look at and to act on. */
export interface HubConnections<Context> extends Iterable<HubConnection<Context>> {
  readonly size: number;
  get(connectionId: string): HubConnection<Context> | undefined;
  ofUser(userId: string): HubConnection<Context>[];
  inGroup(name: string): HubConnection<Context>[];
}

export interface SignalRServer<Context> {
  /** For `POST {hub}/negotiate`. */
  handleNegotiate(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** For any other request on the hub's path that is not a WebSocket: there is no other transport to find. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
  /** For the `upgrade` event of an HTTP server, on the hub's path. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  readonly clients: HubClients;
  readonly connections: HubConnections<Context>;
  /**
   * Refuses newcomers, closes every connection so that its client comes back (to another server, or to the next one), and
   * resolves when sockets are closed and hooks are done, or after twice `closeTimeoutMs`. Idempotent.
   */
  shutdown(): Promise<void>;
}

export function createSignalRServer<Context>(options: SignalRServerOptions<Context>): SignalRServer<Context> {
  const runtime = createRuntime(options);
  const { limits, clock, logger, registry } = runtime;
  const live = new Set<Connection<Context>>();
  const negotiations = createNegotiations(clock, limits);
  const gatekeeper = createGatekeeper(options, logger);
  const webSockets = createWebSocketServer(limits.maxMessageBytes);
  const stopHeartbeat = clock.every(HEARTBEAT_MS, heartbeat);
  let shutdownSinceMs: number | undefined;
  let shutdownDone: Promise<void> | undefined;
  let onDrained = () => {};
  const isShutDown = () => shutdownDone !== undefined;

  function onSocket(webSocket: WebSocket, identity: Identity<Context>, onGone: () => void) {
    const connection = createConnection({
      runtime,
      identity,
      socket: asSignalRSocket(webSocket),
      onGone() {
        onGone();
        live.delete(connection);
        if (live.size === 0) onDrained();
      },
    });
    live.add(connection);
    listen(webSocket, connection, logger);
  }

  function heartbeat() {
    negotiations.sweep();
    for (const connection of live) connection.tick();
    if (shutdownSinceMs !== undefined && clock.monotonicMs() - shutdownSinceMs >= 2 * limits.closeTimeoutMs)
      onDrained();
  }

  async function shutDown() {
    shutdownSinceMs = clock.monotonicMs();
    const drained = new Promise<void>((resolve) => {
      onDrained = resolve;
    });
    for (const connection of live) connection.close('shutdown', { allowReconnect: true });
    if (live.size > 0) await drained;
    stopHeartbeat();
    webSockets.close();
  }

  return {
    handleNegotiate: createNegotiateHandler({ gatekeeper, negotiations, isShutDown }),
    handleRequest(request, response) {
      request.resume();
      refuse(response, requestRefusal(request.method));
    },
    handleUpgrade: createUpgradeHandler({
      gatekeeper,
      negotiations,
      webSockets,
      authTimeoutMs: limits.handshakeTimeoutMs,
      isShutDown,
      onSocket,
    }),
    clients: createClients(registry),
    connections: viewOf(runtime),
    shutdown() {
      shutdownDone ??= shutDown();
      return shutdownDone;
    },
  };
}

/** The answers of ASP.NET Core for a hub whose only transport is WebSockets. */
function requestRefusal(method: string | undefined) {
  switch (method) {
    case 'POST':
      return { status: 405, reason: 'A WebSocket connection takes no POST.' } as const;
    case 'GET':
      return { status: 404, reason: 'This server connects by WebSockets alone.' } as const;
    default:
      return { status: 400, reason: 'This server connects by WebSockets alone.' } as const;
  }
}

function viewOf<Context>({ registry }: HubRuntime<Context>): HubConnections<Context> {
  const hubs = (connections: Iterable<HubMember<Context>>) => Array.from(connections, ({ hub }) => hub);
  return {
    get size() {
      return registry.size;
    },
    get: (connectionId) => registry.byId(connectionId)?.hub,
    ofUser: (userId) => hubs(registry.ofUser(userId)),
    inGroup: (name) => hubs(registry.inGroup(name)),
    [Symbol.iterator]: () => hubs(registry.all())[Symbol.iterator](),
  };
}
