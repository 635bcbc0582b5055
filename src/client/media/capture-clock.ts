import { SLOW_MS, voteForOffset, within } from './offset-vote.ts';
import { createSlidingWindow } from './sliding-window.ts';

/**
 * When was an encoded frame captured? Encoders stamp frames with `rtp = 90 * (capture time + K)`, K unknown but
 * nearly constant (libwebrtc aligns camera time to system time and adds a random start). This learns K while
 * frames flow. All times are ms on one clock, the page's `performance.now()`.
 *
 * Two sources, the first is exact, the second always there:
 * - local frames: capture times of the same camera's frames as a local player reports them. K is the one value
 *   that lays the encoded frames onto them;
 * - causality: no frame leaves the encoder before it was captured, so K >= rtp/90 - time of the encoder's callback.
 *   The largest such bound in the window misses K by the shortest encoding time only.
 */
export interface CaptureTime {
  readonly timeMs: number;
  /** It is a local frame's own time. Else it is reckoned with K, and up to `MAX_RECKONING_ERROR_MS` off. */
  readonly exact: boolean;
}

/** K moves by so much when a busy machine stalls: 12 ms were measured on two cores that drew everything in software. */
export const MAX_RECKONING_ERROR_MS = 12;

export interface CaptureClock {
  /** A local player showed a frame that was captured then. Call it once per frame, in order. */
  sawLocalFrame(captureTimeMs: number): void;
  /**
   * The capture time of the frame that just left the encoder; call it once per frame, in order. Null while too
   * little is known to say: in the first second, and after K has jumped because the machine stalled.
   */
  captureTimeOf(rtpTimestamp: number, encodedAtMs: number): CaptureTime | null;
  /**
   * What the encoder takes for a frame on average. With it K stays unambiguous when the encoder needs as long as
   * frames are apart, and frames are perfectly even.
   */
  expectEncodeTime(encodeMs: number): void;
  /**
   * True: the local player is about to report the frame with this RTP time, which the encoder was quicker with, and
   * then its time will be exact. Changes nothing.
   */
  isReportDue(rtpTimestamp: number, encodedAtMs: number): boolean;
  /** K in ms, null while only causality bounds it. */
  offsetMs(): number | null;
}

/** One second at 30 frames a second. K creeps when a track starts (up to 18 ms in 60 frames), then stands still. */
const FRAMES = 32;
/** Voters: few, since an offset that creeps is another one some frames ago. */
const VOTERS = 14;
/** The median of the last residuals; short, so that it follows a creeping K. */
const RESIDUALS = 8;
/**
 * While K still creeps, earlier frames bound it too tightly: only the window counts, and with slack. After that a
 * bound holds for good, or slow encoders would make K ambiguous by a whole interval.
 */
const CREEP_FRAMES = 128;
const CREEP_SLACK_MS = 8;
/** Of the average encoding time, what even the fastest frame takes. */
const FASTEST_SHARE = 0.7;
/** RTP times are whole ms, and K moves by some ms when the machine stalls. Frames are at least 16 ms apart. */
const MATCH_MS = 7;
/**
 * K follows the delays of a slow camera: 20 ms within 20 frames that came three a second were measured. Frames usually this far
 * apart cannot be mistaken for each other, so they may miss by this share of the way to the next, and by this at most.
 */
const SLOW_MATCH_SHARE = 1 / 6;
const SLOW_MATCH_MOST_MS = 50;
/** K stands still when the last residuals are this close together; else only frames that match are believed. */
const STEADY_MS = 4;
/** Neighbours closer than this, in intervals of the camera, have no frame between them that the player left out. */
const NEXT_TO_EACH_OTHER = 1.6;
/** A player that has reported nothing for so long, or for so many intervals of the camera, has stopped. */
const REPORTS_FLOW_MS = 500;
const REPORTS_FLOW_INTERVALS = 4;
/** K has jumped when so many frames in a row fall between local ones. */
const MAX_CONTRADICTIONS = 3;

const RTP_PER_MS = 90;
const RTP_WRAP = 2 ** 32;

export function createCaptureClock(): CaptureClock {
  const local = createSlidingWindow(FRAMES);
  const intervals = createSlidingWindow(FRAMES);
  const encoded = createSlidingWindow(FRAMES);
  const spacings = createSlidingWindow(FRAMES);
  const voters = createSlidingWindow(VOTERS);
  const bounds = createSlidingWindow(FRAMES);
  const residuals = createSlidingWindow(RESIDUALS);
  const rtp = createRtpUnwrapper();
  let offset: number | null = null;
  /** The tightest bound: K is not smaller. */
  let floor = Number.NEGATIVE_INFINITY;
  let framesSinceForgotten = 0;
  let fastestEncodeMs = 0;
  let contradictions = 0;
  /** Encoded frames that were quicker than their reports, as it seems; the reports show whether K holds. */
  let unmatched: number[] = [];
  let lastEncodedMs: number | null = null;

  function learn(residualMs: number): void {
    contradictions = 0;
    residuals.push(residualMs);
    offset = residuals.median();
  }

  /** What was learned of an offset that has jumped says nothing of the one after. */
  function forget(): void {
    offset = null;
    framesSinceForgotten = 0;
    contradictions = 0;
    unmatched = [];
    for (const window of [residuals, encoded, voters, bounds]) window.clear();
  }

  const isCreeping = (): boolean => framesSinceForgotten <= CREEP_FRAMES;

  function addEncoded(encodedMs: number, boundMs: number): void {
    framesSinceForgotten += 1;
    if (lastEncodedMs !== null) spacings.push(encodedMs - lastEncodedMs);
    lastEncodedMs = encodedMs;
    encoded.push(encodedMs);
    voters.push(encodedMs);
    bounds.push(boundMs);
    floor = isCreeping() ? (bounds.max() ?? boundMs) : Math.max(floor, boundMs);
    if (offset !== null && !isCreeping() && offset < floor - MATCH_MS) forget();
  }

  /** The first frames may have fitted at an interval too many; a smaller K that fits as well is the right one. */
  function decide(): void {
    if (offset !== null && framesSinceForgotten % FRAMES !== 0) return;
    const smallest = floor + fastestEncodeMs - (isCreeping() ? CREEP_SLACK_MS : 0);
    const winner = voteForOffset(voters, local, smallest);
    if (winner === null || (offset !== null && winner > offset - MATCH_MS)) return;
    residuals.clear();
    offset = winner;
  }

  function sawLocalFrame(captureTimeMs: number): void {
    const last = local.max();
    // Two sources may report the same frame.
    if (last !== null && captureTimeMs - last < 1) return;
    if (last !== null) intervals.push(captureTimeMs - last);
    local.push(captureTimeMs);
    if (offset === null) return;
    const frame = within(encoded.nearest(captureTimeMs + offset), captureTimeMs + offset, toleranceMs(captureTimeMs));
    if (frame !== null) {
      learn(frame - captureTimeMs);
      unmatched = unmatched.filter((encodedMs) => encodedMs !== frame);
    }
    judgeUnmatched();
  }

  /** A frame that came before its report, and that the reports have passed by since, tells of a jump as any other. */
  function judgeUnmatched(): void {
    const [newest, k] = [local.max(), offset];
    if (newest === null || k === null) return;
    const passed = unmatched.filter((encodedMs) => encodedMs - k < newest);
    unmatched = unmatched.filter((encodedMs) => encodedMs - k >= newest);
    contradictions += passed.filter((encodedMs) => contradicts(encodedMs - k)).length;
    if (contradictions >= MAX_CONTRADICTIONS) forget();
  }

  /** The camera's interval, or more: player and encoder both leave frames out. */
  function cameraMs(): number {
    return Math.min(intervals.median() ?? 0, spacings.median() ?? 0);
  }

  /** How far from a local frame another time may be and still be meant by it. */
  function toleranceMs(localMs: number): number {
    const sinceMs = localMs - (local.below(localMs) ?? Number.NEGATIVE_INFINITY);
    const untilMs = (local.above(localMs) ?? Number.POSITIVE_INFINITY) - localMs;
    const apartMs = Math.min(sinceMs, untilMs);
    if (!Number.isFinite(apartMs) || cameraMs() < SLOW_MS) return MATCH_MS;
    return Math.max(MATCH_MS, Math.min(SLOW_MATCH_MOST_MS, SLOW_MATCH_SHARE * apartMs));
  }

  /** Local frames before and after that time, and no room for another one between them. */
  function contradicts(captureTimeMs: number): boolean {
    const before = local.below(captureTimeMs);
    const after = local.above(captureTimeMs);
    return before !== null && after !== null && after - before < NEXT_TO_EACH_OTHER * cameraMs();
  }

  function captureTimeOf(rtpTimestamp: number, encodedAtMs: number): CaptureTime | null {
    const encodedMs = rtp.next(rtpTimestamp);
    addEncoded(encodedMs, encodedMs - encodedAtMs);
    decide();
    // The first frames wait for the encoder to start, so a bound by few frames is no bound.
    if (offset === null) return bounds.size() < FRAMES ? null : reckoned(encodedMs - floor - fastestEncodeMs);
    const estimate = encodedMs - offset;
    const nearest = local.nearest(estimate);
    const shown = nearest === null ? null : within(nearest, estimate, toleranceMs(nearest));
    if (shown !== null && shown <= encodedAtMs) {
      learn(encodedMs - shown);
      return { timeMs: shown, exact: true };
    }
    if (contradicts(estimate) || isLaterThan(estimate, encodedAtMs)) {
      contradictions += 1;
      if (contradictions >= MAX_CONTRADICTIONS) forget();
      return null;
    }
    unmatched = [...unmatched.slice(1 - FRAMES), encodedMs];
    return contradictions === 0 && residuals.spread() <= STEADY_MS ? reckoned(estimate) : null;
  }

  function isReportDue(rtpTimestamp: number, encodedAtMs: number): boolean {
    const newest = local.max();
    if (offset === null || newest === null) return false;
    const estimate = rtp.peek(rtpTimestamp) - offset;
    if (isLaterThan(estimate, encodedAtMs)) return false;
    const missingMs = estimate - newest;
    const flowMs = Math.max(REPORTS_FLOW_MS, REPORTS_FLOW_INTERVALS * (intervals.median() ?? 0));
    return missingMs > toleranceMs(newest) && missingMs < flowMs;
  }

  return {
    sawLocalFrame,
    captureTimeOf,
    isReportDue,
    expectEncodeTime(encodeMs) {
      fastestEncodeMs = encodeMs * FASTEST_SHARE;
    },
    offsetMs: () => offset,
  };
}

/** No frame is captured after it left the encoder: then K is another one by now. */
const isLaterThan = (captureTimeMs: number, encodedAtMs: number): boolean => captureTimeMs > encodedAtMs + MATCH_MS;

const reckoned = (timeMs: number): CaptureTime => ({ timeMs, exact: false });

interface RtpUnwrapper {
  /** The time of the next frame in ms. */
  next(rtpTimestamp: number): number;
  /** The same, of a frame that is not its turn yet. */
  peek(rtpTimestamp: number): number;
}

/** RTP time as ms that go on counting when the 32 bits wrap (every 13 hours). */
function createRtpUnwrapper(): RtpUnwrapper {
  let last: number | null = null;
  let unwrapped = 0;
  function unwrap(rtpTimestamp: number): number {
    const step = last === null ? rtpTimestamp : (rtpTimestamp - last + RTP_WRAP) % RTP_WRAP;
    // More than half the range forward is a step back.
    return unwrapped + (last !== null && step > RTP_WRAP / 2 ? step - RTP_WRAP : step);
  }
  return {
    next(rtpTimestamp) {
      unwrapped = unwrap(rtpTimestamp);
      last = rtpTimestamp;
      return unwrapped / RTP_PER_MS;
    },
    peek: (rtpTimestamp) => unwrap(rtpTimestamp) / RTP_PER_MS,
  };
}
