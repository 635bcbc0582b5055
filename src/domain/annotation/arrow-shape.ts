import type { Vec3 } from '../registration/pose.ts';
import { add, normalize, scale, subtract } from '../registration/vec3.ts';
import type { Plane } from './plane-fit.ts';

/** Arrows look alike in size from everywhere: 14 cm for each metre between them and whoever places them. */
const LENGTH_PER_METRE = 0.14;
const MIN_LENGTH_M = 0.08;
const MAX_LENGTH_M = 0.3;
/**
 * A dragged arrow leans this far off the surface. Flat on it, it would be hidden in what it points at; straight
 * along the normal, whoever looks at the surface head on would see a point instead of an arrow.
 */
const LEAN_RAD = (40 * Math.PI) / 180;

/** Parts of an arrow, as fractions of its length; the room and the overlay on the picture draw the same arrow. */
export const ARROW_HEAD_LENGTH = 0.35;
export const ARROW_HEAD_RADIUS = 0.14;
export const ARROW_SHAFT_RADIUS = 0.035;
/** Dots are discs of this radius. */
export const DOT_RADIUS_M = 0.012;

export function arrowLengthM(viewDistanceM: number): number {
  return Math.min(MAX_LENGTH_M, Math.max(MIN_LENGTH_M, LENGTH_PER_METRE * viewDistanceM));
}

/**
 * The unit vector from an arrow's tip to its tail. Without a drag the tail stands along the surface's normal;
 * `draggedTo` (any point in the room) turns it so that, seen from the front, it lies the way it was dragged.
 */
export function towardsTail(tip: Vec3, surface: Plane, draggedTo: Vec3 | null): Vec3 {
  if (draggedTo === null) return surface.normal;
  const drag = subtract(draggedTo, tip);
  const height = drag[0] * surface.normal[0] + drag[1] * surface.normal[1] + drag[2] * surface.normal[2];
  const along = normalize(subtract(drag, scale(surface.normal, height)));
  if (along === null) return surface.normal;
  const leaning = add(scale(along, Math.cos(LEAN_RAD)), scale(surface.normal, Math.sin(LEAN_RAD)));
  return normalize(leaning) ?? surface.normal;
}
