import { batch, type ReadonlySignal, signal } from '@preact/signals-core';
import { createFrameCopier } from '../../client/media/frame-copy.ts';
import type { FrameTag } from '../../domain/registration/frame-tag.ts';

/** The frame that is on the picture's canvas now. */
export interface ShownFrame {
  /** Null when the frame did not tell where it was seen from; `tracked` says whether the headset knew. */
  readonly tag: FrameTag | null;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The picture on stage. It is painted on a canvas instead of by the `<video>` itself, so that what is seen, what is
 * frozen and what the overlay is projected for are always one and the same frame.
 */
export interface LivePicture {
  /** The frame on the canvas; read it where it is used, it changes with every frame. */
  shown(): ShownFrame | null;
  // All of these change rarely, for views.
  /** A frame has been shown. */
  readonly hasPicture: ReadonlySignal<boolean>;
  /** The frame on the canvas tells where it was seen from. */
  readonly isPlaced: ReadonlySignal<boolean>;
  /** Some frame did. */
  readonly wasPlaced: ReadonlySignal<boolean>;
  readonly size: ReadonlySignal<{ readonly widthPx: number; readonly heightPx: number } | null>;
  /** Shows a picture that did not come with the video, until the next frame that does. Takes no notice of `hold`. */
  showStill(picture: ImageBitmap, tag: FrameTag): void;
  /** While held the canvas keeps its frame; the video goes on. */
  hold(held: boolean): void;
  dispose(): void;
}

export interface LivePictureDeps {
  readonly video: HTMLVideoElement;
  readonly canvas: HTMLCanvasElement;
  tagOfFrame(metadata: VideoFrameCallbackMetadata): FrameTag | null;
  /** Within the same task as the copy, so both are painted together. */
  onShown(frame: ShownFrame): void;
}

/**
 * A single frame may come without a pose. It is skipped: annotations would vanish for a moment, and it could not be
 * drawn on. So what is on the canvas is the last frame that can be frozen, and no copy of it has to be kept. This long
 * without any pose is another matter: then the bare picture is better than none.
 */
const POSE_PATIENCE_MS = 1_000;

export function createLivePicture({ video, canvas, tagOfFrame, onShown }: LivePictureDeps): LivePicture {
  const context = canvas.getContext('2d', { alpha: false });
  const copier = context === null ? null : createFrameCopier(context);
  const hasPicture = signal(false);
  const isPlaced = signal(false);
  const wasPlaced = signal(false);
  const size = signal<{ readonly widthPx: number; readonly heightPx: number } | null>(null);
  let current: ShownFrame | null = null;
  let held = false;
  let placedAtMs = Number.NEGATIVE_INFINITY;
  let callback: number | null = null;

  function show(tag: FrameTag | null): void {
    const frame = { tag, widthPx: canvas.width, heightPx: canvas.height };
    batch(() => note(frame));
    onShown(frame);
  }

  function note(frame: ShownFrame): void {
    const { tag, widthPx, heightPx } = frame;
    current = frame;
    hasPicture.value = true;
    isPlaced.value = tag?.tracked === true;
    if (isPlaced.value) wasPlaced.value = true;
    if (size.value?.widthPx !== widthPx || size.value.heightPx !== heightPx) size.value = { widthPx, heightPx };
  }

  function onFrame(nowMs: number, metadata: VideoFrameCallbackMetadata): void {
    callback = video.requestVideoFrameCallback(onFrame);
    if (held || copier === null) return;
    const tag = tagOfFrame(metadata);
    const knowsPlace = tag?.tracked === true;
    if (!knowsPlace && nowMs - placedAtMs < POSE_PATIENCE_MS) return;
    if (!copier.copy(video, metadata)) return;
    if (knowsPlace) placedAtMs = nowMs;
    show(tag);
  }

  callback = video.requestVideoFrameCallback(onFrame);

  return {
    shown: () => current,
    hasPicture,
    isPlaced,
    wasPlaced,
    size,
    showStill(picture, tag) {
      copier?.copyStill(picture);
      show(tag);
    },
    hold: (next) => {
      held = next;
    },
    dispose: () => {
      if (callback !== null) video.cancelVideoFrameCallback(callback);
      callback = null;
    },
  };
}
