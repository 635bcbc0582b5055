import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import { copyOfCanvas, encodeCanvas, smallJpeg } from '../../client/media/jpeg.ts';
import type { ImageMark, ImagePoint } from '../../domain/annotation/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { FrameTag } from '../../domain/registration/frame-tag.ts';
import { surfaceOf } from '../../domain/still/surface.ts';
import type { Draft } from '../editing/draft.ts';
import { createFreezing, type Freezing } from '../editing/freezing.ts';
import type { FrozenPicture } from '../editing/frozen-picture.ts';
import type { WaitingMark } from '../editing/room-marks.ts';
import { authorStyle } from '../overlay/author-style.ts';
import { createOverlayPainter, type OverlayScene, type OverlayWords } from '../overlay/overlay-painter.ts';
import { placedMarks } from '../overlay/placed-marks.ts';
import { type Sketch, sketchOf } from '../overlay/sketch.ts';
import { createLivePicture, type LivePicture, type ShownFrame } from './live-picture.ts';
import type { StageCall, StandIn } from './stage-call.ts';
import { createTipReport, type TipReport } from './tip-report.ts';

/** The elements of the stage, one upon the other. */
export interface StageElements {
  readonly video: HTMLVideoElement;
  readonly picture: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

/** Joins picture, overlay and editing on the page: what is on the canvas is what is frozen, marked and drawn over. */
export interface StageView {
  readonly live: LivePicture;
  /** The keyboard's cursor; null until somebody uses it. */
  readonly cursor: ReadonlySignal<ImagePoint | null>;
  /** Where the annotations stand in the frame on screen; changes four times a second at most. */
  readonly tips: ReadonlySignal<TipReport | null>;
  readonly freezing: Freezing;
  moveCursor(to: ImagePoint | null): void;
  /** The overlay's canvas gets the picture's size on screen. */
  resize(widthPx: number, heightPx: number, pixelRatio: number): void;
  dispose(): void;
}

export interface StageViewDeps {
  readonly call: StageCall;
  readonly target: PersonKey;
  readonly elements: StageElements;
  readonly words: OverlayWords;
  tagOfFrame(metadata: VideoFrameCallbackMetadata): FrameTag | null;
}

export function createStageView({ call, target, elements, words, tagOfFrame }: StageViewDeps): StageView {
  const { editing, session, me } = call;
  const { overlay, picture, video } = elements;
  const context = overlay.getContext('2d');
  const painter = context === null ? null : createOverlayPainter(context, words);
  const cursor = signal<ImagePoint | null>(null);
  const report = createTipReport(() => performance.now());
  let pixelRatio = 1;
  let scheduled: number | null = null;

  const live = createLivePicture({ video, canvas: picture, tagOfFrame, onShown: paint });

  /** Everything but the frame that the overlay is painted from; the effect below keeps it fresh. */
  const readInputs = () => ({
    state: session.state.value,
    frozen: editing.frozen.value,
    draft: editing.draft.value,
    waiting: editing.waiting.value,
    onStill: editing.onStill.value,
    cursor: cursor.value,
  });
  let inputs = untracked(readInputs);

  function scene(shown: ShownFrame | null): OverlayScene {
    const { state, frozen } = inputs;
    const profile = state.participants[target]?.camera ?? null;
    const tag = shown?.tag ?? null;
    const isPlaceable = profile !== null && tag?.tracked === true;
    return {
      view: isPlaceable ? { viewerPose: tag.pose, profile } : null,
      placed: isPlaceable ? placedMarks(state, target, tag.spaceEpoch) : [],
      sketches: sketchesOn(inputs),
      sketchStyle: authorStyle(state, me),
      cursor: frozen === null ? null : inputs.cursor,
      styleOf: (author) => authorStyle(state, author),
    };
  }

  function paint(shown: ShownFrame | null): void {
    if (painter === null) return;
    const drawn = scene(shown);
    painter.paint(drawn, { widthPx: overlay.width, heightPx: overlay.height }, pixelRatio);
    nameFrame(picture, shown?.tag ?? null);
    report.note(shown?.tag ?? null, drawn);
  }

  /** For what changes between two frames, or while the picture is frozen. */
  function schedule(): void {
    scheduled ??= requestAnimationFrame(() => {
      scheduled = null;
      paint(live.shown());
    });
  }

  const stopPainting = effect(() => {
    inputs = readInputs();
    schedule();
  });
  const snapshots = call.snapshotsOf(target);
  let newest: Extract<StandIn, { mode: 'on' }>['snapshot'] = null;
  const stopSnapshots = effect(() => {
    const state = snapshots.state.value;
    const isFrozen = editing.frozen.value !== null;
    if (state.mode === 'off' || state.snapshot === null || state.snapshot === newest || isFrozen) return;
    newest = state.snapshot;
    const { picture: still, tag } = state.snapshot;
    untracked(() => live.showStill(still, tag));
  });
  const stopHolding = effect(() => {
    live.hold(editing.frozen.value !== null);
    report.flush();
  });

  function freeze(): boolean {
    const shown = live.shown();
    if (shown === null) return false;
    const { widthPx, heightPx, tag } = shown;
    if (surfaceOf(session.state.peek().participants[target]) === 'still') {
      // Of a copy: by the time that it is encoded, another frame may be on the canvas.
      const jpeg = smallJpeg(widthPx, encodeCanvas(copyOfCanvas(picture)));
      editing.freeze({ on: 'still', target, stillId: crypto.randomUUID(), jpeg, widthPx, heightPx });
      return true;
    }
    if (tag === null || !tag.tracked) return false;
    const { frameId, captureTimeMs, spaceEpoch } = tag;
    editing.freeze({ on: 'room', target, frame: { frameId, captureTimeMs, spaceEpoch }, widthPx, heightPx });
    return true;
  }
  const freezing = createFreezing({ isPlaced: live.isPlaced, freeze });

  return {
    live,
    cursor: computed(() => cursor.value),
    tips: report.latest,
    freezing,
    moveCursor: (to) => {
      cursor.value = to;
    },
    resize(widthPx, heightPx, ratio) {
      pixelRatio = ratio;
      const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
      if (overlay.width !== width) overlay.width = width;
      if (overlay.height !== height) overlay.height = height;
      // At once: a canvas that was resized is empty until it is painted.
      paint(live.shown());
    },
    dispose() {
      freezing.cancel();
      stopHolding();
      stopSnapshots();
      stopPainting();
      if (scheduled !== null) cancelAnimationFrame(scheduled);
      report.dispose();
      live.dispose();
    },
  };
}

interface Drawn {
  readonly frozen: FrozenPicture | null;
  readonly draft: Draft | null;
  readonly waiting: readonly WaitingMark[];
  readonly onStill: readonly ImageMark[];
}

/** Own marks without a place belong to the frame they were drawn on, and are shown on no other. */
function sketchesOn({ frozen, draft, waiting, onStill }: Drawn): readonly Sketch[] {
  if (frozen === null) return [];
  const marks =
    frozen.on === 'still'
      ? onStill.map((mark) => sketchOf(mark, 'drawn'))
      : waiting
          .filter((one) => one.frame.frameId === frozen.frame.frameId)
          .map(({ mark }) => sketchOf(mark, 'pending'));
  return draft === null ? marks : [...marks, sketchOf(draft, 'draft')];
}

/** Which frame is on screen, and whether it can be drawn on, for assistive tools and for measuring. */
function nameFrame(picture: HTMLCanvasElement, tag: FrameTag | null): void {
  if (tag === null) {
    delete picture.dataset.frameId;
    delete picture.dataset.captureTimeMs;
    delete picture.dataset.placed;
    return;
  }
  picture.dataset.frameId = String(tag.frameId);
  picture.dataset.captureTimeMs = String(tag.captureTimeMs);
  picture.dataset.placed = String(tag.tracked);
}
