import { decodeFrameTag, FRAME_TAG_BYTES, type FrameTag } from '../../domain/registration/frame-tag.ts';

/** The tags of the frames that came last, by RTP timestamp. Fixed size: the oldest is overwritten. */
export interface TagRing {
  /** `bytes` are an encoded `FrameTag`, and are copied; anything of another length is ignored. */
  add(rtpTimestamp: number, bytes: Uint8Array): void;
  /** Null when no tag came with that frame, it is older than the ring, or its bytes make no sense. */
  find(rtpTimestamp: number): FrameTag | null;
  clear(): void;
}

/** 17 s at 30 frames a second: longer than any player's buffer. */
const DEFAULT_CAPACITY = 512;

export function createTagRing(capacity = DEFAULT_CAPACITY): TagRing {
  const timestamps = new Uint32Array(capacity);
  const tags = new Uint8Array(capacity * FRAME_TAG_BYTES);
  let added = 0;

  return {
    add(rtpTimestamp, bytes) {
      if (bytes.byteLength !== FRAME_TAG_BYTES) return;
      const slot = added % capacity;
      timestamps[slot] = rtpTimestamp;
      tags.set(bytes, slot * FRAME_TAG_BYTES);
      added += 1;
    },
    find(rtpTimestamp) {
      const wanted = rtpTimestamp >>> 0;
      // From the newest: the frame on screen is almost always among the last few.
      for (let age = 0; age < Math.min(added, capacity); age += 1) {
        const slot = (added - 1 - age) % capacity;
        if (timestamps[slot] !== wanted) continue;
        const result = decodeFrameTag(tags, slot * FRAME_TAG_BYTES);
        return result.ok ? result.tag : null;
      }
      return null;
    },
    clear() {
      added = 0;
    },
  };
}
