import type { FrameTag } from '../../domain/registration/frame-tag.ts';
import type { FrameTagger } from './frame-tagger.ts';

/** One display frame at 60 Hz and a bit: longer would cost more latency than a better pose is worth. */
const MAX_POSE_WAIT_MS = 20;
/**
 * The encoder and the camera's report race through two threads. A page that is busy drawing reports up to 30 ms later
 * than a software encoder delivers, as was measured on two cores; frames of a turning head are worth so much latency.
 */
const MAX_REPORT_WAIT_MS = 60;

/** The tags of the frames that come from one encoder. */
export interface TagTurns {
  /**
   * The tag of a frame that came from the encoder just now, as soon as what it depends on is known. To be called in the
   * order of the frames; settles in that order.
   */
  tagOf(rtpTimestamp: number): Promise<FrameTag>;
}

export function createTagTurns(tagger: FrameTagger, nowMs: () => number): TagTurns {
  let turn: Promise<unknown> = Promise.resolve();

  async function untilReported(rtpTimestamp: number, untilMs: number): Promise<void> {
    for (let leftMs = untilMs - nowMs(); leftMs > 0 && tagger.isReportDue(rtpTimestamp); leftMs = untilMs - nowMs()) {
      await atMost(leftMs, tagger.onNextReport);
    }
  }

  async function tagInTurn(rtpTimestamp: number, encodedAtMs: number): Promise<FrameTag> {
    await untilReported(rtpTimestamp, encodedAtMs + MAX_REPORT_WAIT_MS);
    const arrived = tagger.arrive(rtpTimestamp, encodedAtMs);
    if (tagger.isWorthWaiting(arrived, nowMs())) await atMost(MAX_POSE_WAIT_MS, tagger.onNextPose);
    return tagger.tag(arrived);
  }

  return {
    tagOf(rtpTimestamp) {
      const encodedAtMs = nowMs();
      const tagged = turn.then(() => tagInTurn(rtpTimestamp, encodedAtMs));
      // A frame that could not be tagged is no reason to leave the others without.
      turn = tagged.catch(() => undefined);
      return tagged;
    },
  };
}

/** Until `subscribe` calls back, or for so long. */
function atMost(waitMs: number, subscribe: (listener: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    subscribe(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
