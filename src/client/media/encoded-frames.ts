/** The parts of encoded transforms that TypeScript's DOM library lacks, or that differ between browsers. */
export interface EncodedVideoFrame {
  data: ArrayBuffer;
  getMetadata(): EncodedVideoMetadata;
}

export interface EncodedVideoMetadata {
  readonly rtpTimestamp?: number;
  /** Not before Chromium 111. */
  readonly mimeType?: string;
}

export interface FrameStreams {
  readonly readable: ReadableStream<EncodedVideoFrame>;
  readonly writable: WritableStream<EncodedVideoFrame>;
}

export interface FramePump {
  /**
   * Called once per frame, in order, as soon as it comes. While its promise is pending the frame and all after it
   * wait; when it fails the frame goes on as it is.
   */
  process(frame: EncodedVideoFrame): Promise<void>;
  /** Keeps every frame back for this long, as a slow network would; 0 in production. */
  readonly holdMs: number;
}

/**
 * Leads frames from one end to the other, in order. It reads ahead, other than a `TransformStream`: a frame that is
 * held must not delay the arrival of the next one. Ends when either stream does.
 */
export async function pumpFrames(streams: FrameStreams, pump: FramePump): Promise<void> {
  const reader = streams.readable.getReader();
  const writer = streams.writable.getWriter();
  let tail: Promise<void> = Promise.resolve();
  try {
    for (;;) {
      const { done, value: frame } = await reader.read();
      if (done) break;
      const releaseAtMs = performance.now() + pump.holdMs;
      const processed = pump.process(frame).catch(() => undefined);
      tail = tail
        .then(() => processed)
        .then(() => (pump.holdMs > 0 ? sleep(releaseAtMs - performance.now()) : undefined))
        .then(() => writer.write(frame));
      // A writer that is gone shows at the next read; until then the rejection belongs to nobody.
      tail.catch(() => undefined);
    }
    await tail;
  } catch {
    // The connection was closed while frames were under way: nothing is left to lead anywhere.
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
