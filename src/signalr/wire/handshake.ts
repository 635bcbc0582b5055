import { RECORD_SEPARATOR } from './framing.ts';
import type { HubProtocol } from './hub-protocol.ts';
import { jsonHubProtocol, parseJsonObject } from './json.ts';
import { messagePackHubProtocol } from './messagepack.ts';
import { malformed } from './protocol-error.ts';

export interface HandshakeRequest {
  readonly protocol: string;
  readonly version: number;
}

export type HandshakeChoice =
  | { readonly ok: true; readonly protocol: HubProtocol }
  | { readonly ok: false; readonly error: string };

const PROTOCOLS: ReadonlyMap<string, HubProtocol> = new Map(
  [jsonHubProtocol, messagePackHubProtocol].map((protocol) => [protocol.name, protocol]),
);

/** A client that wants stateful reconnect asks for version 2. The messages are those of version 1. */
const MAX_PROTOCOL_VERSION = 2;

/**
 * Parses the first message of a connection, JSON whatever the protocol that it asks for.
 * @throws ProtocolError
 */
export function parseHandshakeRequest(payload: Buffer): HandshakeRequest {
  const { protocol, version } = parseJsonObject(payload);
  if (typeof protocol !== 'string') throw malformed("Expected 'protocol' of the handshake to be a string.");
  if (typeof version !== 'number' || !Number.isInteger(version)) {
    throw malformed("Expected 'version' of the handshake to be a whole number.");
  }
  return { protocol, version };
}

/** Picks the protocol that a client asked for, versions first. */
export function chooseProtocol({ protocol: name, version }: HandshakeRequest): HandshakeChoice {
  if (version < 1 || version > MAX_PROTOCOL_VERSION) {
    const advice = version < 1 ? 'The client is too old.' : 'The client is newer than the server.';
    return { ok: false, error: `The server speaks protocol versions 1 to ${MAX_PROTOCOL_VERSION}. ${advice}` };
  }
  const protocol = PROTOCOLS.get(name);
  if (protocol === undefined) return { ok: false, error: 'The server speaks the protocols json and messagepack.' };
  return { ok: true, protocol };
}

/** The server's answer to a handshake; with an `error` the connection is closed behind it. */
export function writeHandshakeResponse(error?: string): Buffer {
  const json = JSON.stringify(error === undefined ? {} : { error });
  return Buffer.concat([Buffer.from(json), Uint8Array.of(RECORD_SEPARATOR)]);
}
