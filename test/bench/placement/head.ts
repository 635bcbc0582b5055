import type { Pose, Vec3 } from '../../../src/domain/registration/pose.ts';
import { fromAxisAngle, multiply } from '../../../src/domain/registration/quat.ts';
import { addScaled, normalize } from '../../../src/domain/registration/vec3.ts';

/** A head that looks around while somebody works: the exact pose at any time. */
export interface Head {
  poseAt(timeMs: number): Pose;
  /** How fast it turns at that time. */
  turnDegPerS(timeMs: number): number;
}

const DEGREE = Math.PI / 180;
const MAX_TURN_DEG_PER_S = 65;
/** With this the median of the turn rates at one moment is about 23 degrees a second. */
const SLOWNESS = 0.7;
/** From one side to the other and back takes two and a half seconds. */
const SWING_RAD_PER_MS = (2 * Math.PI * 0.4) / 1000;
const MAX_WALK_M_PER_S = 0.2;
/** People look around more than up and down. */
const NOD_SHARE = 0.35;

/** Speeds up and slows down as heads do, and is at `pose` at `timeMs`, in the middle of its movement. */
export function headThrough(pose: Pose, timeMs: number, random: () => number): Head {
  const peakRadPerS = MAX_TURN_DEG_PER_S * DEGREE * random() ** SLOWNESS;
  const phase = 2 * Math.PI * random();
  const axis = normalize([NOD_SHARE * (2 * random() - 1), 1, 0]) ?? [0, 1, 0];
  const velocity: Vec3 = [MAX_WALK_M_PER_S * (2 * random() - 1), 0, MAX_WALK_M_PER_S * (2 * random() - 1)];
  const phaseAt = (atMs: number): number => phase + SWING_RAD_PER_MS * (atMs - timeMs);
  return {
    poseAt(atMs) {
      const swingRad = (peakRadPerS / (1000 * SWING_RAD_PER_MS)) * (Math.sin(phaseAt(atMs)) - Math.sin(phase));
      return {
        position: addScaled(pose.position, velocity, (atMs - timeMs) / 1000),
        orientation: multiply(fromAxisAngle(axis, swingRad), pose.orientation),
      };
    },
    turnDegPerS: (atMs) => Math.abs((peakRadPerS / DEGREE) * Math.cos(phaseAt(atMs))),
  };
}
