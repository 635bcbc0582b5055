import type { Ray } from '../registration/camera.ts';
import { NEAR_DEPTH_M } from '../registration/camera.ts';
import type { SpacePoint, Vec3 } from '../registration/pose.ts';
import { addScaled, distance, dot, isFiniteVec3, mean, normalize, subtract } from '../registration/vec3.ts';
import { arrowLengthM, towardsTail } from './arrow-shape.ts';
import { centreOf, type SpaceGeometry } from './geometry.ts';
import type { Resolution, ResolveResult } from './interpret.ts';
import type { Hit } from './plane-fit.ts';
import { simplifyRoomStroke } from './simplify.ts';
import type { MarkShape } from './types.ts';
import { MAX_MARK_POINTS } from './validate.ts';
import { MAX_REACH_M } from './view.ts';

/** One moment of somebody in the room drawing with a target ray, in the headset's reference space. */
export interface SurfaceSample {
  readonly ray: Ray;
  readonly hit: Hit | null;
}

/** Where a ray that met nothing is taken to end when no ray before it met anything: an arm's length and a half. */
const ASSUMED_REACH_M = 1.5;
/** A hand that holds still moves its ray less than this on the surface. */
const DOT_EXTENT_M = 0.012;
/** A stroke that returns this close to its start, and is much longer than that, is closed. */
const LOOP_GAP_M = 0.03;
const LOOP_GAP_RATIO = 0.1;
/** A turn of the hand must move the ray's end this far before it turns an arrow. */
const MIN_DRAG_M = 0.02;

interface PlacedSample {
  readonly point: SpacePoint;
  readonly normal: Vec3;
  readonly isMeasured: boolean;
}

/**
 * What a person in the room drew on surfaces. An arrow's tip is where the ray was at first, its tail leans to where
 * the ray went; ink is the way of the ray's end. `eye` is where the wearer's head is.
 */
export function resolveSurfaceStroke(
  shape: MarkShape,
  samples: readonly SurfaceSample[],
  eye: SpacePoint,
): ResolveResult {
  if (samples.length === 0) return { ok: false, code: 'mark-empty' };
  if (samples.length > MAX_MARK_POINTS) return { ok: false, code: 'mark-too-large' };
  if (!samples.every(isFiniteSample)) return { ok: false, code: 'mark-not-finite' };
  const placed = placeSamples(samples);
  const first = placed[0];
  if (first === undefined) return { ok: false, code: 'mark-empty' };
  if (placed.some((sample) => distance(eye, sample.point) > MAX_REACH_M)) return { ok: false, code: 'too-far' };
  const geometry = shape === 'arrow' ? arrowFrom(first, placed, eye) : inkFrom(first, placed);
  return { ok: true, resolution: resolutionOf(geometry, placed, eye) };
}

/**
 * The end of one ray, for a stroke that is still being drawn: its hit, or the point as far along the ray as
 * `previous` (the end of the ray before it, null at the start) was.
 */
export function surfacePointOf(sample: SurfaceSample, previous: SpacePoint | null): SpacePoint {
  const hit = sample.hit;
  if (hit !== null && isInFront(sample.ray, hit.point)) return hit.point;
  const alongM = previous === null ? ASSUMED_REACH_M : distance(sample.ray.origin, previous);
  return addScaled(sample.ray.origin, sample.ray.direction, alongM);
}

function placeSamples(samples: readonly SurfaceSample[]): readonly PlacedSample[] {
  const firstHit = samples.find(({ ray, hit }) => hit !== null && isInFront(ray, hit.point))?.hit ?? null;
  let previous = firstHit?.point ?? null;
  return samples.map((sample) => {
    const { ray, hit } = sample;
    const point = surfacePointOf(sample, previous);
    previous = point;
    const isMeasured = hit !== null && point === hit.point;
    const back: Vec3 = [-ray.direction[0], -ray.direction[1], -ray.direction[2]];
    const reported = isMeasured ? normalize(hit.normal) : null;
    const normal = reported === null ? back : dot(reported, back) < 0 ? negated(reported) : reported;
    return { point, normal, isMeasured };
  });
}

function arrowFrom(first: PlacedSample, placed: readonly PlacedSample[], eye: SpacePoint): SpaceGeometry {
  const last = placed.at(-1) ?? first;
  const dragged = distance(first.point, last.point) >= MIN_DRAG_M ? last.point : null;
  return {
    kind: 'arrow',
    tip: first.point,
    towardsTail: towardsTail(first.point, first, dragged),
    lengthM: arrowLengthM(distance(eye, first.point)),
  };
}

function inkFrom(first: PlacedSample, placed: readonly PlacedSample[]): SpaceGeometry {
  const points = placed.map((sample) => sample.point);
  if (points.every((point) => distance(point, first.point) < DOT_EXTENT_M)) {
    return { kind: 'dot', point: mean(points), normal: first.normal };
  }
  const kept = simplifyRoomStroke(points);
  return { kind: 'stroke', points: kept, closed: isClosed(kept) };
}

function isClosed(points: readonly Vec3[]): boolean {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 4) return false;
  let drawn = 0;
  for (let i = 1; i < points.length; i += 1) drawn += distance(points[i - 1] ?? first, points[i] ?? first);
  const gap = distance(first, last);
  return gap <= LOOP_GAP_M && gap <= LOOP_GAP_RATIO * drawn;
}

function resolutionOf(geometry: SpaceGeometry, placed: readonly PlacedSample[], eye: SpacePoint): Resolution {
  const centre = centreOf(geometry);
  const measured = placed.filter((sample) => sample.isMeasured).length;
  return {
    geometry,
    centre,
    // The person in the room sees where the ray ends, so a ray without a surface is still pointed on purpose.
    depthSource: measured > 0 ? 'plane' : 'pointer',
    quality: measured * 2 >= placed.length ? 'good' : 'approximate',
    viewDistanceM: distance(eye, centre),
  };
}

function isFiniteSample({ ray, hit }: SurfaceSample): boolean {
  return isFiniteVec3(ray.origin) && isFiniteVec3(ray.direction) && (hit === null || isFiniteVec3(hit.point));
}

function isInFront(ray: Ray, point: Vec3): boolean {
  return dot(subtract(point, ray.origin), ray.direction) >= NEAR_DEPTH_M;
}

function negated(v: Vec3): Vec3 {
  return [-v[0], -v[1], -v[2]];
}
