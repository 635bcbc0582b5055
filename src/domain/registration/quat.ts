import type { Quat, Vec3 } from './pose.ts';
import type { MutableVec3 } from './vec3.ts';

/** Writable counterpart of `Quat`, for results that are filled in again and again without allocation. */
export type MutableQuat = [x: number, y: number, z: number, w: number];

export const IDENTITY: Quat = [0, 0, 0, 1];

/** The rotation by `b` first and then by `a` (Hamilton product a * b). */
export function multiply(a: Quat, b: Quat): Quat {
  const [ax, ay, az, aw] = a;
  const [bx, by, bz, bw] = b;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** The opposite rotation of a unit quaternion. */
export function conjugate(q: Quat): Quat {
  return [-q[0], -q[1], -q[2], q[3]];
}

/** Writes `q * v` to `out`, which may be `v` itself. */
export function rotateInto(out: MutableVec3, q: Quat, v: Vec3): void {
  const [qx, qy, qz, qw] = q;
  const [vx, vy, vz] = v;
  // v + 2w(q x v) + 2 q x (q x v)
  const tx = 2 * (qy * vz - qz * vy);
  const ty = 2 * (qz * vx - qx * vz);
  const tz = 2 * (qx * vy - qy * vx);
  out[0] = vx + qw * tx + qy * tz - qz * ty;
  out[1] = vy + qw * ty + qz * tx - qx * tz;
  out[2] = vz + qw * tz + qx * ty - qy * tx;
}

export function rotate(q: Quat, v: Vec3): Vec3 {
  const out: MutableVec3 = [0, 0, 0];
  rotateInto(out, q, v);
  return out;
}

/** `axis` is a unit vector; the angle is counter-clockwise seen from its tip. */
export function fromAxisAngle(axis: Vec3, angleRad: number): Quat {
  const s = Math.sin(angleRad / 2);
  return [axis[0] * s, axis[1] * s, axis[2] * s, Math.cos(angleRad / 2)];
}

/** The unit quaternion along `q`; null when `q` is zero or not finite. */
export function normalizeQuat(q: Quat): Quat | null {
  const size = Math.hypot(q[0], q[1], q[2], q[3]);
  if (!(size > 1e-12) || !Number.isFinite(size)) return null;
  return [q[0] / size, q[1] / size, q[2] / size, q[3] / size];
}

/** The angle of the rotation that leads from `a` to `b`, 0 to pi. */
export function angleBetween(a: Quat, b: Quat): number {
  const [x, y, z, w] = multiply(conjugate(a), b);
  return 2 * Math.atan2(Math.hypot(x, y, z), Math.abs(w));
}

/**
 * Spherical interpolation along the shorter arc (Shoemake 1985), written to `out`, which may be `a` or `b`.
 * `t` outside 0..1 goes on at the same angular velocity; the result is unit to rounding.
 */
export function slerpInto(out: MutableQuat, a: Quat, b: Quat, t: number): void {
  const cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = cosine < 0 ? -1 : 1;
  // acos loses half the digits near 1, where head poses 16 ms apart live; the chord does not.
  const chord = Math.hypot(sign * b[0] - a[0], sign * b[1] - a[1], sign * b[2] - a[2], sign * b[3] - a[3]);
  const angle = 2 * Math.asin(Math.min(1, chord / 2));
  const sine = Math.sin(angle);
  const fromA = sine < 1e-9 ? 1 - t : Math.sin((1 - t) * angle) / sine;
  const fromB = sign * (sine < 1e-9 ? t : Math.sin(t * angle) / sine);
  const x = fromA * a[0] + fromB * b[0];
  const y = fromA * a[1] + fromB * b[1];
  const z = fromA * a[2] + fromB * b[2];
  const w = fromA * a[3] + fromB * b[3];
  const size = Math.hypot(x, y, z, w);
  out[0] = x / size;
  out[1] = y / size;
  out[2] = z / size;
  out[3] = w / size;
}

export function slerp(a: Quat, b: Quat, t: number): Quat {
  const out: MutableQuat = [0, 0, 0, 1];
  slerpInto(out, a, b, t);
  return out;
}
