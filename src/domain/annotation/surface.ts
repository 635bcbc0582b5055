import { NEAR_DEPTH_M } from '../registration/camera.ts';
import type { SpacePoint, Vec3 } from '../registration/pose.ts';
import { distance, isFiniteVec3, normalize, subtract } from '../registration/vec3.ts';
import { dominantPlane, type Hit, type Plane } from './plane-fit.ts';
import type { DepthSource, MarkRefusalCode, PlacementQuality } from './types.ts';
import { depthOf, facing, incidenceDeg, isWithinReach, type View, viewPlane } from './view.ts';

/** What is known of the depth near a mark besides hits on surfaces; all of it in the headset's current space. */
export interface DepthContext {
  /** Where the worker's hand or gaze pointed when the frame was taken. */
  readonly pointer?: SpacePoint | null;
  /** Where earlier marks were accepted, the latest last. */
  readonly accepted?: readonly SpacePoint[];
}

/** The plane that a mark is laid on. */
export interface Surface {
  readonly plane: Plane;
  readonly depthSource: DepthSource;
  readonly quality: PlacementQuality;
}

/** Hits further apart in depth than this are on different things. */
const DEPTH_JUMP_M = 0.15;
/** A cluster of fewer hits than this, when there are several, is a stray. */
const MIN_CLUSTER = 2;
const FEW_HITS = 3;
const MIN_INLIER_RATIO = 0.5;
/** Fewer probes than this met anything: the surface is a guess. */
const MIN_HIT_RATIO = 0.5;
/** Strokes on a plane seen more obliquely than this would be torn apart by small errors. */
const MAX_TILT_DEG = 60;
/** With nothing to go by: an arm's length and a half, where work happens. */
const ASSUMED_DEPTH_M = 1.5;
const MIN_DEPTH_M = 0.2;
/** An earlier mark tells the depth of a new one only close by. */
const NEAR_ACCEPTED_DEG = 10;
/** The camera's picture reaches about this far from its middle. */
const NEAR_POINTER_DEG = 40;

/** The hits that can be used, or why a mark whose every hit is unusable has to be refused; empty without hits. */
export function usableHits(
  view: View,
  hits: readonly (Hit | null)[],
): { readonly ok: true; readonly hits: readonly Hit[] } | { readonly ok: false; readonly code: MarkRefusalCode } {
  const met = hits.flatMap((hit) => cleaned(hit));
  const inFront = met.filter((hit) => depthOf(view, hit.point) >= NEAR_DEPTH_M);
  if (met.length > 0 && inFront.length === 0) return { ok: false, code: 'behind-camera' };
  const inReach = inFront.filter((hit) => isWithinReach(view, hit.point));
  if (inFront.length > 0 && inReach.length === 0) return { ok: false, code: 'too-far' };
  return { ok: true, hits: inReach };
}

/** A device may answer with nonsense; a hit without a direction is none. */
function cleaned(hit: Hit | null): Hit[] {
  if (hit === null || !isFiniteVec3(hit.point)) return [];
  const normal = normalize(hit.normal);
  return normal === null ? [] : [{ point: hit.point, normal }];
}

/** The plane of usable hits (at least one) on `probes` rays, `direction` being the line of sight to the mark's middle. */
export function surfaceOfHits(view: View, hits: readonly Hit[], probes: number, direction: Vec3): Surface {
  const cluster = onOneThing(view, hits);
  const depthM = median(cluster.map((hit) => depthOf(view, hit.point)));
  const plane = dominantPlane(cluster, depthM);
  const isPlane =
    plane !== null &&
    plane.inliers.length >= MIN_INLIER_RATIO * cluster.length &&
    incidenceDeg(direction, plane.normal) <= MAX_TILT_DEG;
  if (!isPlane) return { plane: viewPlane(view, depthM), depthSource: 'plane', quality: 'approximate' };
  const quality = hits.length >= MIN_HIT_RATIO * probes ? 'good' : 'approximate';
  return { plane: { point: plane.point, normal: facing(plane.normal, direction) }, depthSource: 'plane', quality };
}

/**
 * All hits when one plane explains them, as a bench seen along its length; else those before the first jump in
 * depth, because what stands in front hides what is behind it.
 */
function onOneThing(view: View, hits: readonly Hit[]): readonly Hit[] {
  const byDepth = [...hits].sort((a, b) => depthOf(view, a.point) - depthOf(view, b.point));
  const whole = dominantPlane(hits, median(byDepth.map((hit) => depthOf(view, hit.point))));
  if (whole === null || whole.inliers.length === hits.length) return hits;
  const clusters: Hit[][] = [[]];
  for (const [i, hit] of byDepth.entries()) {
    const previous = byDepth[i - 1];
    const isJump = previous !== undefined && depthOf(view, hit.point) - depthOf(view, previous.point) > DEPTH_JUMP_M;
    if (isJump) clusters.push([hit]);
    else clusters.at(-1)?.push(hit);
  }
  return clusters.find((cluster) => cluster.length >= MIN_CLUSTER || hits.length <= FEW_HITS) ?? hits;
}

/** The plane of a mark that met nothing: from the best other source of depth, in the order of `DEPTH_SOURCES`. */
export function surfaceWithoutHits(view: View, direction: Vec3, context: DepthContext): Surface {
  for (const { depthSource, depthM } of depthCandidates(view, direction, context)) {
    if (depthM === null) continue;
    return { plane: viewPlane(view, depthM), depthSource, quality: 'approximate' };
  }
  return { plane: viewPlane(view, ASSUMED_DEPTH_M), depthSource: 'assumed', quality: 'approximate' };
}

function depthCandidates(view: View, direction: Vec3, { pointer, accepted = [] }: DepthContext) {
  const pointedAt = pointer == null ? [] : [pointer];
  return [
    { depthSource: 'pointer', depthM: depthNear(view, direction, pointedAt, NEAR_POINTER_DEG) },
    { depthSource: 'lastAccepted', depthM: depthNear(view, direction, accepted, NEAR_ACCEPTED_DEG) },
  ] as const satisfies readonly { depthSource: DepthSource; depthM: number | null }[];
}

/** The depth of the latest of `points` that is in sight within an angle of `direction`; null when there is none. */
function depthNear(view: View, direction: Vec3, points: readonly SpacePoint[], withinDeg: number): number | null {
  const near = points.findLast((point) => {
    const towards = normalize(subtract(point, view.position));
    if (towards === null || depthOf(view, point) < MIN_DEPTH_M || !isWithinReach(view, point)) return false;
    return distance(towards, direction) <= 2 * Math.sin((withinDeg * Math.PI) / 360);
  });
  return near === undefined ? null : depthOf(view, near);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
