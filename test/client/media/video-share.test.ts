import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LEAST_BPS,
  ONE_RECEIVER_BPS,
  onSlate,
  VIDEO_BUDGET_BPS,
  videoShare,
} from '../../../src/client/media/video-share.ts';

const source = fc.constantFrom('camera', 'screen');
const receivers = fc.integer({ min: 0, max: 50 });
const FULL_PIXELS_PER_SECOND = 1280 * 720 * 30;

describe("each receiver's share of a picture", () => {
  it('of a mesh of two, three and four is the whole, half and a third of what there is', () => {
    expect([1, 2, 3].map((count) => videoShare(count, 'camera').maxBitrateBps)).toEqual([
      ONE_RECEIVER_BPS,
      VIDEO_BUDGET_BPS / 2,
      VIDEO_BUDGET_BPS / 3,
    ]);
  });

  it('keeps the sum within the budget, until each has only the least that is of use', () => {
    fc.assert(
      fc.property(receivers, source, (count, of) => {
        const { maxBitrateBps } = videoShare(count, of);
        expect(maxBitrateBps).toBeGreaterThanOrEqual(LEAST_BPS);
        expect(maxBitrateBps).toBeLessThanOrEqual(ONE_RECEIVER_BPS);
        expect(maxBitrateBps * count <= VIDEO_BUDGET_BPS || maxBitrateBps === LEAST_BPS).toBe(true);
      }),
    );
    expect(videoShare(6, 'camera').maxBitrateBps * 6).toBe(VIDEO_BUDGET_BPS);
  });

  it('never grows when one more comes', () => {
    fc.assert(
      fc.property(receivers, source, (count, of) => {
        const now = videoShare(count, of);
        const then = videoShare(count + 1, of);
        expect(then.maxBitrateBps).toBeLessThanOrEqual(now.maxBitrateBps);
        expect(then.maxFramesPerSecond).toBeLessThanOrEqual(now.maxFramesPerSecond);
        expect(then.scaleResolutionDownBy).toBeGreaterThanOrEqual(now.scaleResolutionDownBy);
      }),
    );
  });

  it('asks the encoders of a camera for no more than one 720p picture at 30 frames, in sizes that they like', () => {
    for (const count of [1, 2, 3, 4]) {
      const { scaleResolutionDownBy, maxFramesPerSecond } = videoShare(count, 'camera');
      const [widthPx, heightPx] = [1280 / scaleResolutionDownBy, 720 / scaleResolutionDownBy];
      expect([widthPx % 16, heightPx % 16]).toEqual([0, 0]);
      expect(widthPx * heightPx * maxFramesPerSecond * count).toBeLessThanOrEqual(FULL_PIXELS_PER_SECOND);
    }
  });

  it('leaves the text on a shared screen its size, and takes from its rate instead', () => {
    fc.assert(
      fc.property(receivers, (count) => {
        const share = videoShare(count, 'screen');
        expect(share.scaleResolutionDownBy).toBe(1);
        expect(share.maxFramesPerSecond).toBeGreaterThanOrEqual(5);
        expect(share.degradationPreference).toBe('maintain-resolution');
      }),
    );
  });

  it("of a headset's small slate is smaller in everything, and in sizes that encoders like", () => {
    for (const count of [1, 2, 3, 4]) {
      const share = videoShare(count, 'camera');
      const { maxBitrateBps, maxFramesPerSecond, scaleResolutionDownBy } = onSlate(share);
      expect(maxBitrateBps).toBeLessThanOrEqual(share.maxBitrateBps);
      expect(maxFramesPerSecond).toBe(15);
      expect(1280 / scaleResolutionDownBy).toBe(640);
      expect((720 / scaleResolutionDownBy) % 8).toBe(0);
    }
  });
});
