import { Decoder, Encoder } from '@msgpack/msgpack';
import { lengthPrefixFraming, withLengthPrefix } from './framing.ts';
import type { HubProtocol } from './hub-protocol.ts';
import { type MessageOutline, scanFront, scanMessage } from './messagepack-scan.ts';
import {
  type HubMessage,
  type MessageHeaders,
  MessageType,
  type ParsedMessage,
  type TooLargeInvocation,
  type UnknownMessage,
} from './messages.ts';
import { malformed } from './protocol-error.ts';

/** How a completion ended: the fourth item of its array. */
const ResultKind = { Error: 1, Void: 2, Value: 3 } as const;

const EMPTY_MAP = 0x80;

const encoder = new Encoder({ ignoreUndefined: true });
const decoder = new Decoder();
const headerDecoder = new Decoder({
  mapKeyConverter: (key) => {
    if (typeof key !== 'string' || key === '') throw malformed('A header has no name.');
    return key;
  },
});

/**
 * The MessagePack hub protocol: an array per message behind a VarInt length. Timestamps arrive as `Date`, binary values
 * as views into the received bytes, 64-bit integers as numbers (exact up to 2^53).
 */
export const messagePackHubProtocol: HubProtocol = {
  name: 'messagepack',
  transferFormat: 'Binary',
  framing: lengthPrefixFraming,
  parse: (payload) => {
    const outline = scanMessage(payload);
    return parseItems({ items: decodeItems(payload), headers: () => headersOf(payload, outline) });
  },
  parseTooLarge: parseFront,
  write: (message) => withLengthPrefix(encoder.encodeSharedRef(itemsOf(message))),
};

type Items = readonly unknown[];

interface RawMessage {
  readonly items: Items;
  readonly headers: () => { headers?: MessageHeaders };
}

const HEADERS_ITEM = 1;
const TARGET_ITEM = 3;

const decodeItems = (body: Uint8Array): Items => decodeValue(body) as Items;

function decodeValue(bytes: Uint8Array): unknown {
  try {
    // Not the Buffer itself: binary values would arrive as Buffers, which JSON writes in a shape of their own.
    return decoder.decode(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (cause) {
    throw malformed('A MessagePack message cannot be decoded.', cause);
  }
}

/** Headers are decoded on their own, as a decoded object no longer shows whether its keys were strings. */
function headersOf(body: Uint8Array, { offsets }: MessageOutline): { headers?: MessageHeaders } {
  const [, start, end] = offsets;
  if (start === undefined || end === undefined) throw malformed("Missing required item 'headers'.");
  if (body[start] === EMPTY_MAP) return {};
  let headers: unknown;
  try {
    headers = headerDecoder.decode(body.subarray(start, end));
  } catch (cause) {
    throw malformed("Item 'headers' cannot be decoded.", cause);
  }
  if (typeof headers !== 'object' || headers === null || Object.getPrototypeOf(headers) !== Object.prototype) {
    throw malformed("Expected item 'headers' to be a map.");
  }
  if (!Object.values(headers).every((value) => typeof value === 'string' && value !== '')) {
    throw malformed("Expected every value of 'headers' to be a string with content.");
  }
  return { headers: headers as MessageHeaders };
}

function parseItems({ items, headers }: RawMessage): ParsedMessage {
  const type = items[0];
  if (typeof type !== 'number' || !Number.isInteger(type))
    throw malformed('Expected the message type to be an integer.');
  switch (type) {
    case MessageType.Invocation:
      return parseInvocation(items, headers());
    case MessageType.StreamInvocation:
      return parseStreamInvocation(items, headers());
    case MessageType.StreamItem:
      if (items.length < 4) throw malformed("Missing required item 'item'.");
      return { ...headers(), type, invocationId: requiredText(items, 2, 'invocationId'), item: items[3] };
    case MessageType.Completion:
      return { ...headers(), type, invocationId: requiredText(items, 2, 'invocationId'), ...completionOutcome(items) };
    case MessageType.CancelInvocation:
      return { ...headers(), type, invocationId: requiredText(items, 2, 'invocationId') };
    case MessageType.Ping:
      return { type };
    case MessageType.Close:
      return { type, ...closeReason(items) };
    case MessageType.Ack:
    case MessageType.Sequence:
      return { type, sequenceId: requiredSequenceId(items) };
    default:
      return { type: 'unknown', messageType: type };
  }
}

/** Type, headers, id and target stand before the arguments, which are neither walked over nor decoded. */
function parseFront(payload: Buffer): TooLargeInvocation | UnknownMessage {
  const offsets = scanFront(payload, TARGET_ITEM + 1);
  const [type, , id, target] = offsets
    .slice(0, -1)
    .map((start, index) => (index === HEADERS_ITEM ? null : decodeValue(payload.subarray(start, offsets[index + 1]))));
  if (typeof type !== 'number') throw malformed('Expected the message type to be an integer.');
  if (type !== MessageType.Invocation) return { type: 'unknown', messageType: type };
  if (id !== null && typeof id !== 'string') throw malformed("Expected item 'invocationId' to be a string or nil.");
  const invocationId = id === null || id === '' ? {} : { invocationId: id };
  return { type: 'tooLarge', ...invocationId, target: requiredText([target], 0, 'target') };
}

function parseInvocation(items: Items, headers: { headers?: MessageHeaders }): ParsedMessage {
  const type = MessageType.Invocation;
  const id = items[2];
  if (id !== null && typeof id !== 'string') throw malformed("Expected item 'invocationId' to be a string or nil.");
  const invocationId = id === null || id === '' ? {} : { invocationId: id };
  const target = requiredText(items, 3, 'target');
  const args = items[4];
  if (!Array.isArray(args)) return { type: 'bindingFailure', ...invocationId, target, reason: ARGUMENTS_UNREADABLE };
  return { ...headers, type, ...invocationId, target, arguments: args, ...streamIdsOf(items) };
}

function parseStreamInvocation(items: Items, headers: { headers?: MessageHeaders }): ParsedMessage {
  const type = MessageType.StreamInvocation;
  const invocationId = requiredText(items, 2, 'invocationId');
  const target = requiredText(items, 3, 'target');
  const args = items[4];
  if (!Array.isArray(args)) return { type: 'bindingFailure', invocationId, target, reason: ARGUMENTS_UNREADABLE };
  return { ...headers, type, invocationId, target, arguments: args, ...streamIdsOf(items) };
}

const ARGUMENTS_UNREADABLE = 'The arguments are missing or not an array.';

function requiredText(items: Items, index: number, name: string): string {
  const value = items[index];
  if (typeof value !== 'string' || value === '')
    throw malformed(`Expected item '${name}' to be a string with content.`);
  return value;
}

function requiredSequenceId(items: Items): number {
  if (!Number.isSafeInteger(items[1])) throw malformed("Expected item 'sequenceId' to be an integer.");
  return items[1] as number;
}

/** Clients without upload streams leave the item out. */
function streamIdsOf(items: Items): { streamIds?: readonly string[] } {
  const streamIds = items[5];
  if (streamIds === undefined || streamIds === null) return {};
  if (!Array.isArray(streamIds) || !streamIds.every((id) => typeof id === 'string' && id !== '')) {
    throw malformed("Expected item 'streamIds' to be an array of strings with content.");
  }
  return streamIds.length === 0 ? {} : { streamIds };
}

function completionOutcome(items: Items): { error?: string; result?: unknown } {
  switch (items[3]) {
    case ResultKind.Error:
      if (typeof items[4] !== 'string') throw malformed("Expected item 'error' to be a string.");
      return { error: items[4] };
    case ResultKind.Void:
      return {};
    case ResultKind.Value:
      if (items.length < 5) throw malformed("Missing required item 'result'.");
      return { result: items[4] };
    default:
      throw malformed('A completion has an unknown result kind.');
  }
}

function closeReason(items: Items): { error?: string; allowReconnect?: boolean } {
  const [, error = null, allowReconnect = null] = items;
  if (error !== null && typeof error !== 'string') throw malformed("Expected item 'error' to be a string or nil.");
  if (allowReconnect !== null && typeof allowReconnect !== 'boolean') {
    throw malformed("Expected item 'allowReconnect' to be a boolean.");
  }
  return { ...(error === null ? {} : { error }), ...(allowReconnect === null ? {} : { allowReconnect }) };
}

function itemsOf(message: HubMessage): Items {
  switch (message.type) {
    case MessageType.Invocation:
    case MessageType.StreamInvocation: {
      const { type, headers = {}, invocationId = null, target, arguments: args, streamIds = [] } = message;
      return [type, headers, invocationId, target, args, streamIds];
    }
    case MessageType.StreamItem:
      return [message.type, message.headers ?? {}, message.invocationId, message.item];
    case MessageType.Completion: {
      const head = [message.type, message.headers ?? {}, message.invocationId];
      if (message.error !== undefined) return [...head, ResultKind.Error, message.error];
      return message.result === undefined ? [...head, ResultKind.Void] : [...head, ResultKind.Value, message.result];
    }
    case MessageType.CancelInvocation:
      return [message.type, message.headers ?? {}, message.invocationId];
    case MessageType.Ping:
      return [message.type];
    case MessageType.Close:
      return [message.type, message.error ?? null, message.allowReconnect ?? false];
    case MessageType.Ack:
    case MessageType.Sequence:
      return [message.type, message.sequenceId];
  }
}
