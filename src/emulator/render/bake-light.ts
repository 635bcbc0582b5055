import type { Vec3 } from '../../domain/registration/pose.ts';
import { cross, dot, length, normalize, perpendicular, subtract } from '../../domain/registration/vec3.ts';
import type { Lamp, Part } from '../room/room.ts';
import { createOccluder } from './occlusion.ts';

/** How much light arrives at a point of a surface with a normal: 1 is a well lit bench. */
export type LightAt = (position: Vec3, normal: Vec3) => number;

/** Rays start this far off the surface, so that a surface does not shade itself. */
const LIFT_M = 0.004;
const LAMP_SAMPLES = [
  [-0.4, -0.25],
  [-0.15, 0.25],
  [0.15, -0.25],
  [0.4, 0.25],
] as const;
const AMBIENT_RAYS = 20;
/** Things further off than this don't keep the room's own light away. */
const AMBIENT_REACH_M = 0.7;
const AMBIENT_UP = 0.42;
const AMBIENT_DOWN = 0.22;
const LAMP_GAIN = 1.5;

/**
 * Light that never changes is worked out once, per vertex: soft shadows from the lamps' areas and the darkness of
 * corners. Drawing then costs no more than an unlit picture, which software rendering needs.
 */
export function createLight(parts: readonly Part[], lamps: readonly Lamp[]): LightAt {
  const occluded = createOccluder(parts.filter((part) => part.solid));
  const samples = lamps.flatMap((lamp) =>
    LAMP_SAMPLES.map(([x, z]) => ({
      place: [lamp.center[0] + x * lamp.width, lamp.center[1], lamp.center[2] + z * lamp.depth] as Vec3,
      power: (LAMP_GAIN * lamp.power) / LAMP_SAMPLES.length,
    })),
  );
  const directions = cosineDirections(AMBIENT_RAYS);

  return (position, normal) => {
    const from: Vec3 = [
      position[0] + normal[0] * LIFT_M,
      position[1] + normal[1] * LIFT_M,
      position[2] + normal[2] * LIFT_M,
    ];
    let light = 0;
    for (const { place, power } of samples) {
      const way = subtract(place, from);
      const reachM = length(way);
      const direction: Vec3 = [way[0] / reachM, way[1] / reachM, way[2] / reachM];
      const facing = dot(direction, normal) * direction[1];
      if (facing > 0 && direction[1] > 0 && !occluded(from, direction, reachM - LIFT_M)) {
        light += (power * facing) / reachM ** 2;
      }
    }
    return light + ambient(from, normal, directions, occluded);
  };
}

function ambient(
  from: Vec3,
  normal: Vec3,
  directions: readonly Vec3[],
  occluded: ReturnType<typeof createOccluder>,
): number {
  const right = perpendicular(normal);
  const up = cross(normal, right);
  let open = 0;
  for (const [x, y, z] of directions) {
    const direction: Vec3 = [
      right[0] * x + up[0] * y + normal[0] * z,
      right[1] * x + up[1] * y + normal[1] * z,
      right[2] * x + up[2] * y + normal[2] * z,
    ];
    if (!occluded(from, direction, AMBIENT_REACH_M)) open += 1;
  }
  const sky = AMBIENT_DOWN + (AMBIENT_UP - AMBIENT_DOWN) * (normal[1] * 0.5 + 0.5);
  return sky * (0.25 + (0.75 * open) / directions.length);
}

/** Directions around +z, as many per area as their cosine asks for (a golden spiral on Malley's disc). */
function cosineDirections(count: number): readonly Vec3[] {
  return Array.from({ length: count }, (_, i) => {
    const radius = Math.sqrt((i + 0.5) / count);
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    const direction: Vec3 = [radius * Math.cos(angle), radius * Math.sin(angle), Math.sqrt(1 - radius ** 2)];
    return normalize(direction) ?? direction;
  });
}
