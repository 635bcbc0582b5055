import type { VideoSource } from '../../domain/call/state.ts';

/** What one receiver of a picture may cost its sender. */
export interface VideoLimit {
  readonly maxBitrateBps: number;
  readonly maxFramesPerSecond: number;
  /** 1 or more: both edges are divided by it. */
  readonly scaleResolutionDownBy: number;
  readonly degradationPreference: RTCDegradationPreference;
}

/** Of all receivers together: what a headset on a shop floor's wireless network can be asked for. */
export const VIDEO_BUDGET_BPS = 3_000_000;
/** Of one receiver: sharp at 720p, and more brings little. */
export const ONE_RECEIVER_BPS = 2_500_000;
/** Less shows nothing that an expert could work with. It keeps the budget up to six receivers. */
export const LEAST_BPS = 500_000;

/**
 * Each receiver has an encoder of its own, so what is encoded is shared as well: never more pixels a second in all than one
 * 720p picture at 30 frames. The scales keep 1280x720 at multiples of 16: 1024x576, 768x432.
 */
const CAMERA_STEPS = [
  { maxFramesPerSecond: 30, scaleResolutionDownBy: 1 },
  { maxFramesPerSecond: 15, scaleResolutionDownBy: 1 },
  { maxFramesPerSecond: 15, scaleResolutionDownBy: 1.25 },
  { maxFramesPerSecond: 15, scaleResolutionDownBy: 5 / 3 },
] as const;
const SMALLEST = CAMERA_STEPS[3];

/** Text must stay readable: a shared screen is never made smaller, only slower. */
const SCREEN_FRAMES_PER_SECOND = 15;
const SCREEN_LEAST_FRAMES_PER_SECOND = 5;

/** What each of so many receivers gets of one's picture. Pure; more receivers never get more each. */
export function videoShare(receivers: number, source: Exclude<VideoSource, 'off'>): VideoLimit {
  const among = Math.max(1, Math.floor(receivers));
  const maxBitrateBps = Math.max(LEAST_BPS, Math.min(ONE_RECEIVER_BPS, Math.floor(VIDEO_BUDGET_BPS / among)));
  switch (source) {
    case 'camera': {
      const step = CAMERA_STEPS[among - 1] ?? SMALLEST;
      // Sharp enough to read a gauge, smooth enough to follow a hand: neither alone is worth the other.
      return { ...step, maxBitrateBps, degradationPreference: 'balanced' };
    }
    case 'screen':
      return {
        maxBitrateBps,
        maxFramesPerSecond: Math.max(SCREEN_LEAST_FRAMES_PER_SECOND, Math.floor(SCREEN_FRAMES_PER_SECOND / among)),
        scaleResolutionDownBy: 1,
        degradationPreference: 'maintain-resolution',
      };
  }
}

/**
 * On a headset a face is shown on a slate some 12 degrees wide, 400 of its display's pixels, and every picture of it has to
 * be decoded and uploaded beside the room: more would cost frames that the marks need. Takes a camera's share, not a screen's.
 */
const SLATE = { maxFramesPerSecond: 15, scaleResolutionDownBy: 2, maxBitrateBps: 800_000 } as const;

/** A receiver's share of a camera, when the receiver wears a headset. Pure; never more than the share. */
export function onSlate(share: VideoLimit): VideoLimit {
  return {
    ...share,
    maxBitrateBps: Math.min(share.maxBitrateBps, SLATE.maxBitrateBps),
    maxFramesPerSecond: Math.min(share.maxFramesPerSecond, SLATE.maxFramesPerSecond),
    scaleResolutionDownBy: Math.max(share.scaleResolutionDownBy, SLATE.scaleResolutionDownBy),
  };
}
