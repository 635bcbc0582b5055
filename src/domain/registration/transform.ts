import type { Pose, Vec3 } from './pose.ts';
import { conjugate, IDENTITY, type MutableQuat, multiply, rotate } from './quat.ts';
import { add, type MutableVec3, scale, subtract, ZERO } from './vec3.ts';

/** Writable counterpart of `Pose`; a `MutablePose` can be given wherever a `Pose` is read. */
export interface MutablePose {
  readonly position: MutableVec3;
  readonly orientation: MutableQuat;
}

export const IDENTITY_POSE: Pose = { position: ZERO, orientation: IDENTITY };

export function createMutablePose(): MutablePose {
  return { position: [0, 0, 0], orientation: [0, 0, 0, 1] };
}

/** The pose in the outermost frame of something whose pose in the frame of `outer` is `inner`. */
export function composePoses(outer: Pose, inner: Pose): Pose {
  return {
    position: transformPoint(outer, inner.position),
    orientation: multiply(outer.orientation, inner.orientation),
  };
}

/** The pose of the outer frame, seen from the local one. */
export function invertPose(pose: Pose): Pose {
  const orientation = conjugate(pose.orientation);
  return { position: scale(rotate(orientation, pose.position), -1), orientation };
}

/** A point of the local frame of `pose`, in the outer frame. */
export function transformPoint(pose: Pose, local: Vec3): Vec3 {
  return add(pose.position, rotate(pose.orientation, local));
}

/** A point of the outer frame, in the local frame of `pose`. */
export function inverseTransformPoint(pose: Pose, outer: Vec3): Vec3 {
  return rotate(conjugate(pose.orientation), subtract(outer, pose.position));
}
