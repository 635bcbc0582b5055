/** Why a connection ended. */
export type DisconnectReason =
  /** The client said goodbye. */
  | 'clientClosed'
  /** The socket broke off without a goodbye. */
  | 'connectionLost'
  /** Nothing was heard of the client for `clientTimeoutMs`. */
  | 'clientTimeout'
  /** The client sent something that isn't the protocol. */
  | 'malformed'
  /** The client sent more than `maxMessageBytes` in one message. */
  | 'messageTooLarge'
  /** More than `maxBufferedBytes` waited for a client that doesn't read fast enough. */
  | 'slowConsumer'
  /** What the client had signed in with expired. */
  | 'expired'
  /** `close()` was called. */
  | 'closedByServer'
  /** `abort()` was called. */
  | 'aborted'
  /** The server is shutting down. */
  | 'shutdown';

export interface CloseOptions {
  /** Told to the client as the reason. */
  readonly error?: string;
  /** Whether a client with automatic reconnect comes back. Without it the close is final for such a client. */
  readonly allowReconnect?: boolean;
}

export interface ConnectionGroups {
  add(name: string): void;
  remove(name: string): void;
  has(name: string): boolean;
}

export interface Renewal<Context> {
  readonly context?: Context;
  /** Milliseconds since 1970. */
  readonly expiresAtMs?: number;
}

/**
 * One client, as methods and hooks see it. Once it is closed, everything it offers does nothing.
 *
 * Arguments of `send` and `sendLatest` must be encodable; both throw when they aren't.
 */
export interface HubConnection<Context> {
  /** Public: clients and logs may see it. A client that reconnects has a new one. */
  readonly id: string;
  readonly userId: string;
  /** What `authenticate` gave, or the latest `renew`. */
  readonly context: Context;
  /** Milliseconds since 1970, if the sign-in expires. */
  readonly expiresAtMs: number | undefined;
  /** False once it closes: ask after every `await`. */
  readonly isOpen: boolean;
  /** Bytes not yet taken by the network. */
  readonly bufferedBytes: number;
  readonly groups: ConnectionGroups;
  /** Calls the client's handler `target`. Never dropped while the connection lives; in order. */
  send(target: string, ...args: readonly unknown[]): void;
  /**
   * As `send`, for what is worth nothing once something newer exists: while the socket is backed up, only the newest
   * message per `key` is kept. Not in order with `send`.
   */
  sendLatest(key: string, target: string, ...args: readonly unknown[]): void;
  close(options?: CloseOptions): void;
  /** Destroys the socket without a word. */
  abort(): void;
  /** After the client proved itself again: a new context, a later expiry, or both. The user stays. */
  renew(renewal: Renewal<Context>): void;
}
