import type { ImageMark, MarkRefusalCode } from './types.ts';

/** A pen at 240 Hz for eight seconds; a stroke that is longer was not drawn by hand. */
export const MAX_MARK_POINTS = 2000;
/** A pen may slip over the picture's edge, by this much of its width or height. */
const MAX_OUTSIDE = 0.1;
const MIN_ASPECT = 0.2;
const MAX_ASPECT = 5;

/** What is wrong with a mark on its own, before any frame is looked up; null when nothing is. */
export function validateMark(mark: ImageMark): MarkRefusalCode | null {
  if (mark.points.length === 0) return 'mark-empty';
  if (mark.points.length > MAX_MARK_POINTS) return 'mark-too-large';
  if (!(mark.aspect >= MIN_ASPECT && mark.aspect <= MAX_ASPECT)) return 'mark-not-finite';
  for (const [u, v] of mark.points) {
    if (!Number.isFinite(u) || !Number.isFinite(v)) return 'mark-not-finite';
  }
  for (const [u, v] of mark.points) {
    if (isOutside(u) || isOutside(v)) return 'mark-outside-picture';
  }
  return null;
}

function isOutside(coordinate: number): boolean {
  return coordinate < -MAX_OUTSIDE || coordinate > 1 + MAX_OUTSIDE;
}
