/**
 * The messages of the SignalR hub protocol, independent of how they are encoded.
 *
 * Source: `src/SignalR/docs/specs/HubProtocol.md`, dotnet/aspnetcore.
 */

export const MessageType = {
  Invocation: 1,
  StreamItem: 2,
  Completion: 3,
  StreamInvocation: 4,
  CancelInvocation: 5,
  Ping: 6,
  Close: 7,
  Ack: 8,
  Sequence: 9,
} as const;

export type MessageHeaders = Readonly<Record<string, string>>;

interface WithHeaders {
  readonly headers?: MessageHeaders;
}

export interface InvocationMessage extends WithHeaders {
  readonly type: typeof MessageType.Invocation;
  /** Absent: the caller wants no reply. */
  readonly invocationId?: string;
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly streamIds?: readonly string[];
}

export interface StreamInvocationMessage extends WithHeaders {
  readonly type: typeof MessageType.StreamInvocation;
  readonly invocationId: string;
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly streamIds?: readonly string[];
}

export interface StreamItemMessage extends WithHeaders {
  readonly type: typeof MessageType.StreamItem;
  readonly invocationId: string;
  readonly item: unknown;
}

/** `error` present: failed. `result` present (it may be null): a value. Neither: done, nothing to return. */
export interface CompletionMessage extends WithHeaders {
  readonly type: typeof MessageType.Completion;
  readonly invocationId: string;
  readonly error?: string;
  readonly result?: unknown;
}

export interface CancelInvocationMessage extends WithHeaders {
  readonly type: typeof MessageType.CancelInvocation;
  readonly invocationId: string;
}

export interface PingMessage {
  readonly type: typeof MessageType.Ping;
}

export interface CloseMessage {
  readonly type: typeof MessageType.Close;
  readonly error?: string;
  /** Only `true` lets a client with automatic reconnect come back. */
  readonly allowReconnect?: boolean;
}

export interface AckMessage {
  readonly type: typeof MessageType.Ack;
  readonly sequenceId: number;
}

export interface SequenceMessage {
  readonly type: typeof MessageType.Sequence;
  readonly sequenceId: number;
}

export type HubMessage =
  | InvocationMessage
  | StreamInvocationMessage
  | StreamItemMessage
  | CompletionMessage
  | CancelInvocationMessage
  | PingMessage
  | CloseMessage
  | AckMessage
  | SequenceMessage;

/**
 * An invocation whose envelope is sound but whose argument list cannot be read. It costs the caller an error completion,
 * not the connection (MessagePack only: in JSON the same fault is a malformed message).
 */
export interface BindingFailure {
  readonly type: 'bindingFailure';
  readonly invocationId?: string;
  readonly target: string;
  readonly reason: string;
}

/** An invocation over the size limit: read no further than to know whom to answer. */
export interface TooLargeInvocation {
  readonly type: 'tooLarge';
  readonly invocationId?: string;
  readonly target: string;
}

/** A message of a type this side doesn't know. The protocol asks to ignore it, so that later versions can add types. */
export interface UnknownMessage {
  readonly type: 'unknown';
  readonly messageType: number;
}

export type ParsedMessage = HubMessage | BindingFailure | TooLargeInvocation | UnknownMessage;
