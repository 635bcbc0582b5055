import type { FrameTag } from '../../domain/registration/frame-tag.ts';
import type { FrameTagger } from './frame-tagger.ts';

/** One display frame at 60 Hz and a bit: longer would cost more latency than a better pose is worth. */
const MAX_POSE_WAIT_MS = 20;
/**
 * The encoder and the camera's report race through two threads. A page that is busy drawing reports most frames
 * less than 30 ms later than a software encoder delivers them, and few later than 60, as was measured on two cores. A place for
 * the frames of a turning head is worth so much latency.
 */
const MAX_REPORT_WAIT_MS = 60;
/** After so many waits in vain only one frame in so many waits: a player that is always late would delay every frame. */
const MAX_WAITS_IN_VAIN = 3;
const FRAMES_BETWEEN_TRIALS = 8;

/** The tags of the frames that come from one encoder. */
export interface TagTurns {
  /**
   * The tag of a frame that came from the encoder just now, as soon as what it depends on is known. To be called in the
   * order of the frames; settles in that order.
   */
  tagOf(rtpTimestamp: number): Promise<FrameTag>;
  /** Another encoder has taken the place of this one: the frames that still wait know no time any more. */
  retire(): void;
}

export function createTagTurns(tagger: FrameTagger, nowMs: () => number): TagTurns {
  let turn: Promise<unknown> = Promise.resolve();
  let retired = false;
  let waitsInVain = 0;
  let framesToTrial = 0;

  /** Whether a wait for the report of the next frame is worth its latency. */
  function maySpendTime(): boolean {
    if (waitsInVain < MAX_WAITS_IN_VAIN) return true;
    framesToTrial = (framesToTrial + 1) % FRAMES_BETWEEN_TRIALS;
    return framesToTrial === 0;
  }

  async function untilReported(rtpTimestamp: number, encodedAtMs: number): Promise<void> {
    const isDue = (): boolean => !retired && tagger.isReportDue(rtpTimestamp, encodedAtMs);
    if (!isDue() || !maySpendTime()) return;
    const untilMs = encodedAtMs + MAX_REPORT_WAIT_MS;
    for (let leftMs = untilMs - nowMs(); leftMs > 0 && isDue(); leftMs = untilMs - nowMs()) {
      await atMost(leftMs, tagger.onNextReport);
    }
    waitsInVain = isDue() ? waitsInVain + 1 : 0;
  }

  async function tagInTurn(rtpTimestamp: number, encodedAtMs: number): Promise<FrameTag> {
    await untilReported(rtpTimestamp, encodedAtMs);
    // Its RTP time would teach the clock of the other encoder nonsense.
    const arrived = retired ? tagger.arriveLate() : tagger.arrive(rtpTimestamp, encodedAtMs);
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
    retire() {
      retired = true;
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
