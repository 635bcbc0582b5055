/** Where a group of panels hangs: an eye point and a direction, without roll. */
export interface FollowState {
  x: number;
  y: number;
  z: number;
  /** About +y, rad; 0 looks along -z, positive to the left. */
  yaw: number;
  /** Positive looks up, rad. */
  pitch: number;
  moving: boolean;
  /** False until the first head pose: then the group is simply put there. */
  placed: boolean;
}

/** A head pose as numbers, written anew each frame. */
export interface HeadState {
  x: number;
  y: number;
  z: number;
  yaw: number;
  pitch: number;
}

export function createFollowState(): FollowState {
  return { x: 0, y: 0, z: 0, yaw: 0, pitch: 0, moving: false, placed: false };
}

const RAD = Math.PI / 180;
/** Half of what the display shows, less the panels' own half: beyond this their edge leaves the view. */
const DEAD_YAW = 11 * RAD;
/** The tools hang at -12 degrees: looking down at them with the eyes must not carry them away. */
const DEAD_PITCH = 7 * RAD;
/** Leaning over a bench is not walking. */
const DEAD_DISTANCE_M = 0.15;
/** Once on its way the group comes to rest nearly ahead, so that the next small turn does not start it again. */
const REST_ANGLE = 1 * RAD;
const REST_DISTANCE_M = 0.02;
/** 63 % of the way: lazy enough not to swim with the head, quick enough not to be waited for. */
const TIME_CONSTANT_S = 0.18;
/** Looking at the floor or the ceiling must not carry the panels over the head. */
const MOST_PITCH = 50 * RAD;

/** One frame of lazy following, without allocation. */
export function stepFollow(state: FollowState, head: HeadState, deltaS: number): void {
  const pitch = Math.max(-MOST_PITCH, Math.min(MOST_PITCH, head.pitch));
  if (!state.placed) {
    state.placed = true;
    state.moving = false;
    move(state, head, pitch, 1);
    return;
  }
  const yawOff = Math.abs(wrapAngle(head.yaw - state.yaw));
  const pitchOff = Math.abs(pitch - state.pitch);
  const away = Math.hypot(head.x - state.x, head.y - state.y, head.z - state.z);
  if (state.moving) {
    state.moving = yawOff > REST_ANGLE || pitchOff > REST_ANGLE || away > REST_DISTANCE_M;
  } else {
    state.moving = yawOff > DEAD_YAW || pitchOff > DEAD_PITCH || away > DEAD_DISTANCE_M;
  }
  if (state.moving) move(state, head, pitch, 1 - Math.exp(-Math.max(0, deltaS) / TIME_CONSTANT_S));
}

function move(state: FollowState, head: HeadState, pitch: number, part: number): void {
  state.x += (head.x - state.x) * part;
  state.y += (head.y - state.y) * part;
  state.z += (head.z - state.z) * part;
  state.yaw = wrapAngle(state.yaw + wrapAngle(head.yaw - state.yaw) * part);
  state.pitch += (pitch - state.pitch) * part;
}

/** The same angle between -pi and pi. */
export function wrapAngle(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

/** Angle between where the head looks and where the group hangs, seen from the head, rad. */
export function angleToGroup(state: FollowState, head: HeadState, distanceM: number): number {
  const flat = Math.cos(state.pitch) * distanceM;
  const x = state.x - Math.sin(state.yaw) * flat - head.x;
  const y = state.y + Math.sin(state.pitch) * distanceM - head.y;
  const z = state.z - Math.cos(state.yaw) * flat - head.z;
  const length = Math.hypot(x, y, z);
  if (length === 0) return 0;
  const headFlat = Math.cos(head.pitch);
  const dot =
    (-Math.sin(head.yaw) * headFlat * x + Math.sin(head.pitch) * y - Math.cos(head.yaw) * headFlat * z) / length;
  return Math.acos(Math.max(-1, Math.min(1, dot)));
}

/** Yaw and pitch of an orientation (unit quaternion, looking along -z), into `out`. */
export function headAngles(out: HeadState, qx: number, qy: number, qz: number, qw: number): void {
  // The rotated -z axis.
  const fx = -2 * (qx * qz + qw * qy);
  const fy = -2 * (qy * qz - qw * qx);
  const fz = -1 + 2 * (qx * qx + qy * qy);
  out.yaw = Math.atan2(-fx, -fz);
  out.pitch = Math.asin(Math.max(-1, Math.min(1, fy)));
}
