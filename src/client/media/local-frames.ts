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

/**
 * The camera's frames themselves, to read their times from: sooner and more completely than a player shows them on a
 * busy page. They are read on the page, because a stream that is handed to a worker loses frames on the way without
 * closing them. Null where the browser has no such thing.
 */
export function openFrameStream(track: MediaStreamTrack): ReadableStream<VideoFrame> | null {
  const { MediaStreamTrackProcessor: Processor } = globalThis as {
    MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack }) => TrackProcessor;
  };
  return Processor === undefined ? null : new Processor({ track }).readable;
}

/** Most cameras count from the machine's start: after so many frames off the clock the stream is no use. */
const MAX_STRANGE_FRAMES = 10;

/**
 * Reads the times of frames made on this clock; gives up when they are on another one. Ends with the stream.
 */
export async function readFrameTimes(
  reader: ReadableStreamDefaultReader<VideoFrame>,
  nowMs: () => number,
  onFrame: (captureTimeMs: number) => void,
): Promise<void> {
  let strange = 0;
  while (strange < MAX_STRANGE_FRAMES) {
    const { done, value: frame } = await reader.read();
    if (done) return;
    const captureTimeMs = frame.timestamp / 1000;
    frame.close();
    if (isOnClock(captureTimeMs, nowMs())) onFrame(captureTimeMs);
    else strange += 1;
  }
  await reader.cancel();
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
