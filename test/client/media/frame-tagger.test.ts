import { describe, expect, it } from 'vitest';
import { createFrameTagger, type FrameTagger } from '../../../src/client/media/frame-tagger.ts';
import { angleBetween, fromAxisAngle } from '../../../src/domain/registration/quat.ts';

const OFFSET_MS = 50_000;
const FRAME_MS = 33;
const yawAt = (timeMs: number): number => timeMs / 1000;

function addPose(tagger: FrameTagger, timeMs: number, tracked = true, epoch = 7): void {
  const [x, y, z, w] = fromAxisAngle([0, 1, 0], yawAt(timeMs));
  tagger.addPose(Float64Array.of(timeMs, timeMs / 1000, 1.6, 0, x, y, z, w, tracked ? 1 : 0, epoch));
}

const addStillPose = (tagger: FrameTagger, timeMs: number): void =>
  tagger.addPose(Float64Array.of(timeMs, 0, 1.6, 0, 0, 0, 0, 1, 1, 7));

const rtpOf = (captureMs: number): number => (captureMs + OFFSET_MS) * 90;

/** A camera at 30 and a head at 60 frames a second, for two seconds; everything is known then. */
function runningTagger(firstFrameId = 100): FrameTagger {
  const tagger = createFrameTagger(firstFrameId);
  for (let i = 0; i < 60; i += 1) {
    const captureMs = 1000 + i * FRAME_MS;
    addPose(tagger, captureMs - 10);
    addPose(tagger, captureMs + 6);
    tagger.sawLocalFrame(captureMs);
    tagger.arrive(rtpOf(captureMs), captureMs + 8);
  }
  return tagger;
}
const NEXT_MS = 1000 + 60 * FRAME_MS;

describe('the tagger of frames', () => {
  it('gives each frame the pose between the samples around its capture', () => {
    const tagger = runningTagger();
    addPose(tagger, NEXT_MS - 10);
    addPose(tagger, NEXT_MS + 6);
    tagger.sawLocalFrame(NEXT_MS);
    const tag = tagger.tag(tagger.arrive(rtpOf(NEXT_MS), NEXT_MS + 8));
    expect(tag).toMatchObject({ frameId: 160, captureTimeMs: NEXT_MS, spaceEpoch: 7, tracked: true });
    expect(tag.pose.position[0]).toBeCloseTo(NEXT_MS / 1000, 6);
    expect(angleBetween(tag.pose.orientation, fromAxisAngle([0, 1, 0], yawAt(NEXT_MS)))).toBeLessThan(1e-6);
  });

  it('waits for the pose after the capture while poses flow, and no longer', () => {
    const tagger = runningTagger();
    addPose(tagger, NEXT_MS - 10);
    tagger.sawLocalFrame(NEXT_MS);
    const frame = tagger.arrive(rtpOf(NEXT_MS), NEXT_MS + 8);
    expect(tagger.isWorthWaiting(frame, NEXT_MS + 8)).toBe(true);
    expect(tagger.isWorthWaiting(frame, NEXT_MS + 200)).toBe(false);
    let woken = 0;
    tagger.onNextPose(() => {
      woken += 1;
    });
    addPose(tagger, NEXT_MS + 6);
    addPose(tagger, NEXT_MS + 22);
    expect(woken).toBe(1);
    expect(tagger.isWorthWaiting(frame, NEXT_MS + 23)).toBe(false);
  });

  it('says untracked where the headset did not know, where poses are missing and before the clock is known', () => {
    const lost = runningTagger();
    addPose(lost, NEXT_MS - 10);
    addPose(lost, NEXT_MS + 6, false);
    lost.sawLocalFrame(NEXT_MS);
    expect(lost.tag(lost.arrive(rtpOf(NEXT_MS), NEXT_MS + 8)).tracked).toBe(false);

    const stalled = runningTagger();
    stalled.sawLocalFrame(NEXT_MS + 330);
    expect(stalled.tag(stalled.arrive(rtpOf(NEXT_MS + 330), NEXT_MS + 340)).tracked).toBe(false);

    const fresh = createFrameTagger(0);
    addPose(fresh, 1000);
    expect(fresh.tag(fresh.arrive(rtpOf(1000), 1008))).toMatchObject({ frameId: 0, tracked: false });
  });

  it('believes a time that is only reckoned while the head keeps still, and not while it turns', () => {
    // The local player left this frame out, so that its time is reckoned from the ones before.
    const turning = runningTagger();
    for (const timeMs of [NEXT_MS - 10, NEXT_MS + 6, NEXT_MS + 22]) addPose(turning, timeMs);
    const frame = turning.arrive(rtpOf(NEXT_MS), NEXT_MS + 8);
    expect(frame).toEqual({ frameId: 160, captureTimeMs: NEXT_MS, exact: false });
    expect(turning.tag(frame).tracked).toBe(false);

    const still = createFrameTagger(100);
    for (let i = 0; i < 60; i += 1) {
      const captureMs = 1000 + i * FRAME_MS;
      addStillPose(still, captureMs - 10);
      addStillPose(still, captureMs + 6);
      still.sawLocalFrame(captureMs);
      still.arrive(rtpOf(captureMs), captureMs + 8);
    }
    for (const timeMs of [NEXT_MS - 10, NEXT_MS + 6, NEXT_MS + 22]) addStillPose(still, timeMs);
    const same = still.arrive(rtpOf(NEXT_MS), NEXT_MS + 8);
    expect(same).toEqual({ frameId: 160, captureTimeMs: NEXT_MS, exact: false });
    expect(still.tag(same).tracked).toBe(true);
  });

  it('learns the clock anew for another sender and goes on counting', () => {
    const tagger = runningTagger();
    tagger.restartClock();
    const frame = tagger.arrive(12_345, NEXT_MS + 8);
    expect(frame).toEqual({ frameId: 160, captureTimeMs: null, exact: false });
  });

  it('wraps its ids as the tag does', () => {
    const tagger = createFrameTagger(2 ** 32 - 1);
    expect(tagger.arrive(90, 1).frameId).toBe(2 ** 32 - 1);
    expect(tagger.arrive(180, 2).frameId).toBe(0);
  });
});
