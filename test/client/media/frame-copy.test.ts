import { describe, expect, it } from 'vitest';
import { type CopyTarget, createFrameCopier } from '../../../src/client/media/frame-copy.ts';

/** A video whose newest frame can be newer than the one that its callback tells of. */
function setUp(frameTimes: readonly number[]) {
  const drawn: number[] = [];
  let closed = 0;
  let next = 0;
  class Frame {
    readonly timestamp = frameTimes[next++] ?? 0;
    readonly displayWidth = 640;
    readonly displayHeight = 360;
    close(): void {
      closed += 1;
    }
  }
  const canvas = { width: 0, height: 0 };
  const target = { canvas, drawImage: (frame: Frame) => void drawn.push(frame.timestamp) };
  const copier = createFrameCopier(target as unknown as CopyTarget, Frame as unknown as typeof VideoFrame);
  const video = { videoWidth: 640, videoHeight: 360 } as HTMLVideoElement;
  const copy = (mediaTime: number) => copier.copy(video, { mediaTime } as VideoFrameCallbackMetadata);
  return { copy, drawn, canvas, closed: () => closed };
}

describe('the copy of a frame', () => {
  it('is made at the size of the frame', () => {
    const { copy, canvas, drawn } = setUp([33_333]);
    expect(copy(0.033333)).toBe(true);
    expect(canvas).toEqual({ width: 640, height: 360 });
    expect(drawn).toEqual([33_333]);
  });

  it('is not made when the video has moved on: the next callback tells of that frame', () => {
    const { copy, drawn, closed } = setUp([66_667, 66_667]);
    expect(copy(0.033333)).toBe(false);
    expect(copy(0.066667)).toBe(true);
    expect(drawn).toEqual([66_667]);
    expect(closed()).toBe(2);
  });

  it("believes the callback in a browser whose frames' times have nothing to do with it", () => {
    const { copy } = setUp([9e9, 9e9, 9e9, 9e9, 9e9, 9e9, 9e9]);
    expect([1, 2, 3, 4, 5, 6, 7].map((mediaTime) => copy(mediaTime))).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('is not made before the video has a picture', () => {
    const copier = createFrameCopier({ canvas: { width: 0, height: 0 } } as unknown as CopyTarget, undefined);
    expect(copier.copy({ videoWidth: 0, videoHeight: 0 } as HTMLVideoElement, {} as VideoFrameCallbackMetadata)).toBe(
      false,
    );
  });

  it('is not made when the frame is gone because the video was given another stream', () => {
    const Gone = class {
      constructor() {
        throw new DOMException('Invalid source state', 'InvalidStateError');
      }
    } as unknown as typeof VideoFrame;
    const target = { canvas: { width: 0, height: 0 }, drawImage: () => expect.unreachable() };
    const copier = createFrameCopier(target as unknown as CopyTarget, Gone);
    const video = { videoWidth: 640, videoHeight: 360 } as HTMLVideoElement;
    expect(copier.copy(video, { mediaTime: 1 } as VideoFrameCallbackMetadata)).toBe(false);
  });
});
