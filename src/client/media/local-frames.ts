/**
 * Capture times of a local camera's frames, from a hidden player, on the page's clock in ms. Real cameras bring
 * `captureTime`; frames that were made with timestamps of this page's clock bring them as `mediaTime`.
 * Returns the clean-up. Browsers without `requestVideoFrameCallback` report nothing.
 */
export function watchLocalFrames(track: MediaStreamTrack, onFrame: (captureTimeMs: number) => void): () => void {
  const video = document.createElement('video');
  if (typeof video.requestVideoFrameCallback !== 'function') return () => undefined;
  let handle = 0;
  let stopped = false;
  const next = (nowMs: number, metadata: VideoFrameCallbackMetadata): void => {
    if (stopped) return;
    const captureTimeMs = localCaptureTimeMs(metadata, nowMs);
    if (captureTimeMs !== null) onFrame(captureTimeMs);
    handle = video.requestVideoFrameCallback(next);
  };
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  handle = video.requestVideoFrameCallback(next);
  // A player that may not start reports no frames, and the encoder's own times have to do.
  video.play().catch(() => undefined);
  return () => {
    stopped = true;
    video.cancelVideoFrameCallback(handle);
    video.srcObject = null;
  };
}

/** Frames are shown within this time, so a time that is further from now counts from somewhere else. */
const MAX_DISPLAY_DELAY_MS = 1000;

function isOnClock(timeMs: number, nowMs: number): boolean {
  return Math.abs(timeMs - nowMs) < MAX_DISPLAY_DELAY_MS;
}

interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}

function createTrackProcessor(track: MediaStreamTrack): TrackProcessor | null {
  const { MediaStreamTrackProcessor: Processor } = globalThis as {
    MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack }) => TrackProcessor;
  };
  return Processor === undefined ? null : new Processor({ track });
}

/** Most cameras count from the machine's start: after so many frames in a row off the clock the stream is no use. */
const MAX_STRANGE_FRAMES = 10;
/** A camera that brings no frame for so long has none on its way, however busy the page is. */
const LAST_FRAME_MS = 2_000;

export interface FrameReading {
  /** Ends with the next frame, or soon without one. */
  end(): void;
}

/**
 * Reads the capture times of a camera's frames, on the page's clock in ms, off the frames themselves: sooner and more
 * completely than a player shows them on a busy page. It takes a clone of the track, which runs until the reading has
 * ended, and gives up when the frames count on another clock.
 *
 * Chromium (156) loses a frame that is on its way to a pending read when the track ends, and calls that an error of the
 * page. So the reading stops between two reads, and the clone only then. They are read on the page, because a stream that
 * is handed to a worker loses frames on the way as well.
 * Null where the browser has no `MediaStreamTrackProcessor`.
 */
export function readFrameTimes(track: MediaStreamTrack, onFrame: (captureTimeMs: number) => void): FrameReading | null {
  const own = track.clone();
  const processor = createTrackProcessor(own);
  if (processor === null) {
    own.stop();
    return null;
  }
  const reader = processor.readable.getReader();
  let ending: ReturnType<typeof setTimeout> | null = null;
  const read = async (): Promise<void> => {
    let strangeInARow = 0;
    while (ending === null && strangeInARow < MAX_STRANGE_FRAMES) {
      const { done, value: frame } = await reader.read();
      if (done) return;
      const captureTimeMs = frame.timestamp / 1000;
      frame.close();
      const known = isOnClock(captureTimeMs, performance.now());
      strangeInARow = known ? 0 : strangeInARow + 1;
      if (known && ending === null) onFrame(captureTimeMs);
    }
    await reader.cancel();
  };
  // The camera's end ends the stream, with an error at worst; there is nothing to do about it.
  read()
    .catch(() => undefined)
    .finally(() => {
      clearTimeout(ending ?? undefined);
      own.stop();
    });
  return {
    end() {
      ending ??= setTimeout(() => own.stop(), LAST_FRAME_MS);
    },
  };
}

/** When a frame of a local player was captured, on the page's clock; null when its metadata do not say. */
export function localCaptureTimeMs(
  metadata: Pick<VideoFrameCallbackMetadata, 'captureTime' | 'mediaTime'>,
  nowMs: number,
): number | null {
  if (metadata.captureTime !== undefined) return metadata.captureTime;
  const mediaTimeMs = metadata.mediaTime * 1000;
  return isOnClock(mediaTimeMs, nowMs) ? mediaTimeMs : null;
}
