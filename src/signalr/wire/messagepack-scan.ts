import { malformed } from './protocol-error.ts';

/** What stands at the front of a MessagePack message: an array of so many items, the first few beginning at `offsets`. */
export interface MessageOutline {
  readonly itemCount: number;
  /** Byte offsets of the first items and the end of the last one listed: item `i` spans `offsets[i]` to `offsets[i + 1]`. */
  readonly offsets: readonly number[];
}

/** Type and headers: all that anybody asks the place of. */
const LISTED_ITEMS = 2;

interface Token {
  /** Bytes of this value without the values inside it. */
  readonly size: number;
  /** Values inside it: array items, or keys and values of a map. */
  readonly children: number;
}

/**
 * Walks over one MessagePack value that must be an array and fill `body` exactly.
 *
 * Decoders allocate an array as soon as they read its announced length, so a few bytes can claim gigabytes, and nested
 * claims multiply. Here every announced value is counted against the bytes that are left before anything is allocated.
 * @throws ProtocolError
 */
export function scanMessage(body: Uint8Array): MessageOutline {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const outer = readOuter(view);
  const offsets = [outer.size];
  let offset = outer.size;
  for (let index = 0; index < outer.children; index++) {
    offset = skipValue(view, offset, outer.children - index - 1);
    if (index < LISTED_ITEMS) offsets.push(offset);
  }
  if (offset !== body.length) throw malformed('A MessagePack message has bytes behind its end.');
  return { itemCount: outer.children, offsets };
}

/**
 * Walks over the first items of a message alone.
 * @returns as `offsets` of an outline; of fewer items where the message has fewer
 * @throws ProtocolError
 */
export function scanFront(body: Uint8Array, maxItems: number): readonly number[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const outer = readOuter(view);
  let offset = outer.size;
  const offsets = [offset];
  for (let index = 0; index < Math.min(outer.children, maxItems); index++) {
    offset = skipValue(view, offset, outer.children - index - 1);
    offsets.push(offset);
  }
  return offsets;
}

/** The array that every message is. */
function readOuter(view: DataView): Token {
  if (view.byteLength === 0 || !isArrayHead(view.getUint8(0))) {
    throw malformed('A MessagePack message is not an array.');
  }
  const outer = readToken(view, 0);
  if (outer.children > view.byteLength - outer.size) throw truncated();
  return outer;
}

/** `owed`: values that must still follow this one, each at least one byte long. */
function skipValue(view: DataView, start: number, owed: number): number {
  let offset = start;
  for (let pending = 1; pending > 0; pending--) {
    const { size, children } = readToken(view, offset);
    offset += size;
    pending += children;
    if (pending - 1 + owed > view.byteLength - offset) throw truncated();
  }
  return offset;
}

function isArrayHead(head: number): boolean {
  return (head & 0xf0) === 0x90 || head === 0xdc || head === 0xdd;
}

function truncated(cause?: unknown): Error {
  return malformed('A MessagePack message ends inside a value.', cause);
}

function readToken(view: DataView, offset: number): Token {
  try {
    return tokenAt(view, offset);
  } catch (cause) {
    // DataView throws a RangeError for a length field that isn't there.
    throw cause instanceof RangeError ? truncated(cause) : cause;
  }
}

/** Source of the byte values: github.com/msgpack/msgpack, spec.md. */
function tokenAt(view: DataView, offset: number): Token {
  const head = view.getUint8(offset);
  if (head < 0x80 || head >= 0xe0) return leaf(1);
  if (head < 0x90) return { size: 1, children: (head & 0x0f) * 2 };
  if (head < 0xa0) return { size: 1, children: head & 0x0f };
  if (head < 0xc0) return leaf(1 + (head & 0x1f));
  switch (head) {
    case 0xc1:
      throw malformed('A MessagePack message holds the unused byte 0xC1.');
    case 0xdc:
      return { size: 3, children: view.getUint16(offset + 1) };
    case 0xdd:
      return { size: 5, children: view.getUint32(offset + 1) };
    case 0xde:
      return { size: 3, children: view.getUint16(offset + 1) * 2 };
    case 0xdf:
      return { size: 5, children: view.getUint32(offset + 1) * 2 };
    default:
      return leaf(leafSize(view, offset, head));
  }
}

function leaf(size: number): Token {
  return { size, children: 0 };
}

function leafSize(view: DataView, offset: number, head: number): number {
  switch (head) {
    case 0xc0: // nil
    case 0xc2: // false
    case 0xc3: // true
      return 1;
    case 0xc4: // bin 8
    case 0xd9: // str 8
      return 2 + view.getUint8(offset + 1);
    case 0xc5: // bin 16
    case 0xda: // str 16
      return 3 + view.getUint16(offset + 1);
    case 0xc6: // bin 32
    case 0xdb: // str 32
      return 5 + view.getUint32(offset + 1);
    case 0xc7: // ext 8
      return 3 + view.getUint8(offset + 1);
    case 0xc8: // ext 16
      return 4 + view.getUint16(offset + 1);
    case 0xc9: // ext 32
      return 6 + view.getUint32(offset + 1);
    case 0xcc: // uint 8
    case 0xd0: // int 8
      return 2;
    case 0xcd: // uint 16
    case 0xd1: // int 16
      return 3;
    case 0xca: // float 32
    case 0xce: // uint 32
    case 0xd2: // int 32
      return 5;
    case 0xcb: // float 64
    case 0xcf: // uint 64
    case 0xd3: // int 64
      return 9;
    default: // 0xd4 to 0xd8, fixext of 1, 2, 4, 8 and 16 bytes behind a type byte
      return 2 + 2 ** (head - 0xd4);
  }
}
