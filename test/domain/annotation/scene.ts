import type { Hit } from '../../../src/domain/annotation/plane-fit.ts';
import type { SeenMark } from '../../../src/domain/annotation/probes.ts';
import type { ImageMark, ImagePoint } from '../../../src/domain/annotation/types.ts';
import { documentedHoloLens2Profile, project, type Ray } from '../../../src/domain/registration/camera.ts';
import type { Vec3, ViewerPose } from '../../../src/domain/registration/pose.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';
import { addScaled, cross, dot, normalize, perpendicular, subtract } from '../../../src/domain/registration/vec3.ts';

/** A rectangle in the room: what a device knows as a plane. */
export interface Panel {
  readonly centre: Vec3;
  readonly normal: Vec3;
  /** Half its size along `perpendicular(normal)` and along the other direction in it. */
  readonly reach: readonly [number, number];
}

export function panel(centre: Vec3, normal: Vec3, reach: readonly [number, number] = [50, 50]): Panel {
  return { centre, normal: normalize(normal) ?? [0, 0, 1], reach };
}

/** The nearest hit of a ray on the panels. */
export function cast(panels: readonly Panel[], ray: Ray): Hit | null {
  let nearest: { alongM: number; hit: Hit } | null = null;
  for (const { centre, normal, reach } of panels) {
    const alongM = dot(subtract(centre, ray.origin), normal) / dot(ray.direction, normal);
    if (!(alongM > 0) || (nearest !== null && nearest.alongM <= alongM)) continue;
    const point = addScaled(ray.origin, ray.direction, alongM);
    const right = perpendicular(normal);
    const from = subtract(point, centre);
    if (Math.abs(dot(from, right)) > reach[0] || Math.abs(dot(from, cross(normal, right))) > reach[1]) continue;
    nearest = { alongM, hit: { point, normal } };
  }
  return nearest?.hit ?? null;
}

export const ASPECT = 16 / 9;
const profile = documentedHoloLens2Profile();

/** A mark seen by the documented camera from the origin, looking along -z, unless another pose is given. */
export function seen(
  shape: ImageMark['shape'],
  points: readonly ImagePoint[],
  viewerPose: ViewerPose = IDENTITY_POSE,
): SeenMark {
  return { mark: { shape, colour: 'red', points, aspect: ASPECT }, viewerPose, profile };
}

/** Where a point of the room stands in that camera's picture. */
export function imageOf(point: Vec3, viewerPose: ViewerPose = IDENTITY_POSE): ImagePoint {
  const projection = project(point, viewerPose, profile);
  if (projection.kind === 'behind') throw new Error('the point is behind the camera');
  return [projection.u, projection.v];
}

/** An ellipse in the picture that is a circle of `radius` (of the picture's width) on the screen. */
export function circle([u, v]: ImagePoint, radius: number, turns = 1, count = 48): ImagePoint[] {
  return Array.from({ length: count + 1 }, (_, i): ImagePoint => {
    const angle = (2 * Math.PI * turns * i) / count;
    return [u + radius * Math.cos(angle), v + radius * ASPECT * Math.sin(angle)];
  });
}

export function line(from: ImagePoint, to: ImagePoint, count = 20): ImagePoint[] {
  return Array.from({ length: count }, (_, i): ImagePoint => {
    const t = i / (count - 1);
    return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
  });
}

/** Numbers 0..1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
