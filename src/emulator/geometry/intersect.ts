import type { Vec3 } from '../../domain/registration/pose.ts';
import { conjugate, rotate } from '../../domain/registration/quat.ts';
import { inverseTransformPoint, transformPoint } from '../../domain/registration/transform.ts';
import { addScaled, dot, normalize } from '../../domain/registration/vec3.ts';
import { boundingRadius, type Placed, type Shape, type SurfaceHit } from './shape.ts';

/** Nearer than this a ray is taken to start on the surface rather than to meet it. */
const MIN_DISTANCE_M = 1e-6;
const PARALLEL = 1e-12;
/** A torus is met by sphere tracing: closer than this counts as the surface. */
const TRACE_TOLERANCE_M = 1e-7;
const TRACE_STEPS = 512;

interface LocalHit {
  readonly distanceM: number;
  readonly normal: Vec3;
}

/**
 * The first place where a ray meets the outside of a placed shape, or null. `origin` and `direction` (a unit
 * vector) are in the frame that the shape is placed in; rays that start inside a solid do not meet it.
 */
export function intersect(placed: Placed, origin: Vec3, direction: Vec3): SurfaceHit | null {
  const localOrigin = inverseTransformPoint(placed.pose, origin);
  const localDirection = rotate(conjugate(placed.pose.orientation), direction);
  const hit = intersectLocal(placed.shape, localOrigin, localDirection);
  if (hit === null) return null;
  return {
    distanceM: hit.distanceM,
    point: transformPoint(placed.pose, addScaled(localOrigin, localDirection, hit.distanceM)),
    normal: rotate(placed.pose.orientation, hit.normal),
  };
}

function intersectLocal(shape: Shape, origin: Vec3, direction: Vec3): LocalHit | null {
  switch (shape.kind) {
    case 'rect':
      return intersectRect(shape.width / 2, shape.height / 2, origin, direction);
    case 'box':
      return intersectBox(shape.size, origin, direction);
    case 'cylinder':
      return intersectCylinder(shape.radius, shape.height / 2, origin, direction);
    case 'torus':
      return intersectTorus(shape, origin, direction);
  }
}

function intersectRect(halfWidth: number, halfHeight: number, origin: Vec3, direction: Vec3): LocalHit | null {
  if (direction[2] > -PARALLEL) return null;
  const distanceM = -origin[2] / direction[2];
  if (distanceM < MIN_DISTANCE_M) return null;
  const x = origin[0] + direction[0] * distanceM;
  const y = origin[1] + direction[1] * distanceM;
  return Math.abs(x) <= halfWidth && Math.abs(y) <= halfHeight ? { distanceM, normal: [0, 0, 1] } : null;
}

/** The slab method (Kay and Kajiya 1986), keeping the axis through which the ray enters. */
function intersectBox(size: Vec3, origin: Vec3, direction: Vec3): LocalHit | null {
  let enter = Number.NEGATIVE_INFINITY;
  let leave = Number.POSITIVE_INFINITY;
  let axis = 0;
  for (let i = 0; i < 3; i++) {
    const half = (size[i] ?? 0) / 2;
    const o = origin[i] ?? 0;
    const d = direction[i] ?? 0;
    if (Math.abs(d) < PARALLEL) {
      if (Math.abs(o) > half) return null;
      continue;
    }
    const near = (-Math.sign(d) * half - o) / d;
    const far = (Math.sign(d) * half - o) / d;
    if (near > enter) {
      enter = near;
      axis = i;
    }
    leave = Math.min(leave, far);
  }
  if (enter > leave || enter < MIN_DISTANCE_M) return null;
  const side = -Math.sign(direction[axis] ?? 0);
  return { distanceM: enter, normal: [axis === 0 ? side : 0, axis === 1 ? side : 0, axis === 2 ? side : 0] };
}

function intersectCylinder(radius: number, halfHeight: number, origin: Vec3, direction: Vec3): LocalHit | null {
  const wall = intersectCylinderWall(radius, halfHeight, origin, direction);
  const cap = intersectCylinderCap(radius, halfHeight, origin, direction);
  if (wall === null || cap === null) return wall ?? cap;
  return wall.distanceM < cap.distanceM ? wall : cap;
}

function intersectCylinderWall(radius: number, halfHeight: number, origin: Vec3, direction: Vec3): LocalHit | null {
  const a = direction[0] ** 2 + direction[2] ** 2;
  if (a < PARALLEL) return null;
  const halfB = origin[0] * direction[0] + origin[2] * direction[2];
  const c = origin[0] ** 2 + origin[2] ** 2 - radius ** 2;
  const discriminant = halfB ** 2 - a * c;
  if (discriminant < 0) return null;
  const distanceM = (-halfB - Math.sqrt(discriminant)) / a;
  if (distanceM < MIN_DISTANCE_M) return null;
  const [x, y, z] = addScaled(origin, direction, distanceM);
  return Math.abs(y) <= halfHeight ? { distanceM, normal: [x / radius, 0, z / radius] } : null;
}

function intersectCylinderCap(radius: number, halfHeight: number, origin: Vec3, direction: Vec3): LocalHit | null {
  if (Math.abs(direction[1]) < PARALLEL) return null;
  const side = -Math.sign(direction[1]);
  const distanceM = (side * halfHeight - origin[1]) / direction[1];
  if (distanceM < MIN_DISTANCE_M) return null;
  const [x, , z] = addScaled(origin, direction, distanceM);
  return x ** 2 + z ** 2 <= radius ** 2 ? { distanceM, normal: [0, side, 0] } : null;
}

/** Sphere tracing (Hart 1996) of the torus's exact distance, from where the ray enters its bounding sphere. */
function intersectTorus(shape: Extract<Shape, { kind: 'torus' }>, origin: Vec3, direction: Vec3): LocalHit | null {
  const bound = boundingRadius(shape);
  const closest = -dot(origin, direction);
  const missSquared = dot(origin, origin) - closest ** 2;
  if (missSquared > bound ** 2) return null;
  const reach = Math.sqrt(bound ** 2 - missSquared);
  let distanceM = Math.max(MIN_DISTANCE_M, closest - reach);
  for (let step = 0; step < TRACE_STEPS && distanceM <= closest + reach; step++) {
    const [x, y, z] = addScaled(origin, direction, distanceM);
    const fromAxis = Math.hypot(x, z);
    const gap = Math.hypot(fromAxis - shape.majorRadius, y) - shape.minorRadius;
    if (gap < -TRACE_TOLERANCE_M) return null;
    if (gap < TRACE_TOLERANCE_M) {
      const inward = (fromAxis - shape.majorRadius) / (fromAxis || 1);
      const normal = normalize([x * inward, y, z * inward]);
      return normal === null ? null : { distanceM, normal };
    }
    distanceM += gap;
  }
  return null;
}
