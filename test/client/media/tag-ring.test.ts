import { describe, expect, it } from 'vitest';
import { createTagRing } from '../../../src/client/media/tag-ring.ts';
import { encodeFrameTag } from '../../../src/domain/registration/frame-tag.ts';

const tagBytes = (frameId: number) =>
  encodeFrameTag({
    frameId,
    captureTimeMs: frameId * 33,
    spaceEpoch: 1,
    tracked: true,
    pose: { position: [1, 2, 3], orientation: [0, 0, 0, 1] },
  });

describe('the ring of frame tags', () => {
  it('finds the tag of a frame by its RTP time', () => {
    const ring = createTagRing();
    ring.add(90, tagBytes(1));
    ring.add(2 ** 32 - 1, tagBytes(2));
    expect(ring.find(90)?.frameId).toBe(1);
    expect(ring.find(2 ** 32 - 1)?.frameId).toBe(2);
    expect(ring.find(91)).toBeNull();
  });

  it('keeps as many as it has room for and overwrites the oldest', () => {
    const ring = createTagRing(4);
    for (let id = 1; id <= 6; id += 1) ring.add(id * 3000, tagBytes(id));
    expect([1, 2, 3, 4, 5, 6].map((id) => ring.find(id * 3000)?.frameId ?? null)).toEqual([null, null, 3, 4, 5, 6]);
  });

  it('takes the newest of two frames with the same time', () => {
    const ring = createTagRing();
    ring.add(90, tagBytes(1));
    ring.add(90, tagBytes(2));
    expect(ring.find(90)?.frameId).toBe(2);
  });

  it('has nothing at first and after being cleared, not even for time 0', () => {
    const ring = createTagRing();
    expect(ring.find(0)).toBeNull();
    ring.add(0, tagBytes(1));
    ring.clear();
    expect(ring.find(0)).toBeNull();
  });

  it('ignores bytes of another length, and gives no tag for bytes that make no sense', () => {
    const ring = createTagRing();
    ring.add(90, new Uint8Array(3));
    ring.add(180, new Uint8Array(44).fill(0xff));
    expect(ring.find(90)).toBeNull();
    expect(ring.find(180)).toBeNull();
  });
});
