import type { SpacePoint, Vec3 } from '../registration/pose.ts';
import { distance, normalize, subtract } from '../registration/vec3.ts';
import { arrowLengthM, towardsTail } from './arrow-shape.ts';
import { centreOf, type SpaceGeometry } from './geometry.ts';
import type { Hit, Plane } from './plane-fit.ts';
import { centroid, probePoints, type SeenMark } from './probes.ts';
import { type MarkReading, readMark } from './read-mark.ts';
import { type DepthContext, type Surface, surfaceOfHits, surfaceWithoutHits, usableHits } from './surface.ts';
import type { DepthSource, ImagePoint, MarkRefusalCode, PlacementQuality } from './types.ts';
import { depthOf, facing, incidenceDeg, meet, type View, viewOf, viewPlane } from './view.ts';

/** Where in the room a mark belongs, in the headset's reference space. */
export interface Resolution {
  readonly geometry: SpaceGeometry;
  /** The point to anchor the annotation next to. */
  readonly centre: SpacePoint;
  readonly depthSource: DepthSource;
  readonly quality: PlacementQuality;
  /** From the camera of the marked frame to `centre`. */
  readonly viewDistanceM: number;
}

export type ResolveResult =
  | { readonly ok: true; readonly resolution: Resolution }
  | { readonly ok: false; readonly code: MarkRefusalCode };

/** A surface seen more obliquely than this says nothing about which way an arrow on it should stand. */
const MAX_INCIDENCE_DEG = 75;

/**
 * The second half of placing a mark: `hits` are what the rays of `planProbes(seen)` met, in the same order,
 * null where they met nothing. The mark must be valid (`validateMark`).
 */
export function resolveMark(seen: SeenMark, hits: readonly (Hit | null)[], context: DepthContext = {}): ResolveResult {
  const view = viewOf(seen);
  const reading = readMark(seen.mark);
  const usable = usableHits(view, hits);
  if (!usable.ok) return usable;
  const middle = view.rayThrough(middleOf(reading)).direction;
  const marked = isSinglePoint(reading) ? markedSurface(view, hits[0] ?? null, usable.hits) : null;
  const probes = probePoints(reading, seen.mark.aspect).length;
  const surface =
    marked ??
    (usable.hits.length > 0
      ? surfaceOfHits(view, usable.hits, probes, middle)
      : surfaceWithoutHits(view, middle, context));
  return layOn(view, reading, surface);
}

function isSinglePoint(reading: MarkReading): boolean {
  return reading.kind === 'arrow' || reading.kind === 'dot';
}

/** An arrow or a dot needs no more than the hit of the marked point itself; null when that is not usable. */
function markedSurface(view: View, first: Hit | null, usable: readonly Hit[]): Surface | null {
  const hit = usable.find((candidate) => candidate.point === first?.point);
  if (hit === undefined) return null;
  const direction = normalize(subtract(hit.point, view.position)) ?? view.forward;
  const isGrazed = incidenceDeg(direction, hit.normal) > MAX_INCIDENCE_DEG;
  const normal = isGrazed ? viewPlane(view, 1).normal : facing(hit.normal, direction);
  return { plane: { point: hit.point, normal }, depthSource: 'plane', quality: 'good' };
}

function middleOf(reading: MarkReading): ImagePoint {
  switch (reading.kind) {
    case 'arrow':
      return reading.tip;
    case 'dot':
      return reading.at;
    case 'loop':
      return centroid(reading.outline);
    case 'line':
      return reading.points[Math.floor(reading.points.length / 2)] ?? [0.5, 0.5];
  }
}

/** Lays a mark on its surface; one that runs off it (the horizon of a plane, out of reach) is laid on a view plane. */
function layOn(view: View, reading: MarkReading, surface: Surface): ResolveResult {
  const geometry = geometryOn(view, reading, surface.plane);
  if (geometry !== null) return resolved(view, geometry, surface);
  const plane = viewPlane(view, depthOf(view, surface.plane.point));
  const flat = geometryOn(view, reading, plane);
  if (flat === null) return { ok: false, code: 'too-far' };
  return resolved(view, flat, { ...surface, plane, quality: 'approximate' });
}

function resolved(view: View, geometry: SpaceGeometry, { depthSource, quality }: Surface): ResolveResult {
  const centre = centreOf(geometry);
  const viewDistanceM = distance(view.position, centre);
  return { ok: true, resolution: { geometry, centre, depthSource, quality, viewDistanceM } };
}

function geometryOn(view: View, reading: MarkReading, plane: Plane): SpaceGeometry | null {
  switch (reading.kind) {
    case 'arrow':
      return arrowOn(view, reading, plane);
    case 'dot': {
      const point = meet(view.rayThrough(reading.at), plane);
      return point && { kind: 'dot', point, normal: plane.normal };
    }
    case 'loop':
      return strokeOn(view, reading.outline, plane, true);
    case 'line':
      return strokeOn(view, reading.points, plane, false);
  }
}

function arrowOn(
  view: View,
  { tip, tail }: { readonly tip: ImagePoint; readonly tail: ImagePoint | null },
  plane: Plane,
): SpaceGeometry | null {
  const point = meet(view.rayThrough(tip), plane);
  if (point === null) return null;
  const lengthM = arrowLengthM(distance(view.position, point));
  return { kind: 'arrow', tip: point, towardsTail: towardsTail(point, plane, draggedTo(view, point, tail)), lengthM };
}

/** The tail's place squarely beside the tip: on the surface itself a drag towards its horizon would run away. */
function draggedTo(view: View, tip: Vec3, tail: ImagePoint | null): Vec3 | null {
  return tail && meet(view.rayThrough(tail), viewPlane(view, depthOf(view, tip)));
}

function strokeOn(view: View, points: readonly ImagePoint[], plane: Plane, closed: boolean): SpaceGeometry | null {
  const laid: SpacePoint[] = [];
  for (const point of points) {
    const met = meet(view.rayThrough(point), plane);
    if (met === null) return null;
    laid.push(met);
  }
  return { kind: 'stroke', points: laid, closed };
}
