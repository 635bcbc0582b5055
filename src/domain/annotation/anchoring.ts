import type { AnchorPose, SpacePoint, Vec3 } from '../registration/pose.ts';
import { conjugate, rotate } from '../registration/quat.ts';
import { inverseTransformPoint, transformPoint } from '../registration/transform.ts';
import { distance } from '../registration/vec3.ts';
import type { SpaceGeometry } from './geometry.ts';
import type { AnnotationGeometry } from './types.ts';

/**
 * World drift grows with the distance from the anchor, 3 to 13 mm for each metre (Microsoft, "Spatial anchors":
 * keep content near its anchor), so annotations share one only within this distance.
 */
const SHARED_ANCHOR_REACH_M = 1;

export type AnchorChoice<Anchor> = { readonly kind: 'share'; readonly anchor: Anchor } | { readonly kind: 'new' };

/** The nearest anchor within reach of a point. Give it only anchors that are tracked, in the current space. */
export function chooseAnchor<Anchor extends { readonly pose: AnchorPose }>(
  existing: readonly Anchor[],
  point: SpacePoint,
): AnchorChoice<Anchor> {
  let nearest: { anchor: Anchor; away: number } | null = null;
  for (const anchor of existing) {
    const away = distance(anchor.pose.position, point);
    if (away <= SHARED_ANCHOR_REACH_M && (nearest === null || away < nearest.away)) nearest = { anchor, away };
  }
  return nearest === null ? { kind: 'new' } : { kind: 'share', anchor: nearest.anchor };
}

/** From the headset's reference space to what is stored. */
export function toAnchorLocal(geometry: SpaceGeometry, anchorPose: AnchorPose): AnnotationGeometry {
  const back = conjugate(anchorPose.orientation);
  return mapGeometry(geometry, {
    point: (point) => inverseTransformPoint(anchorPose, point),
    direction: (direction) => rotate(back, direction),
  });
}

/** From what is stored to the reference space in which the anchor has `anchorPose`. */
export function fromAnchorLocal(geometry: AnnotationGeometry, anchorPose: AnchorPose): SpaceGeometry {
  return mapGeometry(geometry, {
    point: (point) => transformPoint(anchorPose, point),
    direction: (direction) => rotate(anchorPose.orientation, direction),
  });
}

interface RigidMap {
  point(point: Vec3): Vec3;
  direction(direction: Vec3): Vec3;
}

/** What the two geometries have in common, without their frames. */
type AnyGeometry =
  | { readonly kind: 'arrow'; readonly tip: Vec3; readonly towardsTail: Vec3; readonly lengthM: number }
  | { readonly kind: 'stroke'; readonly points: readonly Vec3[]; readonly closed: boolean }
  | { readonly kind: 'dot'; readonly point: Vec3; readonly normal: Vec3 };

function mapGeometry(geometry: AnyGeometry, map: RigidMap): AnyGeometry {
  switch (geometry.kind) {
    case 'arrow':
      return {
        kind: 'arrow',
        tip: map.point(geometry.tip),
        towardsTail: map.direction(geometry.towardsTail),
        lengthM: geometry.lengthM,
      };
    case 'stroke':
      return { kind: 'stroke', points: geometry.points.map((point) => map.point(point)), closed: geometry.closed };
    case 'dot':
      return { kind: 'dot', point: map.point(geometry.point), normal: map.direction(geometry.normal) };
  }
}
