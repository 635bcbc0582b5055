/**
 * A payload carried inside an H.264 access unit as an SEI message of type user_data_unregistered
 * (ITU-T H.264, D.1.7), which decoders skip. Frames are byte streams with start codes (Annex B), as encoded
 * transforms give them. The message stands before the first slice, where the standard wants it.
 */

/** Names our payload among other unregistered user data; generated once for this product. */
const UUID = Uint8Array.of(
  ...[0x5e, 0x1b, 0x9f, 0x0c, 0x7a, 0x42, 0x4d, 0x6e, 0x9b, 0x31, 0xd4, 0x0a, 0x83, 0xf7, 0x26, 0xc9],
);
const NAL_SLICE_FIRST = 1;
const NAL_SLICE_LAST = 5;
const NAL_SEI = 6;
const USER_DATA_UNREGISTERED = 5;
const RBSP_STOP = 0x80;
/** A size byte of 255 means "and more follows"; our payloads stay below it. */
const MAX_PAYLOAD_BYTES = 254 - 16;

interface NalUnit {
  /** Where its start code begins, with the leading zero byte if there is one. */
  readonly startOffset: number;
  /** Its header byte. */
  readonly headerOffset: number;
  readonly type: number;
}

/** `frame` with `payload` in it as a new array; null when the frame holds no slice to put it before. */
export function insertSei(frame: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (payload.byteLength > MAX_PAYLOAD_BYTES) throw new RangeError(`SEI payload over ${MAX_PAYLOAD_BYTES} bytes`);
  const slice = findNal(frame, 0, isSlice);
  if (slice === null) return null;
  const unit = seiUnit(payload);
  const out = new Uint8Array(frame.byteLength + unit.byteLength);
  out.set(frame.subarray(0, slice.startOffset));
  out.set(unit, slice.startOffset);
  out.set(frame.subarray(slice.startOffset), slice.startOffset + unit.byteLength);
  return out;
}

/** The payload that `insertSei` put into `frame`; null when there is none. Never throws, whatever the bytes. */
export function extractSei(frame: Uint8Array): Uint8Array<ArrayBuffer> | null {
  let nal = findNal(frame, 0, isSeiOrSlice);
  while (nal !== null && nal.type === NAL_SEI) {
    const next = findNal(frame, nal.headerOffset + 1, () => true);
    const payload = ourPayload(removeEmulationPrevention(frame, nal.headerOffset + 1, next?.startOffset));
    if (payload !== null) return payload;
    nal = findNal(frame, nal.headerOffset + 1, isSeiOrSlice);
  }
  return null;
}

const isSlice = (type: number): boolean => type >= NAL_SLICE_FIRST && type <= NAL_SLICE_LAST;
const isSeiOrSlice = (type: number): boolean => type === NAL_SEI || isSlice(type);

function findNal(frame: Uint8Array, from: number, wanted: (type: number) => boolean): NalUnit | null {
  for (let i = from; i + 3 < frame.byteLength; i += 1) {
    if (frame[i] !== 0 || frame[i + 1] !== 0 || frame[i + 2] !== 1) continue;
    const type = (frame[i + 3] ?? 0) & 0x1f;
    const startOffset = i > from && frame[i - 1] === 0 ? i - 1 : i;
    if (wanted(type)) return { startOffset, headerOffset: i + 3, type };
    i += 2;
  }
  return null;
}

/** Start code, header, the message with emulation prevention, stop bit. */
function seiUnit(payload: Uint8Array): Uint8Array {
  const body = new Uint8Array(2 + UUID.byteLength + payload.byteLength + 1);
  body[0] = USER_DATA_UNREGISTERED;
  body[1] = UUID.byteLength + payload.byteLength;
  body.set(UUID, 2);
  body.set(payload, 2 + UUID.byteLength);
  body[body.byteLength - 1] = RBSP_STOP;
  return Uint8Array.of(0, 0, 0, 1, NAL_SEI, ...addEmulationPrevention(body));
}

/** Inside a unit no two zeros may be followed by 0 to 3: a 3 goes between (H.264, 7.4.1). */
function addEmulationPrevention(raw: Uint8Array): number[] {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of raw) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out;
}

function removeEmulationPrevention(frame: Uint8Array, start: number, end = frame.byteLength): Uint8Array {
  const out = new Uint8Array(Math.max(0, end - start));
  let length = 0;
  let zeros = 0;
  for (let i = start; i < end; i += 1) {
    const byte = frame[i] ?? 0;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    out[length] = byte;
    length += 1;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.subarray(0, length);
}

/** A unit may hold several messages, each with type and size in bytes of up to 255 (H.264, 7.3.2.3.1). */
function ourPayload(rbsp: Uint8Array): Uint8Array<ArrayBuffer> | null {
  let at = 0;
  const readNumber = (): number => {
    let value = 0;
    while (rbsp[at] === 0xff) {
      value += 0xff;
      at += 1;
    }
    value += rbsp[at] ?? 0;
    at += 1;
    return value;
  };
  while (at + 1 < rbsp.byteLength) {
    const type = readNumber();
    const size = readNumber();
    const end = at + size;
    if (end > rbsp.byteLength) return null;
    if (type === USER_DATA_UNREGISTERED && size >= UUID.byteLength && UUID.every((byte, i) => rbsp[at + i] === byte)) {
      return rbsp.slice(at + UUID.byteLength, end) as Uint8Array<ArrayBuffer>;
    }
    at = end;
  }
  return null;
}
