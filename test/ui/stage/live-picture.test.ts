import { describe, expect, it } from 'vitest';
import type { FrameTag } from '../../../src/domain/registration/frame-tag.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';
import { createLivePicture } from '../../../src/ui/stage/live-picture.ts';

const FRAME_MS = 33;

/** A player whose frames come when the test says so; `drawn` is what the canvas shows. */
function setUp() {
  let callback: VideoFrameRequestCallback | null = null;
  let tag: FrameTag | null = null;
  let nowMs = 0;
  let frameId = 0;
  const drawn: number[] = [];
  const video = {
    videoWidth: 640,
    videoHeight: 360,
    requestVideoFrameCallback(next: VideoFrameRequestCallback) {
      callback = next;
      return 1;
    },
    cancelVideoFrameCallback() {
      callback = null;
    },
  };
  const canvas = { width: 0, height: 0, getContext: () => context };
  const context = { canvas, drawImage: () => drawn.push(frameId) };
  const live = createLivePicture({
    video: video as unknown as HTMLVideoElement,
    canvas: canvas as unknown as HTMLCanvasElement,
    tagOfFrame: () => tag,
    onShown: () => undefined,
  });
  /** `placed`: the frame tells where it was seen from. */
  const frame = (placed: boolean): void => {
    frameId += 1;
    nowMs += FRAME_MS;
    tag = { frameId, captureTimeMs: nowMs, spaceEpoch: 1, tracked: placed, pose: IDENTITY_POSE };
    callback?.(nowMs, { mediaTime: nowMs / 1000 } as VideoFrameCallbackMetadata);
  };
  return { live, frame, drawn };
}

describe('the picture on stage', () => {
  it('keeps the last frame that can be drawn on through a gap of poses', () => {
    const { live, frame, drawn } = setUp();
    frame(true);
    for (let i = 0; i < 25; i += 1) frame(false);
    expect(drawn).toEqual([1]);
    expect(live.shown()?.tag?.frameId).toBe(1);
    expect(live.isPlaced.value).toBe(true);
    frame(true);
    expect(live.shown()?.tag?.frameId).toBe(27);
  });

  it('shows the bare picture after a second without any pose, and says so', () => {
    const { live, frame, drawn } = setUp();
    frame(true);
    for (let i = 0; i < 40; i += 1) frame(false);
    expect(drawn.length).toBeGreaterThan(5);
    expect(live.shown()?.tag?.frameId).toBe(41);
    expect(live.isPlaced.value).toBe(false);
    expect(live.wasPlaced.value).toBe(true);
  });

  it('shows the first frames as they come, and can be drawn on from the first that can', () => {
    const { live, frame } = setUp();
    frame(false);
    expect(live.hasPicture.value).toBe(true);
    expect(live.wasPlaced.value).toBe(false);
    frame(true);
    expect(live.wasPlaced.value).toBe(true);
    expect(live.isPlaced.value).toBe(true);
  });

  it('keeps its frame while it is held', () => {
    const { live, frame, drawn } = setUp();
    frame(true);
    live.hold(true);
    frame(true);
    expect(drawn).toEqual([1]);
    live.hold(false);
    frame(true);
    expect(drawn).toEqual([1, 3]);
  });
});
