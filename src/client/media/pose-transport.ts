import type { PoseTransport } from '../types.ts';
import type { EncodedVideoFrame } from './encoded-frames.ts';
import { openFrameStream, watchLocalFrames } from './local-frames.ts';
import type { PoseFeed } from './pose-feed.ts';
import type { FromPoseWorker, ToPoseWorker, TransformOptions } from './pose-worker-messages.ts';

/** What this page does with poses: writes those of `feed` into the frames it sends, reads them from what it gets. */
export interface PoseRole {
  readonly feed: PoseFeed | null;
  readonly reads: boolean;
}

export interface PoseCourierOptions extends PoseRole {
  readonly transport: PoseTransport;
  readonly receiverHoldMs: number;
  /** A frame left with `tag`, or came with it; `tag` is an encoded `FrameTag`. */
  onTag(message: FromPoseWorker): void;
}

/** Attaches the pose worker to the video of one connection after another. */
export interface PoseCourier {
  /** To be merged into the configuration of every connection. */
  readonly configuration: RTCConfiguration;
  /**
   * Each sender and receiver once. In the same task in which the transceiver came to be (or before `replaceTrack`):
   * later the browser has already wired it up, and the worker would get no frame and nobody an error.
   */
  attach(transceiver: RTCRtpTransceiver): void;
  /** From now on this camera is sent; null: none. */
  watchCamera(track: MediaStreamTrack | null): void;
  /** What the encoder takes for a frame on average. */
  expectEncodeTime(encodeMs: number): void;
  dispose(): void;
}

/** Older Chromium: streams of encoded frames, to be asked for in the connection's configuration. */
interface WithEncodedStreams {
  createEncodedStreams?(): {
    readonly readable: ReadableStream<EncodedVideoFrame>;
    readonly writable: WritableStream<EncodedVideoFrame>;
  };
}

/** The best way that this browser has. A sender can't learn RTP times without a transform, a receiver can. */
export function detectPoseTransport({ feed, reads }: PoseRole): PoseTransport {
  if (feed === null && !reads) return 'none';
  if (typeof RTCRtpScriptTransform === 'function') return 'script-transform';
  if (typeof (RTCRtpSender.prototype as WithEncodedStreams).createEncodedStreams === 'function') {
    return 'encoded-streams';
  }
  return feed === null && 'requestVideoFrameCallback' in HTMLVideoElement.prototype ? 'rtp-map' : 'none';
}

const IDLE: PoseCourier = {
  configuration: {},
  attach: () => undefined,
  watchCamera: () => undefined,
  expectEncodeTime: () => undefined,
  dispose: () => undefined,
};

export function createPoseCourier(options: PoseCourierOptions): PoseCourier {
  const { transport, feed, reads } = options;
  if (transport === 'none' || transport === 'rtp-map') {
    return IDLE;
  }
  const { worker, stop } = startWorker(options);
  let stopPlayer = (): void => undefined;
  const post = (message: ToPoseWorker, transfer: Transferable[] = []): void => worker.postMessage(message, transfer);

  function attachOne(end: RTCRtpSender | RTCRtpReceiver, direction: TransformOptions['direction']): void {
    const transformOptions: TransformOptions = { direction };
    if (transport === 'script-transform') {
      end.transform = new RTCRtpScriptTransform(worker, transformOptions);
      return;
    }
    const streams = (end as WithEncodedStreams).createEncodedStreams?.();
    if (streams === undefined) return;
    const { readable, writable } = streams;
    post({ type: 'streams', options: transformOptions, readable, writable }, [readable, writable]);
  }

  return {
    configuration: transport === 'encoded-streams' ? ({ encodedInsertableStreams: true } as RTCConfiguration) : {},
    attach({ sender, receiver }) {
      const isVideo = receiver.track.kind === 'video';
      if (isVideo && feed !== null) attachOne(sender, 'send');
      else if (transport === 'encoded-streams') passThrough(sender);
      if (isVideo && reads) attachOne(receiver, 'receive');
      else if (transport === 'encoded-streams') passThrough(receiver);
    },
    watchCamera(track) {
      stopPlayer();
      stopPlayer = () => undefined;
      if (track === null || feed === null) return;
      stopPlayer = watchLocalFrames(track, (captureTimeMs) => post({ type: 'localFrame', captureTimeMs }));
      const frames = openFrameStream(track);
      if (frames !== null) post({ type: 'camera', frames }, [frames]);
    },
    expectEncodeTime: (encodeMs) => post({ type: 'encodeTime', encodeMs }),
    dispose() {
      stopPlayer();
      stop();
    },
  };
}

function startWorker(options: PoseCourierOptions): { readonly worker: Worker; stop(): void } {
  const worker = new Worker(new URL('./pose-worker.ts', import.meta.url), { type: 'module', name: 'poses' });
  worker.onmessage = ({ data }: MessageEvent<FromPoseWorker>) => options.onTag(data);
  const connection = options.feed?.connect() ?? null;
  const start: ToPoseWorker = {
    type: 'start',
    pageTimeOriginMs: performance.timeOrigin,
    // Ids must not come twice in the life of a page; below 1,000 frames a second the time is always ahead of them.
    firstFrameId: Math.floor(performance.now()) % 2 ** 32,
    receiverHoldMs: options.receiverHoldMs,
    posePort: connection?.port ?? null,
  };
  worker.postMessage(start, connection === null ? [] : [connection.port]);
  return {
    worker,
    stop() {
      connection?.disconnect();
      worker.terminate();
    },
  };
}

/** With encoded streams switched on for a connection, nothing flows through an end that nobody reads. */
function passThrough(end: RTCRtpSender | RTCRtpReceiver): void {
  const streams = (end as WithEncodedStreams).createEncodedStreams?.();
  streams?.readable.pipeTo(streams.writable).catch(() => undefined);
}
