import type { Quat, Vec3 } from '../../domain/registration/pose.ts';
import { fromAxisAngle, IDENTITY, multiply, normalizeQuat } from '../../domain/registration/quat.ts';
import { cross, dot, normalize, perpendicular } from '../../domain/registration/vec3.ts';

/** The shortest rotation that turns the unit vector `from` into the unit vector `to`. */
export function rotationBetween(from: Vec3, to: Vec3): Quat {
  const cosine = dot(from, to);
  // Nearly opposite: the cross product has no direction left, so half a turn goes first and the small rest after it.
  if (cosine < -1 + 1e-9) {
    const opposite: Vec3 = [-from[0], -from[1], -from[2]];
    return multiply(rotationBetween(opposite, to), fromAxisAngle(perpendicular(from), Math.PI));
  }
  const [x, y, z] = cross(from, to);
  return normalizeQuat([x, y, z, 1 + cosine]) ?? IDENTITY;
}

/** Turn to the left by `yawRad` about the vertical, and then up by `pitchRad`: a level head without roll. */
export function levelOrientation(yawRad: number, pitchRad: number): Quat {
  return multiply(fromAxisAngle([0, 1, 0], yawRad), fromAxisAngle([1, 0, 0], pitchRad));
}

/** The orientation, without roll, in which something at `from` looks (along its -z) at `target`. */
export function lookRotation(from: Vec3, target: Vec3): Quat {
  const direction = normalize([target[0] - from[0], target[1] - from[1], target[2] - from[2]]);
  if (direction === null) return IDENTITY;
  return levelOrientation(Math.atan2(-direction[0], -direction[2]), Math.asin(direction[1]));
}

/** Yaw (to the left) and pitch (up) of where an orientation looks, in radians. */
export function yawPitchOf(q: Quat): { readonly yawRad: number; readonly pitchRad: number } {
  const [x, y, z, w] = q;
  // The rotated -z axis.
  const forwardX = -2 * (x * z + w * y);
  const forwardY = -2 * (y * z - w * x);
  const forwardZ = -(1 - 2 * (x * x + y * y));
  return { yawRad: Math.atan2(-forwardX, -forwardZ), pitchRad: Math.asin(Math.max(-1, Math.min(1, forwardY))) };
}
