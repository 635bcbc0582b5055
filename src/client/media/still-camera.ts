import { FIRST_SNAPSHOT_FRAME_ID } from '../../domain/registration/frame-memory.ts';
import type { FrameTag } from '../../domain/registration/frame-tag.ts';
import { createFrameCopier } from './frame-copy.ts';
import { createFrameTagger, type FrameTagger } from './frame-tagger.ts';
import { encodeCanvas, smallJpeg } from './jpeg.ts';
import { localCaptureTimeMs } from './local-frames.ts';
import type { PoseFeed } from './pose-feed.ts';

/** One frame of a camera, small enough for a relay, with where it was seen from. */
export interface CameraStill {
  readonly tag: FrameTag;
  readonly jpeg: Uint8Array<ArrayBuffer>;
}

export interface StillCamera {
  /** The next frame of a camera that is on; null when none comes. */
  take(track: MediaStreamTrack): Promise<CameraStill | null>;
}

export interface StillCameraOptions {
  readonly poseFeed: PoseFeed;
  /** Told before the picture leaves: the way to remember where it was seen from. */
  onTagged(tag: FrameTag): void;
}

/** A camera that shows no frame for so long shows none. */
const FRAME_PATIENCE_MS = 3_000;
/** Poses come from the moment of asking on, and frames are older than they are shown: the first ones have no pose. */
const POSE_PATIENCE_MS = 2_000;

/** Costs nothing while no picture is taken: only then it plays the camera and follows the poses. */
export function createStillCamera({ poseFeed, onTagged }: StillCameraOptions): StillCamera {
  let nextFrameId = FIRST_SNAPSHOT_FRAME_ID;

  return {
    async take(track) {
      const frameId = nextFrameId;
      nextFrameId += 1;
      const poses = followPoses(poseFeed);
      const shown = await taggedFrame(track, frameId, poses.tagger);
      poses.end();
      if (shown === null) return null;
      const { canvas, tag } = shown;
      const jpeg = await smallJpeg(canvas.width, encodeCanvas(canvas));
      if (jpeg === null) return null;
      onTagged(tag);
      return { tag, jpeg };
    },
  };
}

function followPoses(poseFeed: PoseFeed): { readonly tagger: FrameTagger; end(): void } {
  const tagger = createFrameTagger(0);
  const { port, disconnect } = poseFeed.connect();
  port.onmessage = ({ data }: MessageEvent<Float64Array>) => tagger.addPose(data);
  return {
    tagger,
    end: () => {
      disconnect();
      port.close();
    },
  };
}

interface TaggedFrame {
  readonly canvas: HTMLCanvasElement;
  readonly tag: FrameTag;
}

/** The first frame whose pose is known; soon, any frame at all. */
async function taggedFrame(track: MediaStreamTrack, frameId: number, tagger: FrameTagger): Promise<TaggedFrame | null> {
  const frames = playFrames(track);
  const startedAtMs = performance.now();
  try {
    for (;;) {
      const frame = await frames.next();
      if (frame === null) return null;
      const { canvas, captureTimeMs } = frame;
      const arrived = { frameId, captureTimeMs, exact: true };
      if (tagger.isWorthWaiting(arrived, performance.now())) await nextPose(tagger);
      const tag = tagger.tag(arrived);
      if (tag.tracked) return { canvas, tag };
      if (performance.now() - startedAtMs < POSE_PATIENCE_MS) continue;
      return { canvas, tag: { ...tag, captureTimeMs: captureTimeMs ?? performance.now() } };
    }
  } finally {
    frames.stop();
  }
}

/** Poses that stop coming must not hold the picture up. */
const NEXT_POSE_MS = 100;

const nextPose = (tagger: FrameTagger): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, NEXT_POSE_MS);
    tagger.onNextPose(() => {
      clearTimeout(timer);
      resolve();
    });
  });

interface PlayedFrame {
  readonly canvas: HTMLCanvasElement;
  /** On this page's clock; null when the camera does not say. */
  readonly captureTimeMs: number | null;
}

/** The camera's frames, each on one and the same canvas, from a hidden player; null when none comes any more. */
function playFrames(track: MediaStreamTrack): { next(): Promise<PlayedFrame | null>; stop(): void } {
  const video = document.createElement('video');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  const copier = context === null ? null : createFrameCopier(context);
  let callback = 0;
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  // A player that may not start shows no frame, which is said in time.
  video.play().catch(() => undefined);

  const next = (): Promise<PlayedFrame | null> =>
    new Promise((resolve) => {
      if (copier === null || typeof video.requestVideoFrameCallback !== 'function') return resolve(null);
      const timer = setTimeout(() => {
        video.cancelVideoFrameCallback(callback);
        resolve(null);
      }, FRAME_PATIENCE_MS);
      const onFrame = (nowMs: number, metadata: VideoFrameCallbackMetadata): void => {
        if (!copier.copy(video, metadata)) {
          callback = video.requestVideoFrameCallback(onFrame);
          return;
        }
        clearTimeout(timer);
        resolve({ canvas, captureTimeMs: localCaptureTimeMs(metadata, nowMs) });
      };
      callback = video.requestVideoFrameCallback(onFrame);
    });

  return {
    next,
    stop: () => {
      video.cancelVideoFrameCallback(callback);
      video.srcObject = null;
    },
  };
}
