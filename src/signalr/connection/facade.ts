import type { CloseOptions, DisconnectReason, HubConnection } from '../hub-connection.ts';
import { type HubMessage, MessageType } from '../wire/messages.ts';

/** Who a connection is: the result of authentication under a public id. */
export interface Identity<Context> {
  readonly id: string;
  readonly userId: string;
  readonly context: Context;
  readonly expiresAtMs?: number;
}

/** What the public view of a connection needs of the connection itself. */
export interface FacadeParts {
  readonly isOpen: () => boolean;
  readonly bufferedBytes: () => number;
  readonly send: (message: HubMessage) => void;
  readonly sendLatest: (key: string, message: HubMessage) => void;
  readonly close: (reason: DisconnectReason, options: CloseOptions) => void;
  readonly abort: () => void;
  readonly joinGroup: (name: string) => void;
  readonly leaveGroup: (name: string) => void;
  readonly isInGroup: (name: string) => boolean;
}

/** The view of a connection that methods and hooks get. */
export function createFacade<Context>(identity: Identity<Context>, parts: FacadeParts): HubConnection<Context> {
  let { context, expiresAtMs } = identity;
  return {
    id: identity.id,
    userId: identity.userId,
    get context() {
      return context;
    },
    get expiresAtMs() {
      return expiresAtMs;
    },
    get isOpen() {
      return parts.isOpen();
    },
    get bufferedBytes() {
      return parts.bufferedBytes();
    },
    groups: { add: parts.joinGroup, remove: parts.leaveGroup, has: parts.isInGroup },
    send: (target, ...args) => parts.send({ type: MessageType.Invocation, target, arguments: args }),
    sendLatest: (key, target, ...args) =>
      parts.sendLatest(key, { type: MessageType.Invocation, target, arguments: args }),
    close: (options = {}) => parts.close('closedByServer', options),
    abort: parts.abort,
    renew(renewal) {
      if ('context' in renewal) context = renewal.context as Context;
      expiresAtMs = renewal.expiresAtMs ?? expiresAtMs;
    },
  };
}
