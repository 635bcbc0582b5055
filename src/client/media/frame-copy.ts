/** What the copy needs of a `<video>`; tests give less than a whole element. */
export type CopyTarget = Pick<CanvasRenderingContext2D, 'drawImage' | 'canvas'>;

/**
 * Frames whose own time stamp disagrees with the callback's this often in a row show that this browser's two clocks
 * have nothing to do with each other, rather than that the copy was late every time.
 */
const MAX_MISMATCHES = 5;
/** Both are the frame's presentation time; one is in whole microseconds. */
const SAME_FRAME_S = 0.0005;

export interface FrameCopier {
  /**
   * Copies the frame that `metadata` describes. False when the video has no frame, or had moved on to the next one
   * already: that one's own callback is about to come, and a picture with another frame's tag would be wrong.
   */
  copy(video: HTMLVideoElement, metadata: VideoFrameCallbackMetadata): boolean;
  /** Copies a picture that never moves on. */
  copyStill(picture: ImageBitmap): void;
}

/**
 * The frame that a `<video>` draws can be newer than the one its callback tells of. `VideoFrame` holds one frame and
 * knows its time (W3C WebCodecs), so it settles which one was copied; without it the callback is believed.
 */
export function createFrameCopier(
  target: CopyTarget,
  Frame: typeof VideoFrame | undefined = globalThis.VideoFrame,
): FrameCopier {
  let mismatches = 0;

  function isThatFrame(frame: VideoFrame, metadata: VideoFrameCallbackMetadata): boolean {
    if (mismatches >= MAX_MISMATCHES) return true;
    const same = Math.abs(frame.timestamp / 1e6 - metadata.mediaTime) < SAME_FRAME_S;
    mismatches = same ? 0 : mismatches + 1;
    return same;
  }

  function draw(source: CanvasImageSource, widthPx: number, heightPx: number): void {
    const { canvas } = target;
    // Setting a canvas's size clears it and drops its buffer, also when nothing changes.
    if (canvas.width !== widthPx) canvas.width = widthPx;
    if (canvas.height !== heightPx) canvas.height = heightPx;
    target.drawImage(source, 0, 0, widthPx, heightPx);
  }

  return {
    copyStill: (picture) => draw(picture, picture.width, picture.height),
    copy(video, metadata) {
      if (video.videoWidth === 0 || video.videoHeight === 0) return false;
      if (Frame === undefined) {
        draw(video, video.videoWidth, video.videoHeight);
        return true;
      }
      const frame = frameOf(video, Frame);
      if (frame === null) return false;
      try {
        if (!isThatFrame(frame, metadata)) return false;
        draw(frame, frame.displayWidth, frame.displayHeight);
        return true;
      } finally {
        frame.close();
      }
    },
  };
}

/** A video that is given another stream may call back for a frame that is gone: `VideoFrame` then throws. */
function frameOf(video: HTMLVideoElement, Frame: typeof VideoFrame): VideoFrame | null {
  try {
    return new Frame(video);
  } catch {
    return null;
  }
}
