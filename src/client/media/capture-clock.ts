import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts';

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
export interface CaptureClock {
  /** A local player showed a frame that was captured then. Call it once per frame, in order. */
  sawLocalFrame(captureTimeMs: number): void;
  /**
   * The capture time of the frame that just left the encoder; call it once per frame, in order. Null during the
   * first second at most, while too little is known to say anything.
   */
  captureTimeOf(rtpTimestamp: number, encodedAtMs: number): number | null;
  /**
   * What the encoder takes for a frame on average. With it K stays unambiguous when the encoder needs as long as
   * frames are apart, and frames are perfectly even.
   */
  expectEncodeTime(encodeMs: number): void;
  /** K in ms, null while only causality bounds it. */
  offsetMs(): number | null;
}

/** One second at 30 frames a second. K creeps when a track starts (up to 18 ms in 60 frames), then stands still. */
const FRAMES = 32;
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
/** RTP times are whole ms, and K jumps by some ms when the page stalls. Frames are at least 16 ms apart. */
const MATCH_MS = 7;
const VOTE_MS = 1.5;
/** Enough frames for a pattern, and enough of them in it. */
const MIN_FRAMES = 12;
const MIN_VOTE_SHARE = 0.6;
/** Offsets this close to the best one are as good: evenly spaced frames fit at every whole interval, frames are lost. */
const TIE_SHARE = 0.7;
/** No encoder keeps a frame of a live call longer. */
const MAX_ENCODE_MS = 150;
/** So many local frames without an encoded one: K has moved, or the camera is another. */
const MAX_MISSES = 20;

const RTP_PER_MS = 90;
const RTP_WRAP = 2 ** 32;

export function createCaptureClock(): CaptureClock {
  const local = createSlidingWindow(FRAMES);
  const encoded = createSlidingWindow(FRAMES);
  const bounds = createSlidingWindow(FRAMES);
  const residuals = createSlidingWindow(RESIDUALS);
  const unwrapMs = createRtpUnwrapper();
  let offset: number | null = null;
  /** The tightest bound: K is not smaller. */
  let floor = Number.NEGATIVE_INFINITY;
  let framesSinceForgotten = 0;
  let fastestEncodeMs = 0;
  let misses = 0;

  function learn(residualMs: number): void {
    misses = 0;
    residuals.push(residualMs);
    offset = residuals.median();
  }

  function forget(): void {
    offset = null;
    framesSinceForgotten = 0;
    misses = 0;
    residuals.clear();
  }

  const isCreeping = (): boolean => framesSinceForgotten <= CREEP_FRAMES;

  function bound(boundMs: number): void {
    framesSinceForgotten += 1;
    bounds.push(boundMs);
    floor = isCreeping() ? (bounds.max() ?? boundMs) : Math.max(floor, boundMs);
    if (offset !== null && !isCreeping() && offset < floor - MATCH_MS) forget();
  }

  /** The first frames may have fitted at an interval too many; a smaller K that fits as well is the right one. */
  function decide(): void {
    if (offset !== null && framesSinceForgotten % FRAMES !== 0) return;
    const winner = vote(encoded, local, floor + fastestEncodeMs - (isCreeping() ? CREEP_SLACK_MS : VOTE_MS));
    if (winner === null || (offset !== null && winner > offset - MATCH_MS)) return;
    residuals.clear();
    offset = winner;
  }

  function sawLocalFrame(captureTimeMs: number): void {
    local.push(captureTimeMs);
    if (offset === null) return;
    const frame = within(encoded.nearest(captureTimeMs + offset), captureTimeMs + offset, MATCH_MS);
    if (frame !== null) learn(frame - captureTimeMs);
    else misses += 1;
    if (misses > MAX_MISSES) forget();
  }

  function captureTimeOf(rtpTimestamp: number, encodedAtMs: number): number | null {
    const encodedMs = unwrapMs(rtpTimestamp);
    encoded.push(encodedMs);
    bound(encodedMs - encodedAtMs);
    decide();
    // The first frames wait for the encoder to start, so a bound by few frames is no bound.
    if (offset === null) return bounds.size() < FRAMES ? null : encodedMs - floor - fastestEncodeMs;
    const shown = within(local.nearest(encodedMs - offset), encodedMs - offset, MATCH_MS);
    if (shown === null) return encodedMs - offset;
    learn(encodedMs - shown);
    return shown;
  }

  return {
    sawLocalFrame,
    captureTimeOf,
    expectEncodeTime(encodeMs) {
      fastestEncodeMs = encodeMs * FASTEST_SHARE;
    },
    offsetMs: () => offset,
  };
}

/** RTP time as ms that go on counting when the 32 bits wrap (every 13 hours). */
function createRtpUnwrapper(): (rtpTimestamp: number) => number {
  let last: number | null = null;
  let unwrapped = 0;
  return (rtpTimestamp) => {
    const step = last === null ? rtpTimestamp : (rtpTimestamp - last + RTP_WRAP) % RTP_WRAP;
    // More than half the range forward is a step back.
    unwrapped += last !== null && step > RTP_WRAP / 2 ? step - RTP_WRAP : step;
    last = rtpTimestamp;
    return unwrapped / RTP_PER_MS;
  };
}

function within(value: number | null, of: number, toleranceMs: number): number | null {
  return value !== null && Math.abs(value - of) <= toleranceMs ? value : null;
}

/**
 * The K that most encoded frames agree on: each difference to a local frame is a candidate. With perfectly even
 * frames K is ambiguous by whole intervals; then the smallest that causality allows counts, i.e. the shortest
 * encoding time.
 */
function vote(encoded: SlidingWindow, local: SlidingWindow, floor: number): number | null {
  if (encoded.size() < MIN_FRAMES || local.size() < MIN_FRAMES) return null;
  const candidates: { offset: number; share: number }[] = [];
  for (let i = 0; i < encoded.size(); i += 1) {
    for (let j = 0; j < local.size(); j += 1) {
      const offset = encoded.at(i) - local.at(j);
      if (offset < floor || offset > floor + MAX_ENCODE_MS) continue;
      candidates.push({ offset, share: matchShare(encoded, local, offset) });
    }
  }
  const best = Math.max(0, ...candidates.map((candidate) => candidate.share));
  if (best < MIN_VOTE_SHARE) return null;
  return Math.min(...candidates.filter(({ share }) => share >= TIE_SHARE * best).map(({ offset }) => offset));
}

/** How well an offset fits. Either series may lack frames of the other: the encoder drops some, the player others. */
function matchShare(encoded: SlidingWindow, local: SlidingWindow, offset: number): number {
  return Math.max(shareFound(local, encoded, offset), shareFound(encoded, local, -offset));
}

/** Of the values of `wanted`, shifted, that lie in the range of `among`: the share that is there. */
function shareFound(wanted: SlidingWindow, among: SlidingWindow, shiftMs: number): number {
  const from = (among.min() ?? 0) - VOTE_MS;
  const to = (among.max() ?? 0) + VOTE_MS;
  let compared = 0;
  let found = 0;
  for (let i = 0; i < wanted.size(); i += 1) {
    const expected = wanted.at(i) + shiftMs;
    if (expected < from || expected > to) continue;
    compared += 1;
    if (within(among.nearest(expected), expected, VOTE_MS) !== null) found += 1;
  }
  return compared < MIN_FRAMES ? 0 : found / compared;
}
