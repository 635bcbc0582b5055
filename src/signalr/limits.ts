/** Every number that bounds a connection. The first seven defaults are those of ASP.NET Core. */
export interface Limits {
  /** Largest message a client may send, without its framing. What happens to a larger one: `tooLarge` of the options. */
  readonly maxMessageBytes: number;
  /** Invocations of one client that may run at the same time. With 1, they run in the order they came. */
  readonly maxParallelInvocations: number;
  /** A connection on which nothing was sent for this long gets a ping. */
  readonly keepAliveMs: number;
  /** A client that was heard once (a message or a ping) and then falls silent for this long is closed. */
  readonly clientTimeoutMs: number;
  /** Time for a client to complete its handshake once the socket is open, and for its WebSocket request to be authenticated. */
  readonly handshakeTimeoutMs: number;
  /** Time a client may take to answer a close before its socket is destroyed. */
  readonly closeTimeoutMs: number;
  /** Time a client may take between negotiating and opening its socket. */
  readonly negotiationLifetimeMs: number;
  /** Connections negotiated and not yet opened, over all clients. More are refused with 503. */
  readonly maxNegotiations: number;
  /** Invocations of one client that may wait; then its socket is no longer read until half of them are done. */
  readonly maxQueuedInvocations: number;
  /** Invocations of one client that may run `aside` at the same time. */
  readonly maxInvocationsAside: number;
  /** A connection with more than this unsent, the message just added not counted, is closed so that it can come back. */
  readonly maxBufferedBytes: number;
  /** With more than this unsent, `sendLatest` keeps only the newest message per key. About one round of TCP segments. */
  readonly maxLatestBufferedBytes: number;
  /** Keys that `sendLatest` may hold back per connection; the one that waited longest is dropped first. */
  readonly maxLatestKeys: number;
}

/**
 * Where the server answers messages that are too large, it must receive them to their end, so as to find the next one. Beyond so
 * many times `maxMessageBytes` nobody honest goes, and the connection ends.
 */
export const TOO_LARGE_FACTOR = 8;

export const DEFAULT_LIMITS: Limits = {
  maxMessageBytes: 32 * 1024,
  maxParallelInvocations: 1,
  keepAliveMs: 15_000,
  clientTimeoutMs: 30_000,
  handshakeTimeoutMs: 15_000,
  closeTimeoutMs: 5_000,
  negotiationLifetimeMs: 15_000,
  maxNegotiations: 10_000,
  maxQueuedInvocations: 256,
  maxInvocationsAside: 4,
  maxBufferedBytes: 1024 * 1024,
  maxLatestBufferedBytes: 16 * 1024,
  maxLatestKeys: 256,
};
