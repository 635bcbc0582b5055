import type { ImagePoint } from '../../domain/annotation/types.ts';
import { toImagePoint } from '../overlay/letterbox.ts';

export interface PenEvents {
  /** False: the pen does not draw here and now. */
  down(at: ImagePoint): boolean;
  move(to: ImagePoint): void;
  up(): void;
  /** The system took the pen away, e.g. for a gesture. */
  cancel(): void;
}

/** Mouse, pen and finger on a picture that fills `surface`. Returns the end of it. */
export function attachPen(surface: HTMLElement, pen: PenEvents): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let pointer: number | null = null;

  const pointOf = (event: PointerEvent): ImagePoint => {
    const { left, top, width, height } = surface.getBoundingClientRect();
    return toImagePoint({ leftPx: left, topPx: top, widthPx: width, heightPx: height }, event.clientX, event.clientY);
  };
  const onDown = (event: PointerEvent): void => {
    if (pointer !== null || !event.isPrimary || event.button !== 0 || !pen.down(pointOf(event))) return;
    pointer = event.pointerId;
    surface.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerId !== pointer) return;
    const between = event.getCoalescedEvents();
    for (const one of between.length > 0 ? between : [event]) pen.move(pointOf(one));
  };
  const end = (event: PointerEvent, finish: () => void): void => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    finish();
  };

  surface.addEventListener('pointerdown', onDown, { signal });
  surface.addEventListener('pointermove', onMove, { signal });
  surface.addEventListener('pointerup', (event) => end(event, pen.up), { signal });
  surface.addEventListener('pointercancel', (event) => end(event, pen.cancel), { signal });
  return () => listening.abort();
}
