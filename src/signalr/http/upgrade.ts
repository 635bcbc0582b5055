import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Identity } from '../connection/facade.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import { createId, type Negotiations } from './negotiations.ts';
import { type Refusal, refuseUpgrade } from './refusal.ts';

export interface UpgradeOptions<Context> {
  readonly gatekeeper: Gatekeeper<Context>;
  readonly negotiations: Negotiations;
  readonly webSockets: WebSocketServer;
  readonly authTimeoutMs: number;
  readonly isShutDown: () => boolean;
  /** `onGone` must be called when nothing is left of the connection. */
  readonly onSocket: (webSocket: WebSocket, identity: Identity<Context>, onGone: () => void) => void;
}

type UpgradeHandler = (message: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;

interface Seat {
  readonly connectionId: string;
  /** Undefined when the client did not negotiate. */
  readonly userId: string | undefined;
  readonly release: () => void;
}

/** Turns a WebSocket request on the hub's path into a connection, or answers why not. */
export function createUpgradeHandler<Context>(options: UpgradeOptions<Context>): UpgradeHandler {
  const { gatekeeper, negotiations, webSockets, authTimeoutMs, isShutDown, onSocket } = options;
  return async (message, socket, head) => {
    // Without a listener, a client that resets its socket now would end the process.
    const ignoreError = () => {};
    socket.on('error', ignoreError);
    if (isShutDown()) return refuseUpgrade(socket, { status: 503, reason: 'The server is shutting down.' });
    const taken = takeSeat(negotiations, message);
    if ('status' in taken) return refuseUpgrade(socket, taken);
    // Covers everything until there is a connection: a client that gives up, a refusal, a failed WebSocket handshake.
    socket.once('close', taken.release);
    // Likewise a sign-in that hangs.
    const giveUp = () => socket.destroy();
    message.socket.setTimeout(authTimeoutMs, giveUp);
    const admission = await gatekeeper('connect', message);
    message.socket.setTimeout(0, giveUp);
    if (socket.destroyed) return;
    if (!admission.ok) return refuseUpgrade(socket, admission.refusal);
    const { userId, context, expiresAtMs } = admission.who;
    if (taken.userId !== undefined && taken.userId !== userId) {
      return refuseUpgrade(socket, { status: 403, reason: 'The connection was negotiated by another user.' });
    }
    if (isShutDown()) return refuseUpgrade(socket, { status: 503, reason: 'The server is shutting down.' });
    const expiry = expiresAtMs === undefined ? {} : { expiresAtMs };
    webSockets.handleUpgrade(message, socket, head, (webSocket) => {
      socket.off('error', ignoreError);
      socket.off('close', taken.release);
      onSocket(webSocket, { id: taken.connectionId, userId, context, ...expiry }, taken.release);
    });
  };
}

function takeSeat(negotiations: Negotiations, message: IncomingMessage): Seat | Refusal {
  const token = connectionTokenOf(message);
  // skipNegotiation: the socket is the first we hear of this client.
  if (token === undefined) return { connectionId: createId(), userId: undefined, release: () => {} };
  const claim = negotiations.claim(token);
  switch (claim.kind) {
    case 'unknown':
      return { status: 404, reason: 'No Connection with that ID' };
    case 'active':
      return { status: 409, reason: 'The connection is already active.' };
    case 'claimed':
      return {
        connectionId: claim.connectionId,
        userId: claim.userId,
        release: () => negotiations.release(token),
      };
  }
}

function connectionTokenOf({ url = '' }: IncomingMessage): string | undefined {
  const query = url.indexOf('?');
  return query === -1 ? undefined : (new URLSearchParams(url.slice(query)).get('id') ?? undefined);
}
