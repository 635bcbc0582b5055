import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { FrameTag } from '../../domain/registration/frame-tag.ts';
import type { OverlayScene } from '../overlay/overlay-painter.ts';
import { projectFromAnchor, tipPoint } from '../overlay/placed-marks.ts';

/** Where each annotation stands in one frame, 0..1 from the picture's top left; those behind the camera are left out. */
export interface TipReport {
  readonly frameId: number;
  readonly captureTimeMs: number;
  readonly tips: ReadonlyMap<string, { readonly u: number; readonly v: number }>;
}

/** What the list of annotations shows of the overlay changes this often at most: nobody reads faster. */
const INTERVAL_MS = 250;

export interface TipReporter {
  readonly latest: ReadonlySignal<TipReport | null>;
  /** Called for every painted frame. */
  note(tag: FrameTag | null, scene: OverlayScene): void;
  /** The next frame is reported at once. */
  flush(): void;
  dispose(): void;
}

export function createTipReport(nowMs: () => number): TipReporter {
  const latest = signal<TipReport | null>(null);
  let reportedAtMs = Number.NEGATIVE_INFINITY;
  let late: { readonly tag: FrameTag | null; readonly scene: OverlayScene } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function report(tag: FrameTag | null, scene: OverlayScene): void {
    reportedAtMs = nowMs();
    late = null;
    latest.value = tag === null || scene.view === null ? null : tipsOf(tag, scene);
  }

  return {
    latest,
    note(tag, scene) {
      const waitMs = INTERVAL_MS - (nowMs() - reportedAtMs);
      if (waitMs <= 0) {
        report(tag, scene);
        return;
      }
      // The last frame before a freeze must not be missed, though no other follows it.
      late = { tag, scene };
      timer ??= setTimeout(() => {
        timer = null;
        if (late !== null) report(late.tag, late.scene);
      }, waitMs);
    },
    flush() {
      reportedAtMs = Number.NEGATIVE_INFINITY;
    },
    dispose() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}

function tipsOf({ frameId, captureTimeMs }: FrameTag, { view, placed }: OverlayScene): TipReport {
  const tips = new Map<string, { readonly u: number; readonly v: number }>();
  if (view !== null) {
    for (const { annotation, anchor } of placed) {
      const at = projectFromAnchor(tipPoint(annotation.geometry), anchor, view);
      if (at.kind === 'image') tips.set(annotation.annotationId, { u: at.u, v: at.v });
    }
  }
  return { frameId, captureTimeMs, tips };
}
