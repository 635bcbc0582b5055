import { cameraPose, NEAR_DEPTH_M, type Ray, unproject } from '../registration/camera.ts';
import type { SpacePoint, Vec3 } from '../registration/pose.ts';
import { rotate } from '../registration/quat.ts';
import { addScaled, distance, dot, subtract, ZERO } from '../registration/vec3.ts';
import type { Plane } from './plane-fit.ts';
import type { SeenMark } from './probes.ts';
import type { ImagePoint } from './types.ts';

/** Further away nothing can be placed well, and nobody reads it. */
export const MAX_REACH_M = 6;

/** The camera of a marked frame: where it stood and how the picture's points look out of it. */
export interface View {
  readonly position: SpacePoint;
  /** Unit vector along the camera's axis. */
  readonly forward: Vec3;
  rayThrough(point: ImagePoint): Ray;
}

export function viewOf({ viewerPose, profile }: SeenMark): View {
  const camera = cameraPose(viewerPose, profile);
  return {
    position: camera.position,
    forward: rotate(camera.orientation, [0, 0, -1]),
    rayThrough: ([u, v]) => unproject(u, v, viewerPose, profile),
  };
}

/** The distance of a point along the camera's axis; negative behind it. */
export function depthOf(view: View, point: Vec3): number {
  return dot(subtract(point, view.position), view.forward);
}

/** The plane at a depth that faces the camera squarely: a mark on it looks exactly as it was drawn. */
export function viewPlane(view: View, depthM: number): Plane {
  return { point: addScaled(view.position, view.forward, depthM), normal: facing(view.forward, view.forward) };
}

/** `normal`, or its opposite, whichever looks back against `direction`. */
export function facing(normal: Vec3, direction: Vec3): Vec3 {
  return dot(normal, direction) > 0 ? subtract(ZERO, normal) : normal;
}

/** Where a ray meets a plane in front of it and within reach; null where it does not. */
export function meet(ray: Ray, plane: Plane): SpacePoint | null {
  const approach = dot(ray.direction, plane.normal);
  if (Math.abs(approach) < 1e-6) return null;
  const alongM = dot(subtract(plane.point, ray.origin), plane.normal) / approach;
  return alongM >= NEAR_DEPTH_M && alongM <= MAX_REACH_M ? addScaled(ray.origin, ray.direction, alongM) : null;
}

/** The angle between a direction of sight and a surface's normal, 0 (head on) to 90 degrees (grazing). */
export function incidenceDeg(direction: Vec3, normal: Vec3): number {
  return (Math.acos(Math.min(1, Math.abs(dot(direction, normal)))) * 180) / Math.PI;
}

export function isWithinReach(view: View, point: Vec3): boolean {
  return distance(view.position, point) <= MAX_REACH_M;
}
