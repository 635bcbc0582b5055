import { simplifyImageStroke } from './simplify.ts';
import type { ImageMark, ImagePoint } from './types.ts';

/** What an expert most likely meant by a mark. */
export type MarkReading =
  | { readonly kind: 'arrow'; readonly tip: ImagePoint; readonly tail: ImagePoint | null }
  | { readonly kind: 'dot'; readonly at: ImagePoint }
  | { readonly kind: 'loop'; readonly outline: readonly ImagePoint[] }
  | { readonly kind: 'line'; readonly points: readonly ImagePoint[] };

/** Marks are simplified as if the picture had this width, whatever it was sent at. */
const REFERENCE_WIDTH_PX = 1280;
/** A press that wanders less than this (of the picture's width: 10 px of 1280) is a dot, and no drag. */
const DOT_EXTENT = 0.008;
/** A drag must be this long, of the picture's width, before it turns an arrow. */
const MIN_DRAG = 0.02;
/** Circles are left open by hand; three quarters of one, a C or a U are not meant as loops. */
const MAX_LOOP_GAP = 0.16;
/** 4 pi area / perimeter^2 is 1 for a circle, 0.26 for a box of 10 to 1, and near 0 for a scribble. */
const MIN_LOOP_ROUNDNESS = 0.12;

/** Reads a valid mark (`validateMark` gave null). */
export function readMark(mark: ImageMark): MarkReading {
  const first = mark.points[0] ?? [0.5, 0.5];
  const last = mark.points.at(-1) ?? first;
  if (mark.shape === 'arrow') {
    const isDragged = imageDistance(first, last, mark.aspect) >= MIN_DRAG;
    return { kind: 'arrow', tip: first, tail: isDragged ? last : null };
  }
  const picture = { widthPx: REFERENCE_WIDTH_PX, heightPx: REFERENCE_WIDTH_PX / mark.aspect };
  const points = simplifyImageStroke(mark.points, picture);
  // Two points that stand apart are a straight line whose middle was simplified away, not a dot.
  if (extent(mark.points, mark.aspect) < DOT_EXTENT) return { kind: 'dot', at: middle(mark.points) };
  if (!isLoop(points, mark.aspect)) return { kind: 'line', points };
  return { kind: 'loop', outline: withoutClosingPoint(points, mark.aspect) };
}

/** The distance of two points of the picture, in widths of it. */
export function imageDistance(a: ImagePoint, b: ImagePoint, aspect: number): number {
  return Math.hypot(a[0] - b[0], (a[1] - b[1]) / aspect);
}

export function strokeLength(points: readonly ImagePoint[], aspect: number): number {
  let sum = 0;
  for (let i = 1; i < points.length; i += 1) {
    sum += imageDistance(points[i - 1] ?? [0, 0], points[i] ?? [0, 0], aspect);
  }
  return sum;
}

function isLoop(points: readonly ImagePoint[], aspect: number): boolean {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 4) return false;
  const drawn = strokeLength(points, aspect);
  const gap = imageDistance(first, last, aspect);
  if (gap > MAX_LOOP_GAP * drawn) return false;
  const roundness = (4 * Math.PI * Math.abs(signedArea(points)) * (1 / aspect)) / (drawn + gap) ** 2;
  return roundness >= MIN_LOOP_ROUNDNESS;
}

/** The end of a loop that meets its start says the same thing twice. */
function withoutClosingPoint(points: readonly ImagePoint[], aspect: number): readonly ImagePoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return points;
  return imageDistance(first, last, aspect) < 2 / REFERENCE_WIDTH_PX ? points.slice(0, -1) : points;
}

/** The shoelace formula, in units of picture width times picture height. */
export function signedArea(outline: readonly ImagePoint[]): number {
  let twice = 0;
  for (let i = 0; i < outline.length; i += 1) {
    const [a, b] = [outline[i] ?? [0, 0], outline[(i + 1) % outline.length] ?? [0, 0]];
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return twice / 2;
}

function extent(points: readonly ImagePoint[], aspect: number): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [u, v] of points) {
    left = Math.min(left, u);
    right = Math.max(right, u);
    top = Math.min(top, v);
    bottom = Math.max(bottom, v);
  }
  return imageDistance([left, top], [right, bottom], aspect);
}

function middle(points: readonly ImagePoint[]): ImagePoint {
  let [u, v] = [0, 0];
  for (const point of points) {
    u += point[0];
    v += point[1];
  }
  return [u / points.length, v / points.length];
}
