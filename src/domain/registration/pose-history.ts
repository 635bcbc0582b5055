import type { Pose, ViewerPose } from './pose.ts';
import { slerpInto } from './quat.ts';
import { createMutablePose, type MutablePose } from './transform.ts';

/** Why the history has no pose for a time. */
export type PoseRefusalCode = 'frame-too-old' | 'frame-not-yet' | 'pose-gap' | 'tracking-lost' | 'space-reset';

export type PoseAt =
  | { readonly ok: true; readonly pose: ViewerPose; readonly spaceEpoch: number }
  | { readonly ok: false; readonly code: PoseRefusalCode };

/** Where the head was during the last seconds, as one read-only view. */
export interface PoseHistory {
  /**
   * Remembers one sample, without allocation; `pose` is copied and may be reused by the caller.
   * Untracked samples may carry any pose. Samples that are not newer than the last one, or not finite, are
   * ignored and give false: the frame loop can see the same time twice.
   */
  push(timeMs: number, pose: Pose, tracked: boolean, spaceEpoch: number): boolean;
  /** The pose at a time, interpolated, or shortly extrapolated after the newest sample. */
  at(timeMs: number): PoseAt;
  /** As `at`, without allocation: fills `out` when the answer is `ok`, leaves it alone otherwise. */
  sampleInto(out: MutablePose, timeMs: number): 'ok' | PoseRefusalCode;
  /** The newest sample's time; null before the first. */
  newestTimeMs(): number | null;
}

/** 17 s at 60 Hz, 11 s at 90 Hz: at least the ten seconds that a mark may look back. */
const DEFAULT_CAPACITY = 1024;
/** Three missed samples at 60 Hz. A head that stops or turns meanwhile is nowhere near the straight way. */
const MAX_GAP_MS = 50;
/** A head that was at the same place before and after a longer gap, as long as this one, kept still in between. */
const MAX_STILL_GAP_MS = 250;
const STILL_M = 0.005;
/** The cosine of half of 0.5 degrees: the dot product of two unit quaternions that far apart. */
const STILL_COSINE = Math.cos((0.25 * Math.PI) / 180);
/** The newest camera frame can be two display frames ahead of the newest pose. */
const MAX_EXTRAPOLATION_MS = 34;
/** A velocity from samples closer than this would mostly be their noise. */
const MIN_VELOCITY_BASE_MS = 8;

const STRIDE = 10;
const EPOCH = 8;
const TRACKED = 9;

export function createPoseHistory(capacity = DEFAULT_CAPACITY): PoseHistory {
  // One sample: time, position x y z, orientation x y z w, epoch, tracked.
  const samples = new Float64Array(capacity * STRIDE);
  const before = createMutablePose();
  const after = createMutablePose();
  let pushed = 0;

  /** `age` 0 is the newest sample. */
  const offsetOf = (age: number): number => ((pushed - 1 - age) % capacity) * STRIDE;
  const read = (offset: number): number => samples[offset] ?? Number.NaN;
  const count = (): number => Math.min(pushed, capacity);

  function push(timeMs: number, pose: Pose, tracked: boolean, spaceEpoch: number): boolean {
    if (!Number.isFinite(timeMs) || (pushed > 0 && timeMs <= read(offsetOf(0)))) return false;
    if (tracked && !isFinitePose(pose)) return false;
    pushed += 1;
    const offset = offsetOf(0);
    samples[offset] = timeMs;
    for (let i = 0; i < 3; i += 1) samples[offset + 1 + i] = pose.position[i] ?? 0;
    for (let i = 0; i < 4; i += 1) samples[offset + 4 + i] = pose.orientation[i] ?? 0;
    samples[offset + EPOCH] = spaceEpoch;
    samples[offset + TRACKED] = tracked ? 1 : 0;
    return true;
  }

  /** The age of the newest sample that is not newer than `timeMs`; `timeMs` is inside the history. */
  function ageAt(timeMs: number): number {
    let young = 0;
    let old = count() - 1;
    while (young < old) {
      const middle = (young + old) >> 1;
      if (read(offsetOf(middle)) <= timeMs) old = middle;
      else young = middle + 1;
    }
    return young;
  }

  function load(target: MutablePose, offset: number): void {
    for (let i = 0; i < 3; i += 1) target.position[i] = read(offset + 1 + i);
    for (let i = 0; i < 4; i += 1) target.orientation[i] = read(offset + 4 + i);
  }

  /** Fills `out` on the straight way from sample `a` to sample `b` (offsets), which may lead past `b`. */
  function blend(out: MutablePose, a: number, b: number, timeMs: number): 'ok' | PoseRefusalCode {
    if (read(a + EPOCH) !== read(b + EPOCH)) return 'space-reset';
    if (read(a + TRACKED) === 0 || read(b + TRACKED) === 0) return 'tracking-lost';
    const spanMs = read(b) - read(a);
    load(before, a);
    load(after, b);
    if (spanMs > MAX_GAP_MS && (spanMs > MAX_STILL_GAP_MS || !isStill(before, after))) return 'pose-gap';
    const t = spanMs === 0 ? 0 : (timeMs - read(a)) / spanMs;
    for (let i = 0; i < 3; i += 1) {
      const from = before.position[i] ?? 0;
      out.position[i] = from + ((after.position[i] ?? 0) - from) * t;
    }
    slerpInto(out.orientation, before.orientation, after.orientation, t);
    return 'ok';
  }

  function extrapolate(out: MutablePose, timeMs: number): 'ok' | PoseRefusalCode {
    const newest = offsetOf(0);
    if (timeMs - read(newest) > MAX_EXTRAPOLATION_MS) return 'frame-not-yet';
    if (read(newest + TRACKED) === 0) return 'tracking-lost';
    let age = 1;
    while (age < count() && read(newest) - read(offsetOf(age)) < MIN_VELOCITY_BASE_MS) age += 1;
    return age < count() ? blend(out, offsetOf(age), newest, timeMs) : 'frame-not-yet';
  }

  function sampleInto(out: MutablePose, timeMs: number): 'ok' | PoseRefusalCode {
    if (pushed === 0 || !Number.isFinite(timeMs)) return 'frame-not-yet';
    if (timeMs < read(offsetOf(count() - 1))) return 'frame-too-old';
    const newest = offsetOf(0);
    if (timeMs > read(newest)) return extrapolate(out, timeMs);
    const age = ageAt(timeMs);
    const a = offsetOf(age);
    // Poses of an earlier epoch are in a space that no longer exists.
    if (read(a + EPOCH) !== read(newest + EPOCH)) return 'space-reset';
    return blend(out, a, read(a) === timeMs ? a : offsetOf(age - 1), timeMs);
  }

  function at(timeMs: number): PoseAt {
    const pose = createMutablePose();
    const outcome = sampleInto(pose, timeMs);
    if (outcome !== 'ok') return { ok: false, code: outcome };
    return { ok: true, pose, spaceEpoch: read(offsetOf(0) + EPOCH) };
  }

  return { push, at, sampleInto, newestTimeMs: () => (pushed === 0 ? null : read(offsetOf(0))) };
}

function isStill(a: Pose, b: Pose): boolean {
  const [p, q] = [a.position, b.position];
  if (Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) > STILL_M) return false;
  const [u, v] = [a.orientation, b.orientation];
  return Math.abs(u[0] * v[0] + u[1] * v[1] + u[2] * v[2] + u[3] * v[3]) >= STILL_COSINE;
}

function isFinitePose(pose: Pose): boolean {
  return pose.position.every(Number.isFinite) && pose.orientation.every(Number.isFinite);
}
