import { isUtf8 } from 'node:buffer';
import { recordFraming } from './framing.ts';
import type { HubProtocol } from './hub-protocol.ts';
import { type HubMessage, type MessageHeaders, MessageType, type ParsedMessage } from './messages.ts';
import { malformed } from './protocol-error.ts';

const SEPARATOR = '\u001e';

type JsonObject = Readonly<Record<string, unknown>>;

/** The JSON hub protocol: a JSON object per message, each ended by 0x1E. Binary values need the MessagePack protocol. */
export const jsonHubProtocol: HubProtocol = {
  name: 'json',
  transferFormat: 'Text',
  framing: recordFraming,
  parse: (payload) => parseMessage(parseJsonObject(payload)),
  // Properties come in any order, and text may look like them: only the whole message tells.
  parseTooLarge(payload) {
    const json = parseJsonObject(payload);
    const message = parseMessage(json);
    if (message.type !== MessageType.Invocation) return { type: 'unknown', messageType: Number(json.type) };
    return { type: 'tooLarge', ...optionalId(json), target: message.target };
  },
  write: (message) => Buffer.from(JSON.stringify(ordered(message)) + SEPARATOR),
};

/**
 * Reads UTF-8 JSON text that must hold an object.
 * @throws ProtocolError
 */
export function parseJsonObject(payload: Buffer): JsonObject {
  if (!isUtf8(payload)) throw malformed('A message is not valid UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(payload.toString());
  } catch (cause) {
    throw malformed('A message is not valid JSON.', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('A message is not a JSON object.');
  }
  return value as JsonObject;
}

function parseMessage(json: JsonObject): ParsedMessage {
  const type = json.type;
  if (typeof type !== 'number' || !Number.isInteger(type)) throw malformed("Expected 'type' to be a whole number.");
  switch (type) {
    case MessageType.Invocation:
      return {
        ...headersOf(json),
        type,
        ...optionalId(json),
        target: requiredString(json, 'target'),
        arguments: requiredArray(json, 'arguments'),
        ...streamIdsOf(json),
      };
    case MessageType.StreamInvocation:
      return {
        ...headersOf(json),
        type,
        invocationId: requiredString(json, 'invocationId'),
        target: requiredString(json, 'target'),
        arguments: requiredArray(json, 'arguments'),
        ...streamIdsOf(json),
      };
    case MessageType.StreamItem:
      if (json.item === undefined) throw malformed("Missing required property 'item'.");
      return { ...headersOf(json), type, invocationId: requiredString(json, 'invocationId'), item: json.item };
    case MessageType.Completion:
      return {
        ...headersOf(json),
        type,
        invocationId: requiredString(json, 'invocationId'),
        ...completionOutcome(json),
      };
    case MessageType.CancelInvocation:
      return { ...headersOf(json), type, invocationId: requiredString(json, 'invocationId') };
    case MessageType.Ping:
      return { type };
    case MessageType.Close:
      return { type, ...optionalError(json), ...allowReconnectOf(json) };
    case MessageType.Ack:
    case MessageType.Sequence:
      return { type, sequenceId: requiredSequenceId(json) };
    default:
      return { type: 'unknown', messageType: type };
  }
}

/** A null is taken as absent, as most serialisers cannot leave a property out. */
function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function requiredString(json: JsonObject, name: string): string {
  const value = json[name];
  if (typeof value !== 'string') throw malformed(`Expected '${name}' to be a string.`);
  return value;
}

function requiredArray(json: JsonObject, name: string): readonly unknown[] {
  const value = json[name];
  if (!Array.isArray(value)) throw malformed(`Expected '${name}' to be an array.`);
  return value;
}

function requiredSequenceId(json: JsonObject): number {
  const value = json.sequenceId;
  if (!Number.isSafeInteger(value)) throw malformed("Expected 'sequenceId' to be a whole number.");
  return value as number;
}

function optionalId(json: JsonObject): { invocationId?: string } {
  return isAbsent(json.invocationId) ? {} : { invocationId: requiredString(json, 'invocationId') };
}

function optionalError(json: JsonObject): { error?: string } {
  return isAbsent(json.error) ? {} : { error: requiredString(json, 'error') };
}

function completionOutcome(json: JsonObject): { error?: string; result?: unknown } {
  const failure = optionalError(json);
  if (json.result === undefined) return failure;
  if (failure.error !== undefined) throw malformed("The properties 'error' and 'result' exclude each other.");
  return { result: json.result };
}

function allowReconnectOf(json: JsonObject): { allowReconnect?: boolean } {
  const value = json.allowReconnect;
  if (isAbsent(value)) return {};
  if (typeof value !== 'boolean') throw malformed("Expected 'allowReconnect' to be true or false.");
  return { allowReconnect: value };
}

function streamIdsOf(json: JsonObject): { streamIds?: readonly string[] } {
  if (isAbsent(json.streamIds)) return {};
  const streamIds = requiredArray(json, 'streamIds');
  if (!streamIds.every((id) => typeof id === 'string')) throw malformed("Expected 'streamIds' to hold strings.");
  return { streamIds };
}

function headersOf(json: JsonObject): { headers?: MessageHeaders } {
  const headers = json.headers;
  if (isAbsent(headers)) return {};
  if (typeof headers !== 'object' || Array.isArray(headers)) throw malformed("Expected 'headers' to be an object.");
  if (!Object.values(headers).every((value) => typeof value === 'string')) {
    throw malformed("Expected every value of 'headers' to be a string.");
  }
  return { headers: headers as MessageHeaders };
}

/** The order in which ASP.NET Core writes properties; it also keeps a caller's stray properties off the wire. */
function ordered(message: HubMessage): object {
  switch (message.type) {
    case MessageType.Invocation:
    case MessageType.StreamInvocation: {
      const { type, headers, invocationId, target, arguments: args, streamIds } = message;
      return { type, headers, invocationId, target, arguments: args, streamIds };
    }
    case MessageType.StreamItem:
      return {
        type: message.type,
        headers: message.headers,
        invocationId: message.invocationId,
        item: message.item ?? null,
      };
    case MessageType.Completion: {
      const { type, headers, invocationId, error, result } = message;
      return { type, headers, invocationId, error, result: error === undefined ? result : undefined };
    }
    case MessageType.CancelInvocation:
      return { type: message.type, headers: message.headers, invocationId: message.invocationId };
    case MessageType.Ping:
      return { type: message.type };
    case MessageType.Close:
      return { type: message.type, error: message.error, allowReconnect: message.allowReconnect };
    case MessageType.Ack:
    case MessageType.Sequence:
      return { type: message.type, sequenceId: message.sequenceId };
  }
}
