import { createFrameLog, type FrameLog } from './frame-log.ts';

/** Ids of video frames take 32 bits (see `FrameTag`); those of snapshots count up from here and meet none of them. */
export const FIRST_SNAPSHOT_FRAME_ID = 2 ** 32;

/** As many as an expert who takes one every ten seconds gets in forty minutes; 22 KB. */
const SNAPSHOT_CAPACITY = 256;

/**
 * Where each sent frame was seen from, video frames and snapshots alike. Snapshots have a log of their own: among thirty
 * video frames a second a snapshot would soon be forgotten, and it would overwrite one of them.
 */
export function createFrameMemory(): FrameLog {
  const video = createFrameLog();
  const snapshots = createFrameLog(SNAPSHOT_CAPACITY);
  const logOf = (frameId: number): FrameLog => (frameId >= FIRST_SNAPSHOT_FRAME_ID ? snapshots : video);
  return {
    add: (tag) => logOf(tag.frameId).add(tag),
    find: (frame, currentEpoch) => logOf(frame.frameId).find(frame, currentEpoch),
  };
}
