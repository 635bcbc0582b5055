import {
  type CameraIntrinsics,
  type CameraProfile,
  cameraPose,
  type Projection,
  project,
} from '../../domain/registration/camera.ts';
import type { Pose, Vec3 } from '../../domain/registration/pose.ts';

/** One frame as it was made, in the room's frame. */
export interface FrameTruth {
  /** The frame's own time: `VideoFrame.timestamp` in milliseconds, which is `performance.now()` of the page. */
  readonly timestampMs: number;
  readonly viewerPose: Pose;
  readonly cameraPose: Pose;
  readonly intrinsics: CameraIntrinsics;
}

/** What the camera really saw, for tests. Remembers about ten seconds. */
export interface CameraTruth {
  frames(): readonly FrameTruth[];
  latest(): FrameTruth | null;
  /** The frame with this time (within half a millisecond), or null. */
  frameAt(timestampMs: number): FrameTruth | null;
  /** Where a point of the room is in that frame's picture; null when the frame is not remembered. */
  project(point: Vec3, timestampMs: number): Projection | null;
}

export interface CameraTruthRecorder extends CameraTruth {
  record(timestampMs: number, viewerPose: Pose): FrameTruth;
}

const REMEMBERED_FRAMES = 320;
const SAME_FRAME_MS = 0.5;

export function createCameraTruth(profile: CameraProfile): CameraTruthRecorder {
  const frames: FrameTruth[] = [];
  const frameAt = (timestampMs: number): FrameTruth | null =>
    frames.find((frame) => Math.abs(frame.timestampMs - timestampMs) < SAME_FRAME_MS) ?? null;
  return {
    frames: () => [...frames],
    latest: () => frames.at(-1) ?? null,
    frameAt,
    project(point, timestampMs) {
      const frame = frameAt(timestampMs);
      return frame === null ? null : project(point, frame.viewerPose, profile);
    },
    record(timestampMs, viewerPose) {
      const frame: FrameTruth = {
        timestampMs,
        viewerPose,
        cameraPose: cameraPose(viewerPose, profile),
        intrinsics: profile.intrinsics,
      };
      frames.push(frame);
      if (frames.length > REMEMBERED_FRAMES) frames.shift();
      return frame;
    },
  };
}
