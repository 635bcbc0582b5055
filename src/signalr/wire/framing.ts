import { malformed, messageTooLarge } from './protocol-error.ts';

/** Where a frame's payload lies in a buffer, and where the next frame begins. */
export interface FrameBounds {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/**
 * Finds the frame that begins at `offset`; `undefined` means that it isn't complete yet.
 * @param searchFrom up to here nothing but the frame's own bytes was found before, so it need not be searched again
 * @throws ProtocolError when the frame is, or announces that it will be, larger than `maxBytes`, or cannot be a frame.
 */
export type Framing = (
  buffer: Buffer,
  offset: number,
  maxBytes: number,
  searchFrom?: number,
) => FrameBounds | undefined;

/** Ends every JSON message and both handshake messages. It cannot occur inside JSON or inside a UTF-8 sequence. */
export const RECORD_SEPARATOR = 0x1e;

export const recordFraming: Framing = (buffer, offset, maxBytes, searchFrom = offset) => {
  const end = buffer.indexOf(RECORD_SEPARATOR, searchFrom);
  if ((end === -1 ? buffer.length : end) - offset > maxBytes) throw messageTooLarge(maxBytes);
  return end === -1 ? undefined : { start: offset, end, next: end + 1 };
};

/** Seven bits per byte, so that five bytes hold the largest length the protocol allows, 2 GiB - 1. */
const MAX_PREFIX_BYTES = 5;
const MAX_LENGTH = 0x7fff_ffff;

/** Frames with a VarInt (LEB128) length prefix of one to five bytes. */
export const lengthPrefixFraming: Framing = (buffer, offset, maxBytes) => {
  let length = 0;
  for (let index = 0; index < MAX_PREFIX_BYTES; index++) {
    const byte = buffer[offset + index];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if ((byte & 0x80) !== 0) continue;
    if (length > MAX_LENGTH) throw malformed('A message length is over 2 GiB.');
    if (length > maxBytes) throw messageTooLarge(maxBytes);
    const start = offset + index + 1;
    const end = start + length;
    return end > buffer.length ? undefined : { start, end, next: end };
  }
  throw malformed('A message length takes more than five bytes.');
};

/** Puts a payload behind its VarInt length. The result shares no memory with `payload`. */
export function withLengthPrefix(payload: Uint8Array): Buffer {
  let prefixBytes = 1;
  while (payload.length >= 2 ** (7 * prefixBytes)) prefixBytes += 1;
  const frame = Buffer.allocUnsafe(prefixBytes + payload.length);
  let rest = payload.length;
  for (let index = 0; index < prefixBytes; index++) {
    const isLast = index === prefixBytes - 1;
    frame[index] = isLast ? rest : (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  frame.set(payload, prefixBytes);
  return frame;
}
