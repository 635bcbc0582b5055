import { type HubConnection, HubConnectionBuilder, type ILogger, LogLevel } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { KEEP_ALIVE_MS } from '../../protocol/keep-alive.ts';

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

/** Three pings of the hub in a row missing, and a little more: a dead link. */
const SERVER_TIMEOUT_MS = 16_000;
const HTTP_UNAUTHORIZED = 401;

/**
 * SignalR with MessagePack. Reconnecting is not its business but the caller's, so that the first start is no special case.
 * @param accessToken null when only a new sign-in gives one; a rejection is a connection that failed
 */
export function createSignalRTransport(url: string, accessToken: () => Promise<string | null>): Transport {
  /** SignalR tells of it in words alone. */
  let tokenError: unknown;
  const tokenOrFail = async (): Promise<string> => {
    try {
      const token = await accessToken();
      if (token === null) throw new UnauthorizedError('there is no access token without a new sign-in');
      return token;
    } catch (error) {
      tokenError = error;
      throw error;
    }
  };
  const connection: HubConnection = new HubConnectionBuilder()
    .withUrl(url, { accessTokenFactory: tokenOrFail })
    .withHubProtocol(new MessagePackHubProtocol())
    .withServerTimeout(SERVER_TIMEOUT_MS)
    .withKeepAliveInterval(KEEP_ALIVE_MS)
    .configureLogging(SILENT)
    .build();
  return {
    async connect() {
      tokenError = undefined;
      await connection.start().catch((error: unknown) => {
        throw tokenError ?? unauthorizedOr(error);
      });
    },
    disconnect: () => connection.stop(),
    invoke: (method, request) => connection.invoke(method, request),
    onMessage: (name, listener) => connection.on(name, listener),
    onDisconnected: (listener) => connection.onclose(() => listener()),
  };
}

function unauthorizedOr(error: unknown): unknown {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  const refused = status === HTTP_UNAUTHORIZED || /\b401\b/.test(String(error));
  return refused ? new UnauthorizedError('the hub did not take the access token', { cause: error }) : error;
}

/** Drops are shown on the page and healed; the console is kept for faults. */
const SILENT: ILogger = {
  log(level, message) {
    if (level >= LogLevel.Critical) console.error(message);
  },
};
