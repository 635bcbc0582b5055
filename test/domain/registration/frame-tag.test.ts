import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeFrameTag,
  encodeFrameTag,
  FRAME_TAG_BYTES,
  type FrameTag,
} from '../../../src/domain/registration/frame-tag.ts';
import { angleBetween } from '../../../src/domain/registration/quat.ts';
import { distance } from '../../../src/domain/registration/vec3.ts';
import { number, pose } from './arbitraries.ts';

const anyTag: fc.Arbitrary<FrameTag> = fc.record({
  frameId: fc.integer({ min: 0, max: 0xffffffff }),
  captureTimeMs: number(0, 1e12),
  spaceEpoch: fc.integer({ min: 0, max: 0xffff }),
  tracked: fc.boolean(),
  pose,
});

const tag: FrameTag = {
  frameId: 0xfedcba98,
  captureTimeMs: 123456.789,
  spaceEpoch: 3,
  tracked: true,
  pose: { position: [1, 2, 3], orientation: [0, 0, 0, 1] },
};

function damaged(write: (view: DataView) => void): Uint8Array {
  const bytes = encodeFrameTag(tag);
  write(new DataView(bytes.buffer));
  return bytes;
}

test('a tag survives the way through the frame', () => {
  fc.assert(
    fc.property(anyTag, (original) => {
      const result = decodeFrameTag(encodeFrameTag(original));
      expect(result.ok).toBe(true);
      if (!result.ok) return;
      const { pose: decoded, ...rest } = result.tag;
      const { pose: sent, ...facts } = original;
      expect(rest).toEqual(facts);
      expect(distance(decoded.position, sent.position)).toBeLessThan(2e-6);
      expect(angleBetween(decoded.orientation, sent.orientation)).toBeLessThan(1e-6);
      expect(Math.hypot(...decoded.orientation)).toBeCloseTo(1, 12);
    }),
  );
});

test('it can stand in the middle of other bytes', () => {
  const bytes = encodeFrameTag(tag, new Uint8Array(FRAME_TAG_BYTES + 10), 7).subarray(2);
  expect(decodeFrameTag(bytes, 5)).toEqual({ ok: true, tag });
});

describe('what is refused', () => {
  test('too few bytes, wherever they start', () => {
    const bytes = encodeFrameTag(tag);
    for (let size = 0; size < FRAME_TAG_BYTES; size += 1) {
      expect(decodeFrameTag(bytes.subarray(0, size))).toEqual({ ok: false, code: 'too-short' });
    }
    expect(decodeFrameTag(bytes, 1)).toEqual({ ok: false, code: 'too-short' });
  });

  test('another version, before anything else is read', () => {
    const bytes = damaged((view) => {
      view.setUint8(0, 2);
      view.setFloat64(8, Number.NaN);
    });
    expect(decodeFrameTag(bytes)).toEqual({ ok: false, code: 'unknown-version' });
  });

  test('numbers that are not finite, in any place', () => {
    const time = damaged((view) => view.setFloat64(8, Number.POSITIVE_INFINITY));
    expect(decodeFrameTag(time)).toEqual({ ok: false, code: 'not-finite' });
    for (let offset = 16; offset < FRAME_TAG_BYTES; offset += 4) {
      const bytes = damaged((view) => view.setFloat32(offset, Number.NaN));
      expect(decodeFrameTag(bytes)).toEqual({ ok: false, code: 'not-finite' });
    }
  });

  test('an orientation that is no rotation', () => {
    for (const w of [0, 0.9, 1.1]) {
      expect(decodeFrameTag(damaged((view) => view.setFloat32(40, w)))).toEqual({ ok: false, code: 'not-a-rotation' });
    }
  });

  test('noise never throws, and never gives a pose that is not finite', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        bytes[0] = 1;
        const result = decodeFrameTag(bytes);
        if (result.ok) expect(Math.hypot(...result.tag.pose.orientation)).toBeCloseTo(1, 6);
        else expect(result.code).not.toBe('unknown-version');
      }),
    );
  });
});
