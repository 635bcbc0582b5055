import type { FrameTag } from './frame-tag.ts';
import type { ViewerPose } from './pose.ts';

/** Why a frame that a mark refers to cannot be used. */
export type FrameRefusalCode = 'frame-too-old' | 'frame-unknown' | 'frame-not-tracked' | 'space-reset';

export type FrameLookup =
  | { readonly ok: true; readonly pose: ViewerPose }
  | { readonly ok: false; readonly code: FrameRefusalCode };

/**
 * Which pose each sent frame was seen from. The pose history covers seconds; an expert may look at a frozen
 * picture for minutes, so the poses of whole frames are kept much longer than the samples they came from.
 */
export interface FrameLog {
  /** Copies `tag`, without allocation. Frame ids must count up by one; a camera may start again at any id. */
  add(tag: FrameTag): void;
  /**
   * The capture time tells frames apart whose camera started again with the same ids. `currentEpoch` is the
   * headset's: a frame of any other epoch is in a space that no longer exists.
   */
  find(frame: Pick<FrameTag, 'frameId' | 'captureTimeMs'>, currentEpoch: number): FrameLookup;
}

/** Ten minutes at 30 frames a second, 1.6 MB. */
const DEFAULT_CAPACITY = 18_000;
/** Times travel as doubles; this only forgives a transport that rounds them to milliseconds. */
const SAME_TIME_MS = 1;
const STRIDE = 11;

export function createFrameLog(capacity = DEFAULT_CAPACITY): FrameLog {
  // One frame: id, capture time, epoch, tracked, position x y z, orientation x y z w.
  const frames = new Float64Array(capacity * STRIDE).fill(Number.NaN);
  let newestTimeMs = Number.NEGATIVE_INFINITY;
  const read = (offset: number): number => frames[offset] ?? Number.NaN;

  function add(tag: FrameTag): void {
    const offset = (tag.frameId % capacity) * STRIDE;
    frames[offset] = tag.frameId;
    frames[offset + 1] = tag.captureTimeMs;
    frames[offset + 2] = tag.spaceEpoch;
    frames[offset + 3] = tag.tracked ? 1 : 0;
    for (let i = 0; i < 3; i += 1) frames[offset + 4 + i] = tag.pose.position[i] ?? 0;
    for (let i = 0; i < 4; i += 1) frames[offset + 7 + i] = tag.pose.orientation[i] ?? 0;
    newestTimeMs = Math.max(newestTimeMs, tag.captureTimeMs);
  }

  function poseAt(offset: number): ViewerPose {
    return {
      position: [read(offset + 4), read(offset + 5), read(offset + 6)],
      orientation: [read(offset + 7), read(offset + 8), read(offset + 9), read(offset + 10)],
    };
  }

  function find(frame: Pick<FrameTag, 'frameId' | 'captureTimeMs'>, currentEpoch: number): FrameLookup {
    const offset = (frame.frameId % capacity) * STRIDE;
    const isHere = read(offset) === frame.frameId && Math.abs(read(offset + 1) - frame.captureTimeMs) <= SAME_TIME_MS;
    if (!isHere) return { ok: false, code: frame.captureTimeMs < newestTimeMs ? 'frame-too-old' : 'frame-unknown' };
    if (read(offset + 2) !== currentEpoch) return { ok: false, code: 'space-reset' };
    if (read(offset + 3) === 0) return { ok: false, code: 'frame-not-tracked' };
    return { ok: true, pose: poseAt(offset) };
  }

  return { add, find };
}
