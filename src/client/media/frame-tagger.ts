import type { FrameTag } from '../../domain/registration/frame-tag.ts';
import { createPoseHistory } from '../../domain/registration/pose-history.ts';
import { angleBetween } from '../../domain/registration/quat.ts';
import { createMutablePose, IDENTITY_POSE } from '../../domain/registration/transform.ts';
import { distance } from '../../domain/registration/vec3.ts';
import { createCaptureClock, MAX_RECKONING_ERROR_MS } from './capture-clock.ts';
import type { PoseSample } from './pose-feed.ts';

/** Says of each frame that leaves the encoder where the head was when it was captured. Times: page's clock, ms. */
export interface FrameTagger {
  /** A local player showed a frame of the same camera that was captured then. */
  sawLocalFrame(captureTimeMs: number): void;
  /** What the encoder takes for a frame on average. */
  expectEncodeTime(encodeMs: number): void;
  addPose(sample: PoseSample): void;
  /** True: the camera's own report of that frame is about to come; once it is there, the time is exact. */
  isReportDue(rtpTimestamp: number, encodedAtMs: number): boolean;
  /** Calls back once, at the next report of a frame of the camera. */
  onNextReport(listener: () => void): void;
  /** Once per frame, in order, with the time when it came from the encoder. */
  arrive(rtpTimestamp: number, encodedAtMs: number): ArrivedFrame;
  /** One of an encoder that another has taken the place of: when it was captured cannot be said any more. */
  arriveLate(): ArrivedFrame;
  /** The tag, from the poses known now. */
  tag(frame: ArrivedFrame): FrameTag;
  /** True: a pose from after the capture is about to come, and then the tag would be interpolated, not guessed. */
  isWorthWaiting(frame: ArrivedFrame, nowMs: number): boolean;
  /** From now on RTP times count from another start. */
  restartClock(): void;
  /** Calls back once, at the next pose. */
  onNextPose(listener: () => void): void;
}

export interface ArrivedFrame {
  readonly frameId: number;
  /** Null while the camera's clock is not known yet. */
  readonly captureTimeMs: number | null;
  /** False: the time is reckoned, and only good enough for a head that keeps still. */
  readonly exact: boolean;
}

/** Poses that come at any display rate; when none came for so long, none is awaited. */
const POSES_FLOW_MS = 100;
const FRAME_IDS = 2 ** 32;
/** A head that moves less than this around the capture puts a mark at 1 m at most 7 mm off. */
const STILL_M = 0.004;
const STILL_RAD = (0.2 * Math.PI) / 180;

export function createFrameTagger(firstFrameId: number): FrameTagger {
  let clock = createCaptureClock();
  const history = createPoseHistory();
  const pose = createMutablePose();
  let nextFrameId = firstFrameId;
  let spaceEpoch = 0;
  const poseListeners = createOneTimeListeners();
  const reportListeners = createOneTimeListeners();

  function addPose(sample: PoseSample): void {
    const [timeMs = Number.NaN, px = 0, py = 0, pz = 0, qx = 0, qy = 0, qz = 0, qw = 1, tracked, epoch = 0] = sample;
    pose.position[0] = px;
    pose.position[1] = py;
    pose.position[2] = pz;
    pose.orientation[0] = qx;
    pose.orientation[1] = qy;
    pose.orientation[2] = qz;
    pose.orientation[3] = qw;
    if (history.push(timeMs, pose, tracked === 1, epoch)) spaceEpoch = epoch;
    poseListeners.call();
  }

  function takeFrameId(): number {
    const frameId = nextFrameId;
    nextFrameId = (nextFrameId + 1) % FRAME_IDS;
    return frameId;
  }

  function arrive(rtpTimestamp: number, encodedAtMs: number): ArrivedFrame {
    const captured = clock.captureTimeOf(rtpTimestamp, encodedAtMs);
    return { frameId: takeFrameId(), captureTimeMs: captured?.timeMs ?? null, exact: captured?.exact ?? false };
  }

  /** Whether the head was in one place for as long as a reckoned time can be wrong. */
  function keptStill(captureTimeMs: number): boolean {
    const earlier = history.at(captureTimeMs - MAX_RECKONING_ERROR_MS);
    const later = history.at(captureTimeMs + MAX_RECKONING_ERROR_MS);
    if (!earlier.ok || !later.ok) return false;
    const [from, to] = [earlier.pose, later.pose];
    return (
      distance(from.position, to.position) <= STILL_M && angleBetween(from.orientation, to.orientation) <= STILL_RAD
    );
  }

  function tag({ frameId, captureTimeMs, exact }: ArrivedFrame): FrameTag {
    if (captureTimeMs === null) return { frameId, captureTimeMs: 0, spaceEpoch, tracked: false, pose: IDENTITY_POSE };
    const at = history.at(captureTimeMs);
    if (!at.ok || !(exact || keptStill(captureTimeMs)))
      return { frameId, captureTimeMs, spaceEpoch, tracked: false, pose: IDENTITY_POSE };
    return { frameId, captureTimeMs, spaceEpoch: at.spaceEpoch, tracked: true, pose: at.pose };
  }

  function isWorthWaiting({ captureTimeMs }: ArrivedFrame, nowMs: number): boolean {
    const newestMs = history.newestTimeMs();
    if (newestMs === null || captureTimeMs === null) return false;
    return newestMs < captureTimeMs && nowMs - newestMs < POSES_FLOW_MS;
  }

  return {
    sawLocalFrame(captureTimeMs) {
      clock.sawLocalFrame(captureTimeMs);
      reportListeners.call();
    },
    expectEncodeTime: (encodeMs) => clock.expectEncodeTime(encodeMs),
    addPose,
    isReportDue: (rtpTimestamp, encodedAtMs) => clock.isReportDue(rtpTimestamp, encodedAtMs),
    onNextReport: reportListeners.add,
    arrive,
    arriveLate: () => ({ frameId: takeFrameId(), captureTimeMs: null, exact: false }),
    tag,
    isWorthWaiting,
    restartClock() {
      clock = createCaptureClock();
    },
    onNextPose: poseListeners.add,
  };
}

function createOneTimeListeners() {
  let listeners: (() => void)[] = [];
  return {
    add(listener: () => void): void {
      listeners.push(listener);
    },
    call(): void {
      const called = listeners;
      listeners = [];
      for (const listener of called) listener();
    },
  };
}
