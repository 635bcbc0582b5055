import type { PoseTransport } from '../types.ts';
import type { EncodedVideoFrame } from './encoded-frames.ts';
import type { PoseFeed } from './pose-feed.ts';
import type { FromPoseWorker, TagMessage, ToPoseWorker, TransformOptions } from './pose-worker-messages.ts';
import { watchCameraFrames } from './shared-frames.ts';

/** What this page does with poses: writes those of `feed` into the frames it sends, reads them from what it gets. */
export interface PoseRole {
  readonly feed: PoseFeed | null;
  readonly reads: boolean;
}

export interface PoseCourierOptions extends PoseRole {
  readonly transport: PoseTransport;
  readonly receiverHoldMs: number;
  /** A frame left with `tag`, or came with it; `tag` is an encoded `FrameTag`. */
  onTag(message: TagMessage): void;
  /** The worker can't be loaded: pictures go on without poses. */
  onBroken(): void;
}

/** Attaches the pose worker to the video of one connection after another. */
export interface PoseCourier {
  /**
   * Settles when the worker runs, or when it is clear that it will not; never rejects. To be awaited before the
   * first connection: frames would wait for ever for a transform that does not run.
   */
  readonly settled: Promise<void>;
  /** To be merged into the configuration of every connection. */
  configuration(): RTCConfiguration;
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
  settled: Promise.resolve(),
  configuration: () => ({}),
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
  const { worker, running, stop } = startWorker(options);
  let broken = false;
  let stopPlayer = (): void => undefined;
  const post = (message: ToPoseWorker, transfer: Transferable[] = []): void => worker.postMessage(message, transfer);

  const settled = running.then((runs) => {
    if (runs) return;
    broken = true;
    stop();
    options.onBroken();
  });

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
    settled,
    configuration: () =>
      transport === 'encoded-streams' && !broken ? ({ encodedInsertableStreams: true } as RTCConfiguration) : {},
    attach({ sender, receiver }) {
      if (broken) return;
      const isVideo = receiver.track.kind === 'video';
      if (isVideo && feed !== null) attachOne(sender, 'send');
      else if (transport === 'encoded-streams') passThrough(sender);
      if (isVideo && reads) attachOne(receiver, 'receive');
      else if (transport === 'encoded-streams') passThrough(receiver);
    },
    watchCamera(track) {
      stopPlayer();
      stopPlayer = () => undefined;
      if (feed === null || broken) return;
      if (track === null) return;
      stopPlayer = watchCameraFrames(track, (captureTimeMs) => post({ type: 'localFrame', captureTimeMs }));
    },
    expectEncodeTime: (encodeMs) => post({ type: 'encodeTime', encodeMs }),
    dispose() {
      stopPlayer();
      stop();
    },
  };
}

/** A worker's script is small; a page that can't fetch it in this time has other worries than poses. */
const MAX_WORKER_START_MS = 5000;

interface StartedWorker {
  readonly worker: Worker;
  /** False: its script could not be loaded. */
  readonly running: Promise<boolean>;
  stop(): void;
}

function startWorker(options: PoseCourierOptions): StartedWorker {
  const worker = new Worker(new URL('./pose-worker.ts', import.meta.url), { type: 'module', name: 'poses' });
  const running = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), MAX_WORKER_START_MS);
    worker.onmessage = ({ data }: MessageEvent<FromPoseWorker>) => {
      if (data.type !== 'ready') {
        options.onTag(data);
        return;
      }
      clearTimeout(timer);
      resolve(true);
    };
    // After the worker has settled as running this changes nothing.
    worker.onerror = () => resolve(false);
  });
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
    running,
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
