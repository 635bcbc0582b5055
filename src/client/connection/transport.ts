import { type HubConnection, HubConnectionBuilder, type ILogger, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';

/** The smallest thing that the connection logic needs of SignalR, so that tests need no network. */
export interface Transport {
  /** Rejects when the hub can't be reached or does not take the token (`unauthorized`). */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Rejects when the connection goes before the answer came. */
  invoke(method: string, request: unknown): Promise<unknown>;
  onMessage(name: string, listener: (message: unknown) => void): void;
  onDisconnected(listener: () => void): void;
}

export class UnauthorizedError extends Error {
  override name = 'UnauthorizedError';
}

/** The hub pings every 5 s; three in a row missing is a dead link. */
const SERVER_TIMEOUT_MS = 16_000;
const KEEP_ALIVE_MS = 5_000;
const HTTP_UNAUTHORIZED = 401;

/** SignalR with MessagePack. Reconnecting is not its business but the caller's, so that the first start is no special case. */
export function createSignalRTransport(url: string, accessToken: () => Promise<string>): Transport {
  const connection: HubConnection = new HubConnectionBuilder()
    .withUrl(url, { accessTokenFactory: accessToken })
    .withHubProtocol(new MessagePackHubProtocol())
    .withServerTimeout(SERVER_TIMEOUT_MS)
    .withKeepAliveInterval(KEEP_ALIVE_MS)
    .configureLogging(SILENT)
    .build();
  return {
    connect: () => connection.start().catch(rethrowUnauthorized),
    disconnect: () => connection.stop(),
    invoke: (method, request) => connection.invoke(method, request),
    onMessage: (name, listener) => connection.on(name, listener),
    onDisconnected: (listener) => connection.onclose(() => listener()),
  };
}

function rethrowUnauthorized(error: unknown): never {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  const refused = status === HTTP_UNAUTHORIZED || /\b401\b/.test(String(error));
  throw refused ? new UnauthorizedError('the hub did not take the access token', { cause: error }) : error;
}

/** Drops are shown on the page and healed; the console is kept for faults. */
const SILENT: ILogger = {
  log(level, message) {
    if (level >= LogLevel.Critical) console.error(message);
  },
};
