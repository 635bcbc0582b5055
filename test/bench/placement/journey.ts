import { createFrameTagger } from '../../../src/client/media/frame-tagger.ts';
import { createFrameLog } from '../../../src/domain/registration/frame-log.ts';
import { decodeFrameTag, encodeFrameTag } from '../../../src/domain/registration/frame-tag.ts';
import type { ViewerPose } from '../../../src/domain/registration/pose.ts';
import { createPoseHistory } from '../../../src/domain/registration/pose-history.ts';
import type { Head } from './head.ts';

/** The two poses a headset could place a mark with. */
export interface KnownPoses {
  /** Where the head is when the mark arrives: all there is without an id of the frame. */
  readonly arrival: ViewerPose;
  /** Where the head was when the marked frame was taken, by the tag that travelled inside it. */
  readonly framePose: ViewerPose;
}

export type Policy = keyof KnownPoses;

const XR_FRAME_MS = 1000 / 60;
/** From the capture of a frame to its leaving the encoder, when it is tagged. */
const ENCODE_MS = 25;
const REMEMBERED_MS = 1_000;
const SPACE_EPOCH = 1;
const FRAME_ID = 4_711;

/** Sends a frame of `captureTimeMs` on its way with its tag and back again with a mark, `latencyMs` in all. */
export function travel(head: Head, captureTimeMs: number, latencyMs: number): KnownPoses {
  const tagger = createFrameTagger(FRAME_ID);
  const history = createPoseHistory();
  const log = createFrameLog(1);
  let tagged = false;
  // Display frames and camera frames keep no step with each other: the capture lies anywhere between two poses.
  for (let timeMs = captureTimeMs - REMEMBERED_MS - 5.3; timeMs <= captureTimeMs + latencyMs; timeMs += XR_FRAME_MS) {
    const { position, orientation } = head.poseAt(timeMs);
    tagger.addPose(Float64Array.of(timeMs, ...position, ...orientation, 1, SPACE_EPOCH));
    history.push(timeMs, { position, orientation }, true, SPACE_EPOCH);
    if (tagged || timeMs < captureTimeMs + ENCODE_MS) continue;
    tagged = true;
    const sent = tagger.tag({ frameId: FRAME_ID, captureTimeMs, exact: true });
    const received = decodeFrameTag(encodeFrameTag(sent));
    if (!received.ok) throw new Error(received.code);
    log.add(received.tag);
  }
  const arrival = history.at(captureTimeMs + latencyMs);
  const found = log.find({ frameId: FRAME_ID, captureTimeMs }, SPACE_EPOCH);
  if (!arrival.ok) throw new Error(arrival.code);
  if (!found.ok) throw new Error(found.code);
  return { arrival: arrival.pose, framePose: found.pose };
}
