import type { Pose, Quat, Vec3 } from '../../domain/registration/pose.ts';
import { conjugate, fromAxisAngle, multiply } from '../../domain/registration/quat.ts';
import { addScaled, normalize, scale, subtract, ZERO } from '../../domain/registration/vec3.ts';

/** How long the past is remembered, so that the pose of a frame can still be asked for after it was shown. */
const REMEMBERED_MS = 30_000;

/** Steady movement: from `from` on, each of the two parts goes on until its own end and then holds. */
interface Segment {
  readonly startMs: number;
  readonly from: Pose;
  readonly velocity: Vec3;
  readonly moveEndMs: number;
  /** Unit axis in the room's frame, with the rate of turning about it. */
  readonly axis: Vec3;
  readonly rateRadPerS: number;
  readonly turnEndMs: number;
}

/** A movement to begin: what is left out stands still. */
export interface Movement {
  readonly velocity?: Vec3;
  readonly moveMs?: number;
  readonly axis?: Vec3;
  readonly rateRadPerS?: number;
  readonly turnMs?: number;
}

/**
 * The head's pose in the room as an exact function of time: a display frame and a camera frame can each ask for the
 * very moment they show. Times are milliseconds of `performance.now()` and only grow.
 */
export interface HeadMotion {
  poseAt(timeMs: number): Pose;
  /** Be at `pose` at once. */
  jumpTo(pose: Pose, timeMs: number): void;
  /** Move from where the head is at `timeMs` to `pose` at constant speed. */
  glideTo(pose: Pose, timeMs: number, durationMs: number): void;
  /** Replace the current movement. */
  begin(movement: Movement, timeMs: number): void;
}

export function createHeadMotion(start: Pose): HeadMotion {
  const segments: Segment[] = [still(start, Number.NEGATIVE_INFINITY)];

  const poseAt = (timeMs: number): Pose => {
    for (let i = segments.length - 1; i > 0; i--) {
      const segment = segments[i];
      if (segment !== undefined && segment.startMs <= timeMs) return poseOf(segment, timeMs);
    }
    return poseOf(segments[0] ?? still(start, 0), timeMs);
  };
  const push = (segment: Segment): void => {
    segments.push(segment);
    while (segments.length > 2 && (segments[1]?.startMs ?? 0) < segment.startMs - REMEMBERED_MS) segments.shift();
  };

  return {
    poseAt,
    jumpTo: (pose, timeMs) => push(still(pose, timeMs)),
    glideTo(pose, timeMs, durationMs) {
      const from = poseAt(timeMs);
      if (durationMs <= 0) return push(still(pose, timeMs));
      const { axis, angleRad } = axisAngleOf(multiply(pose.orientation, conjugate(from.orientation)));
      push({
        startMs: timeMs,
        from,
        velocity: scale(subtract(pose.position, from.position), 1000 / durationMs),
        moveEndMs: timeMs + durationMs,
        axis,
        rateRadPerS: (angleRad * 1000) / durationMs,
        turnEndMs: timeMs + durationMs,
      });
    },
    begin(movement, timeMs) {
      push({
        startMs: timeMs,
        from: poseAt(timeMs),
        velocity: movement.velocity ?? ZERO,
        moveEndMs: timeMs + (movement.moveMs ?? 0),
        axis: movement.axis ?? [0, 1, 0],
        rateRadPerS: movement.rateRadPerS ?? 0,
        turnEndMs: timeMs + (movement.turnMs ?? 0),
      });
    },
  };
}

function still(pose: Pose, startMs: number): Segment {
  return {
    startMs,
    from: pose,
    velocity: ZERO,
    moveEndMs: startMs,
    axis: [0, 1, 0],
    rateRadPerS: 0,
    turnEndMs: startMs,
  };
}

function poseOf(segment: Segment, timeMs: number): Pose {
  const movedS = (Math.min(timeMs, segment.moveEndMs) - segment.startMs) / 1000;
  const turnedS = (Math.min(timeMs, segment.turnEndMs) - segment.startMs) / 1000;
  // A segment from the beginning of time stands still: its elapsed time is not a number.
  const moved = movedS > 0 ? addScaled(segment.from.position, segment.velocity, movedS) : segment.from.position;
  if (!(turnedS > 0) || segment.rateRadPerS === 0) return { position: moved, orientation: segment.from.orientation };
  const turn = fromAxisAngle(segment.axis, segment.rateRadPerS * turnedS);
  return { position: moved, orientation: multiply(turn, segment.from.orientation) };
}

function axisAngleOf(q: Quat): { readonly axis: Vec3; readonly angleRad: number } {
  const [x, y, z, w] = q[3] < 0 ? [-q[0], -q[1], -q[2], -q[3]] : q;
  const axis = normalize([x, y, z]);
  return axis === null ? { axis: [0, 1, 0], angleRad: 0 } : { axis, angleRad: 2 * Math.atan2(Math.hypot(x, y, z), w) };
}
