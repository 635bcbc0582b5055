import { decodeMulti, encode } from '@msgpack/msgpack';

/** What the test itself reads and writes of SignalR (HubProtocol.md, dotnet/aspnetcore). */
export const INVOCATION = 1;
export const COMPLETION = 3;

/** The binary framing: each message has its length before it, seven bits a byte, the lowest first. */
export function* messagesOf(payload: Buffer): Generator<unknown[]> {
  let at = 0;
  while (at < payload.length) {
    let length = 0;
    let shift = 0;
    let byte = 0;
    do {
      byte = payload[at] ?? 0;
      length |= (byte & 0x7f) << shift;
      shift += 7;
      at += 1;
    } while (byte & 0x80);
    for (const message of decodeMulti(payload.subarray(at, at + length))) {
      if (Array.isArray(message)) yield message;
    }
    at += length;
  }
}

/** One invocation as it goes over the wire. */
export function invocation(id: string, method: string, request: unknown): Uint8Array {
  const message = encode([INVOCATION, {}, id, method, [request], []]);
  const length: number[] = [];
  for (let rest = message.length; rest > 0; rest >>>= 7) length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  return Uint8Array.from([...length, ...message]);
}
