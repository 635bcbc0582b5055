import type { CameraProfile } from '../domain/registration/camera.ts';
import type { Vec3 } from '../domain/registration/pose.ts';
import type { EmulatedMediaDevices } from './camera/media-devices.ts';
import { trueCameraProfile } from './camera/true-profile.ts';
import type { CameraTruth } from './camera/truth.ts';
import type { Pinch } from './device/pinch.ts';
import type { SpaceOrigins } from './device/spaces.ts';
import type { Tracking } from './device/tracking.ts';
import { lookRotation } from './geometry/orient.ts';
import type { EmulatorHandle, EmulatorSettings, Target } from './handle.ts';
import type { HandAim } from './motion/hand.ts';
import type { HeadMotion } from './motion/head-motion.ts';
import type { Room } from './room/room.ts';

export interface HandleParts {
  readonly settings: EmulatorSettings;
  readonly room: Room;
  readonly profile: CameraProfile;
  readonly truth: CameraTruth;
  readonly motion: HeadMotion;
  readonly tracking: Tracking;
  readonly origins: SpaceOrigins;
  readonly mediaDevices: EmulatedMediaDevices;
  readonly pinch: Pinch;
  readonly aim: (aim: HandAim) => void;
  readonly moveAnchors: (by: Vec3) => void;
  readonly dispose: () => Promise<void>;
}

export function createHandle(parts: HandleParts): EmulatorHandle {
  const { room, truth, motion, tracking, pinch } = parts;
  const pointOf = (target: Target): Vec3 => (typeof target === 'string' ? landmarkPoint(room, target) : target);
  return {
    settings: parts.settings,
    landmarks: room.landmarks,
    truth,
    get trackingState() {
      return tracking.state;
    },
    get spaceOrigin() {
      return parts.origins.floor;
    },
    headPoseAt: motion.poseAt,
    setHeadPose: (pose) => motion.jumpTo(pose, performance.now()),
    animateHead(animation) {
      const now = performance.now();
      const { durationMs } = animation;
      if (animation.from !== undefined) motion.jumpTo(animation.from, now);
      if ('to' in animation) motion.glideTo(animation.to, now, durationMs);
      else motion.begin({ rateRadPerS: (animation.yawRateDegPerS * Math.PI) / 180, turnMs: durationMs }, now);
      return new Promise((resolve) => setTimeout(resolve, durationMs));
    },
    lookAt(target) {
      const now = performance.now();
      const { position } = motion.poseAt(now);
      motion.jumpTo({ position, orientation: lookRotation(position, pointOf(target)) }, now);
    },
    aimHand: (target) => parts.aim({ kind: 'point', point: pointOf(target) }),
    select() {
      pinch.press();
      pinch.release();
      return pinch.settled();
    },
    selectStart: pinch.press,
    selectEnd: pinch.release,
    loseTracking: (kind = 'lost') => tracking.set(kind),
    restoreTracking: () => tracking.set('tracked'),
    resetSpace: () => parts.origins.reset(motion.poseAt(performance.now())),
    moveAnchors: parts.moveAnchors,
    setCameraAccess: parts.mediaDevices.setAccess,
    trueCameraProfile,
    project: (target, frameTimestampMs) => truth.project(pointOf(target), frameTimestampMs),
    dispose: parts.dispose,
  };
}

function landmarkPoint(room: Room, name: string): Vec3 {
  const found = room.landmarks.find((landmark) => landmark.name === name);
  if (found !== undefined) return found.position;
  const names = room.landmarks.map((landmark) => landmark.name).join(', ');
  throw new Error(`The room has no landmark "${name}". It has: ${names}.`);
}
