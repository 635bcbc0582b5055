import type { Pose, Vec3 } from '../../domain/registration/pose.ts';
import { rotate } from '../../domain/registration/quat.ts';
import { add, scale, ZERO } from '../../domain/registration/vec3.ts';
import { levelOrientation, yawPitchOf } from '../geometry/orient.ts';
import type { Movement } from '../motion/head-motion.ts';

const WALK_M_PER_S = 0.9;
const TURN_RAD_PER_S = 0.9;
/** A movement by keys ends at their release; this is only to be longer than anybody holds one. */
const HELD_MS = 60_000;

const STEPS: Readonly<Record<string, Vec3>> = {
  KeyW: [0, 0, -1],
  KeyS: [0, 0, 1],
  KeyA: [-1, 0, 0],
  KeyD: [1, 0, 0],
  KeyE: [0, 1, 0],
  KeyQ: [0, -1, 0],
};
const YAWS: Readonly<Record<string, number>> = { ArrowLeft: 1, ArrowRight: -1 };

export function isMovementKey(code: string): boolean {
  return code in STEPS || code in YAWS;
}

/** The movement that the held keys ask for; walking stops at the border of the `walkable` box. */
export function movementOf(
  held: ReadonlySet<string>,
  head: Pose,
  walkable: { readonly min: Vec3; readonly max: Vec3 },
): Movement {
  let steps: Vec3 = ZERO;
  let yaw = 0;
  for (const code of held) {
    steps = add(steps, STEPS[code] ?? ZERO);
    yaw += YAWS[code] ?? 0;
  }
  const level = levelOrientation(yawPitchOf(head.orientation).yawRad, 0);
  const velocity = scale(rotate(level, steps), WALK_M_PER_S);
  return {
    velocity,
    moveMs: Math.min(HELD_MS, 1000 * secondsInside(head.position, velocity, walkable)),
    axis: [0, 1, 0],
    rateRadPerS: yaw * TURN_RAD_PER_S,
    turnMs: HELD_MS,
  };
}

function secondsInside(from: Vec3, velocity: Vec3, box: { readonly min: Vec3; readonly max: Vec3 }): number {
  let seconds = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 3; axis++) {
    const speed = velocity[axis] ?? 0;
    if (Math.abs(speed) < 1e-9) continue;
    const border = (speed > 0 ? box.max : box.min)[axis] ?? 0;
    seconds = Math.min(seconds, (border - (from[axis] ?? 0)) / speed);
  }
  return Math.max(0, seconds);
}
