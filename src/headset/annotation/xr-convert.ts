import type { Hit } from '../../domain/annotation/plane-fit.ts';
import type { Pose, Vec3 } from '../../domain/registration/pose.ts';
import { rotate } from '../../domain/registration/quat.ts';

export const vec3Of = ({ x, y, z }: DOMPointReadOnly): Vec3 => [x, y, z];

export const poseOf = ({ position, orientation }: XRRigidTransform): Pose => ({
  position: vec3Of(position),
  orientation: [orientation.x, orientation.y, orientation.z, orientation.w],
});

const UP: Vec3 = [0, 1, 0];

/** A hit's pose has its +y axis along the surface's normal (WebXR Hit Test Module, "XRHitTestResult"). */
export const hitOf = ({ transform }: XRPose): Hit => {
  const pose = poseOf(transform);
  return { point: pose.position, normal: rotate(pose.orientation, UP) };
};
