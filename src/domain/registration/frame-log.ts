import type { FrameTag } from './frame-tag.ts';
import type { ViewerPose } from './pose.ts';

/** Why a frame that a mark refers to cannot be used. */
export type FrameRefusalCode = 'frame-too-old' | 'frame-unknown' | 'frame-not-tracked' | 'space-reset';

export type FrameLookup =
  | { readonly ok: true; readonly pose: ViewerPose; readonly tag: FrameTag }
  | { readonly ok: false; readonly code: FrameRefusalCode };

/**
 * Which pose each sent frame was seen from. The pose history covers seconds; an expert may look at a frozen
 * picture for minutes, so the poses of whole frames are kept much longer than the samples they came from.
 */
export interface FrameLog {
  add(tag: FrameTag): void;
  /** `spaceEpoch` is the current one: a frame of an earlier epoch is in a space that no longer exists. */
  find(frameId: number, spaceEpoch: number): FrameLookup;
}

/** Ten minutes at 30 frames a second. */
const DEFAULT_CAPACITY = 18_000;

export function createFrameLog(capacity = DEFAULT_CAPACITY): FrameLog {
  const tags = new Map<number, FrameTag>();
  let newest = -1;

  return {
    add(tag) {
      // Ids restart with the camera: of two frames with one id the later counts.
      tags.delete(tag.frameId);
      tags.set(tag.frameId, tag);
      newest = tag.frameId;
      if (tags.size <= capacity) return;
      for (const oldest of tags.keys()) {
        tags.delete(oldest);
        break;
      }
    },
    find(frameId, spaceEpoch) {
      const tag = tags.get(frameId);
      if (tag === undefined) return { ok: false, code: frameId < newest ? 'frame-too-old' : 'frame-unknown' };
      if (!tag.tracked) return { ok: false, code: 'frame-not-tracked' };
      if (tag.spaceEpoch !== spaceEpoch) return { ok: false, code: 'space-reset' };
      return { ok: true, pose: tag.pose, tag };
    },
  };
}
