import type { Vec3 } from '../registration/pose.ts';
import { addScaled, distance, dot, subtract } from '../registration/vec3.ts';
import type { ImagePoint } from './types.ts';

/** More points than this no stroke needs on a headset. */
export const MAX_STROKE_POINTS = 64;
/** A pixel of the picture: hands and screens are no finer. */
const IMAGE_TOLERANCE_PX = 1;
/** A third of the thickness that strokes are drawn with in the room. */
const ROOM_TOLERANCE_M = 0.0015;

/**
 * The points of an image stroke that carry its shape, in their order, both ends included
 * (Ramer 1972, Douglas & Peucker 1973; distances in pixels of a picture of the given size).
 */
export function simplifyImageStroke(
  points: readonly ImagePoint[],
  picture: { readonly widthPx: number; readonly heightPx: number },
  maxPoints = MAX_STROKE_POINTS,
): ImagePoint[] {
  const inPixels = points.map(([u, v]): Vec3 => [u * picture.widthPx, v * picture.heightPx, 0]);
  const kept = new Set(keptIndices(inPixels, IMAGE_TOLERANCE_PX, maxPoints));
  return points.filter((_, i) => kept.has(i));
}

/** The same for a stroke in the room, in metres. */
export function simplifyRoomStroke(points: readonly Vec3[], maxPoints = MAX_STROKE_POINTS): Vec3[] {
  const kept = new Set(keptIndices(points, ROOM_TOLERANCE_M, maxPoints));
  return points.filter((_, i) => kept.has(i));
}

function keptIndices(points: readonly Vec3[], tolerance: number, maxPoints: number): number[] {
  const weights = importance(points);
  const kept = points.map((_, i) => i).filter((i) => (weights[i] ?? 0) > tolerance);
  if (kept.length <= maxPoints) return kept;
  // A point never weighs more than the split it came from, so the heaviest are the best stroke of this size.
  kept.sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  return kept.slice(0, maxPoints).sort((a, b) => a - b);
}

/** For every point the tolerance at which the simplification would drop it; the ends are never dropped. */
function importance(points: readonly Vec3[]): Float64Array {
  const weights = new Float64Array(points.length);
  if (points.length === 0) return weights;
  weights[0] = Number.POSITIVE_INFINITY;
  weights[points.length - 1] = Number.POSITIVE_INFINITY;
  const open: { from: number; to: number; limit: number }[] = [
    { from: 0, to: points.length - 1, limit: Number.MAX_VALUE },
  ];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const farthest = farthestFromChord(points, span.from, span.to);
    if (farthest === null) continue;
    const weight = Math.min(span.limit, farthest.distance);
    weights[farthest.index] = weight;
    open.push({ from: span.from, to: farthest.index, limit: weight });
    open.push({ from: farthest.index, to: span.to, limit: weight });
  }
  return weights;
}

function farthestFromChord(points: readonly Vec3[], from: number, to: number) {
  const [a, b] = [points[from], points[to]];
  if (a === undefined || b === undefined || to - from < 2) return null;
  let best = { index: -1, distance: -1 };
  for (let index = from + 1; index < to; index += 1) {
    const point = points[index];
    if (point === undefined) continue;
    const away = distanceToSegment(point, a, b);
    if (away > best.distance) best = { index, distance: away };
  }
  return best;
}

/** A segment of no length (a closed stroke's chord) is a point. */
function distanceToSegment(point: Vec3, a: Vec3, b: Vec3): number {
  const along = subtract(b, a);
  const size = dot(along, along);
  const t = size === 0 ? 0 : Math.min(1, Math.max(0, dot(subtract(point, a), along) / size));
  return distance(point, addScaled(a, along, t));
}
