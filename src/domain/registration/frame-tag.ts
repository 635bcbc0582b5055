import type { Quat, ViewerPose } from './pose.ts';
import { normalizeQuat } from './quat.ts';

/** What travels inside each encoded video frame: which frame it is and where it was seen from. */
export interface FrameTag {
  /** Counts the frames of one camera session; wraps at 2^32. */
  readonly frameId: number;
  /** On the headset's clock (`performance.now()` of its page), ms. */
  readonly captureTimeMs: number;
  /** The reference space that `pose` is in; counts its resets, wraps at 2^16. */
  readonly spaceEpoch: number;
  /** False: the headset did not know where it was; `pose` is then the identity and means nothing. */
  readonly tracked: boolean;
  readonly pose: ViewerPose;
}

export type FrameTagResult =
  | { readonly ok: true; readonly tag: FrameTag }
  | { readonly ok: false; readonly code: 'too-short' | 'unknown-version' | 'not-finite' | 'not-a-rotation' };

const VERSION = 1;
const TRACKED = 0b1;

/**
 * Layout, big-endian: 0 version u8, 1 flags u8 (bit 0 = tracked, the rest reserved), 2 space epoch u16,
 * 4 frame id u32, 8 capture time f64, 16 position 3 x f32, 28 orientation x y z w 4 x f32.
 * Single precision is 1 micrometre at 10 m and 0.00001 degrees: far below what a camera sees.
 */
export const FRAME_TAG_BYTES = 44;

/** Rounding to single precision moves the length of a unit quaternion by about 1e-7; anything more is damage. */
const UNIT_TOLERANCE = 1e-3;

/** Writes `tag` to `out` at `offset` (default: a new array) and returns the bytes written. Allocates nothing but that. */
export function encodeFrameTag(tag: FrameTag, out = new Uint8Array(FRAME_TAG_BYTES), offset = 0): Uint8Array {
  const view = new DataView(out.buffer, out.byteOffset + offset, FRAME_TAG_BYTES);
  view.setUint8(0, VERSION);
  view.setUint8(1, tag.tracked ? TRACKED : 0);
  view.setUint16(2, tag.spaceEpoch);
  view.setUint32(4, tag.frameId);
  view.setFloat64(8, tag.captureTimeMs);
  const { position, orientation } = tag.pose;
  for (let i = 0; i < 3; i += 1) view.setFloat32(16 + 4 * i, position[i] ?? 0);
  for (let i = 0; i < 4; i += 1) view.setFloat32(28 + 4 * i, orientation[i] ?? 0);
  return out;
}

/** Reads a tag that came over the network: everything is checked, and the orientation is unit again. */
export function decodeFrameTag(bytes: Uint8Array, offset = 0): FrameTagResult {
  if (bytes.byteLength - offset < FRAME_TAG_BYTES) return { ok: false, code: 'too-short' };
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, FRAME_TAG_BYTES);
  if (view.getUint8(0) !== VERSION) return { ok: false, code: 'unknown-version' };
  const captureTimeMs = view.getFloat64(8);
  const position = [view.getFloat32(16), view.getFloat32(20), view.getFloat32(24)] as const;
  const raw: Quat = [view.getFloat32(28), view.getFloat32(32), view.getFloat32(36), view.getFloat32(40)];
  if (![captureTimeMs, ...position, ...raw].every(Number.isFinite)) return { ok: false, code: 'not-finite' };
  const orientation = normalizeQuat(raw);
  if (orientation === null || Math.abs(Math.hypot(...raw) - 1) > UNIT_TOLERANCE) {
    return { ok: false, code: 'not-a-rotation' };
  }
  const tracked = (view.getUint8(1) & TRACKED) !== 0;
  const spaceEpoch = view.getUint16(2);
  return {
    ok: true,
    tag: { frameId: view.getUint32(4), captureTimeMs, spaceEpoch, tracked, pose: { position, orientation } },
  };
}
