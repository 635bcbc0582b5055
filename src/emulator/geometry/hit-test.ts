import type { Vec3 } from '../../domain/registration/pose.ts';
import { intersect } from './intersect.ts';
import type { Placed, SurfaceHit } from './shape.ts';

/** Surfaces closer together than this along one ray are one surface (a label on its panel). */
const SAME_SURFACE_M = 0.002;

/** Every surface that a ray meets, nearest first, one hit for each shape. `direction` is a unit vector. */
export function hitAll(shapes: readonly Placed[], origin: Vec3, direction: Vec3): readonly SurfaceHit[] {
  const hits: SurfaceHit[] = [];
  for (const shape of shapes) {
    const hit = intersect(shape, origin, direction);
    if (hit !== null) hits.push(hit);
  }
  hits.sort((a, b) => a.distanceM - b.distanceM);
  return hits.filter((hit, i) => {
    const before = hits[i - 1];
    return before === undefined || hit.distanceM - before.distanceM > SAME_SURFACE_M;
  });
}

/** The nearest surface that a ray meets, or null. */
export function hitNearest(shapes: readonly Placed[], origin: Vec3, direction: Vec3): SurfaceHit | null {
  let nearest: SurfaceHit | null = null;
  for (const shape of shapes) {
    const hit = intersect(shape, origin, direction);
    if (hit !== null && (nearest === null || hit.distanceM < nearest.distanceM)) nearest = hit;
  }
  return nearest;
}
