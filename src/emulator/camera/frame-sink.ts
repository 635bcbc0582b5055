/** A picture of the camera: RGBA rows from the top, which may be overwritten once `write` has returned. */
export interface CameraPicture {
  readonly rows: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** Microseconds of the page's `performance.now()`. */
  readonly timestampUs: number;
}

/** Where pictures become a media track. */
export interface FrameSink {
  readonly track: MediaStreamTrack;
  /** Whether the track keeps each picture's own time. */
  readonly timed: boolean;
  write(picture: CameraPicture): void;
  close(): void;
}

interface FrameGenerator {
  readonly writable: WritableStream<VideoFrame>;
  readonly track: MediaStreamTrack;
}

/** The best that this browser has: frames with explicit times, else the frames of a canvas. */
export function createFrameSink(): FrameSink {
  const generator = createGenerator();
  return generator === null ? createCanvasSink() : createGeneratorSink(generator);
}

/** `MediaStreamTrackGenerator` is Chromium's own, `VideoTrackGenerator` the standard's; neither is in lib.dom. */
function createGenerator(): FrameGenerator | null {
  const host = globalThis as {
    MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => MediaStreamTrack & Pick<FrameGenerator, 'writable'>;
    VideoTrackGenerator?: new () => FrameGenerator;
  };
  if (host.MediaStreamTrackGenerator !== undefined) {
    const track = new host.MediaStreamTrackGenerator({ kind: 'video' });
    return { track, writable: track.writable };
  }
  return host.VideoTrackGenerator === undefined ? null : new host.VideoTrackGenerator();
}

function createGeneratorSink({ track, writable }: FrameGenerator): FrameSink {
  const writer = writable.getWriter();
  let closed = false;
  // The stream closes by itself when the last clone of the track is stopped.
  writer.closed.then(
    () => (closed = true),
    () => (closed = true),
  );
  return {
    track,
    timed: true,
    write({ rows, width, height, timestampUs }) {
      // A consumer that lags behind loses frames rather than gets late ones.
      if (closed || (writer.desiredSize ?? 0) <= 0) return;
      const frame = new VideoFrame(rows, {
        format: 'RGBX',
        codedWidth: width,
        codedHeight: height,
        timestamp: timestampUs,
      });
      // A stream that ends meanwhile takes frames without closing them; closing twice does no harm.
      writer.write(frame).then(
        () => frame.close(),
        () => frame.close(),
      );
    },
    close() {
      if (!closed) writer.close().catch(() => undefined);
      closed = true;
      track.stop();
    },
  };
}

function createCanvasSink(): FrameSink {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const [track] = canvas.captureStream(0).getVideoTracks();
  if (context === null || track === undefined) throw new Error('This browser cannot make a camera track.');
  return {
    track,
    timed: false,
    write({ rows, width, height }) {
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      const pixels = new Uint8ClampedArray(rows.buffer, rows.byteOffset, rows.byteLength);
      context.putImageData(new ImageData(pixels, width, height), 0, 0);
      (track as CanvasCaptureMediaStreamTrack).requestFrame();
    },
    close: () => track.stop(),
  };
}
