import type { Vec3 } from '../registration/pose.ts';
import { add, normalize, scale, subtract } from '../registration/vec3.ts';
import type { Plane } from './plane-fit.ts';

/** Arrows look alike in size from everywhere: 14 cm for each metre between them and whoever places them. */
const LENGTH_PER_METRE = 0.14;
const MIN_LENGTH_M = 0.08;
const MAX_LENGTH_M = 0.3;
/**
 * An arrow leans this far off the surface. Flat on it, it would be hidden in what it points at; straight
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

/** Steeper than this to the vertical a surface is a wall, a door, a front; flatter ones are tops, seen from above. */
const UPRIGHT_NORMAL_Y = 0.8;
const UP: Vec3 = [0, 1, 0];

/**
 * The unit vector from an arrow's tip to its tail. `draggedTo` (any point in the room) turns it so that, seen from the
 * front, it lies the way it was dragged. Without a drag it points down onto what is upright, which everybody mostly
 * faces, and along the normal onto what lies flat, which everybody sees at an angle.
 */
export function towardsTail(tip: Vec3, surface: Plane, draggedTo: Vec3 | null): Vec3 {
  if (draggedTo !== null) return leaning(surface.normal, subtract(draggedTo, tip));
  return Math.abs(surface.normal[1]) > UPRIGHT_NORMAL_Y ? surface.normal : leaning(surface.normal, UP);
}

/** Off the surface by the lean, towards where `way` leads along the surface. */
function leaning(normal: Vec3, way: Vec3): Vec3 {
  const height = way[0] * normal[0] + way[1] * normal[1] + way[2] * normal[2];
  const along = normalize(subtract(way, scale(normal, height)));
  if (along === null) return normal;
  return normalize(add(scale(along, Math.cos(LEAN_RAD)), scale(normal, Math.sin(LEAN_RAD)))) ?? normal;
}
