import type { Hit } from '../../domain/annotation/plane-fit.ts';
import type { Pose, Vec3 } from '../../domain/registration/pose.ts';
import { rotate } from '../../domain/registration/quat.ts';

export const vec3Of = ({ x, y, z }: DOMPointReadOnly): Vec3 => [x, y, z];

export const poseOf = ({ position, orientation }: XRRigidTransform): Pose => ({
  position: vec3Of(position),
  orientation: [orientation.x, orientation.y, orientation.z, orientation.w],
});

// For the frame loop: each writes into an array of its caller's, which others see as read-only.

export function readVec3(out: Vec3, { x, y, z }: DOMPointReadOnly): void {
  write(out, x, y, z);
}

/** The rotated -z axis: where a target ray points. */
export function readForward(out: Vec3, { x, y, z, w }: DOMPointReadOnly): void {
  write(out, -2 * (x * z + w * y), -2 * (y * z - w * x), -1 + 2 * (x * x + y * y));
}

/** The rotated +y axis: the normal of a hit. */
export function readUp(out: Vec3, { x, y, z, w }: DOMPointReadOnly): void {
  write(out, 2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x));
}

function write(out: Vec3, x: number, y: number, z: number): void {
  const writable = out as [number, number, number];
  writable[0] = x;
  writable[1] = y;
  writable[2] = z;
}

const UP: Vec3 = [0, 1, 0];

/** A hit's pose has its +y axis along the surface's normal (WebXR Hit Test Module, "XRHitTestResult"). */
export const hitOf = ({ transform }: XRPose): Hit => {
  const pose = poseOf(transform);
  return { point: pose.position, normal: rotate(pose.orientation, UP) };
};
