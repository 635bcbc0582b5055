/**
 * A payload carried behind an encoded VP8 frame: payload, its length (u16, big-endian), magic. A VP8 frame says
 * itself how long its partitions are (RFC 6386, 9.5), so a decoder that gets the trailer never reads it.
 */

/** Eight bytes: a frame ends with them by chance once in 10^19 frames. */
const MAGIC = Uint8Array.of(0x9d, 0x53, 0x4c, 0x54, 0x41, 0x47, 0x31, 0xe6);
const FOOTER_BYTES = 2 + MAGIC.byteLength;

export function appendTrailer(frame: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(frame.byteLength + payload.byteLength + FOOTER_BYTES);
  out.set(frame);
  out.set(payload, frame.byteLength);
  new DataView(out.buffer).setUint16(frame.byteLength + payload.byteLength, payload.byteLength);
  out.set(MAGIC, out.byteLength - MAGIC.byteLength);
  return out;
}

export interface SplitFrame {
  /** The frame as the encoder made it; a view, not a copy. */
  readonly frame: Uint8Array;
  readonly payload: Uint8Array;
}

/** Takes apart what `appendTrailer` put together; null when there is no whole trailer. Never throws. */
export function splitTrailer(bytes: Uint8Array): SplitFrame | null {
  const lengthAt = bytes.byteLength - FOOTER_BYTES;
  if (lengthAt < 0 || !MAGIC.every((byte, i) => bytes[lengthAt + 2 + i] === byte)) return null;
  const length = ((bytes[lengthAt] ?? 0) << 8) | (bytes[lengthAt + 1] ?? 0);
  if (length > lengthAt) return null;
  return { frame: bytes.subarray(0, lengthAt - length), payload: bytes.subarray(lengthAt - length, lengthAt) };
}
