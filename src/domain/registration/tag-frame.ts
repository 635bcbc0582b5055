import type { FrameTag } from './frame-tag.ts';
import type { PoseHistory } from './pose-history.ts';
import { IDENTITY_POSE } from './transform.ts';

/** A frame as the camera names it, before it is known where it was seen from. */
export type CapturedFrame = Pick<FrameTag, 'frameId' | 'captureTimeMs' | 'spaceEpoch'>;

/**
 * The tag of a frame: with the pose at its capture time plus the camera's `timeOffsetMs`, or, when the history has
 * none for that time, as not tracked. `spaceEpoch` is the current one.
 */
export function tagFrame(frame: CapturedFrame, history: PoseHistory, timeOffsetMs: number): FrameTag {
  const found = history.at(frame.captureTimeMs + timeOffsetMs);
  const { frameId, captureTimeMs, spaceEpoch } = frame;
  const tracked = found.ok && found.spaceEpoch === spaceEpoch;
  return { frameId, captureTimeMs, spaceEpoch, tracked, pose: tracked ? found.pose : IDENTITY_POSE };
}
