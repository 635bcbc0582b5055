import type { SlidingWindow } from './sliding-window.ts';

/** The offset can creep by nearly 1 ms per frame while it is voted on; frames are at least 16 ms apart. */
const VOTE_MS = 4;
/** Frames this far apart on average come from a machine that cannot keep up: fewer than ten a second. */
export const SLOW_MS = 100;
/** Their offset creeps faster, and they are harder to confuse. Of their usual distance, and at most. */
const SLOW_VOTE_SHARE = 1 / 12;
const SLOW_VOTE_MOST_MS = 25;
/** Enough frames for a pattern, and enough of them in it. */
const MIN_FRAMES = 10;
const MIN_VOTE_SHARE = 0.7;
/** What a match at the tolerance's edge lacks against an exact one: uneven frames fit elsewhere only by chance, and loosely. */
const LOOSENESS = 0.5;
/** Offsets this close to the best one are as good: evenly spaced frames fit at every whole interval, frames are lost. */
const TIE_SHARE = 0.75;
/** No encoder keeps a frame of a live call longer, even on a machine that can't keep up. */
const MAX_ENCODE_MS = 300;

export function within(value: number | null, of: number, toleranceMs: number): number | null {
  return value !== null && Math.abs(value - of) <= toleranceMs ? value : null;
}

/**
 * The offset that most encoded frames agree on: each difference to a local frame is a candidate. With perfectly even
 * frames it is ambiguous by whole intervals; then the smallest that causality allows counts, i.e. the shortest
 * encoding time. Null when there is no clear one.
 */
export function voteForOffset(encoded: SlidingWindow, local: SlidingWindow, smallestMs: number): number | null {
  if (encoded.size() < MIN_FRAMES || local.size() < MIN_FRAMES) return null;
  const voteMs = voteToleranceMs(local);
  const candidates: { offset: number; share: number }[] = [];
  for (let i = 0; i < encoded.size(); i += 1) {
    for (let j = 0; j < local.size(); j += 1) {
      const offset = encoded.at(i) - local.at(j);
      if (offset < smallestMs - voteMs || offset > smallestMs + MAX_ENCODE_MS) continue;
      candidates.push({ offset, share: matchShare({ encoded, local, offset, voteMs }) });
    }
  }
  const best = Math.max(0, ...candidates.map(({ share }) => share));
  if (best < MIN_VOTE_SHARE) return null;
  const good = candidates.filter(({ share }) => share >= TIE_SHARE * best).map(({ offset }) => offset);
  const smallest = Math.min(...good);
  // Candidates within the tolerance of each other are one offset, seen with the noise of single frames.
  const cluster = good.filter((offset) => offset <= smallest + 2 * voteMs).sort((a, b) => a - b);
  return cluster[cluster.length >> 1] ?? null;
}

function voteToleranceMs(local: SlidingWindow): number {
  const usualMs = local.spread() / Math.max(1, local.size() - 1);
  return usualMs < SLOW_MS ? VOTE_MS : Math.min(SLOW_VOTE_MOST_MS, SLOW_VOTE_SHARE * usualMs);
}

interface Fit {
  readonly encoded: SlidingWindow;
  readonly local: SlidingWindow;
  readonly offset: number;
  readonly voteMs: number;
}

/** How well an offset fits. Either series may lack frames of the other: the encoder drops some, the player others. */
function matchShare({ encoded, local, offset, voteMs }: Fit): number {
  return Math.max(
    shareFound({ wanted: local, among: encoded, shiftMs: offset, voteMs }),
    shareFound({ wanted: encoded, among: local, shiftMs: -offset, voteMs }),
  );
}

interface Search {
  readonly wanted: SlidingWindow;
  readonly among: SlidingWindow;
  readonly shiftMs: number;
  readonly voteMs: number;
}

/** Of the values of `wanted`, shifted, that lie in the range of `among`: the share that is there. */
function shareFound({ wanted, among, shiftMs, voteMs }: Search): number {
  const from = (among.min() ?? 0) - voteMs;
  const to = (among.max() ?? 0) + voteMs;
  let compared = 0;
  let found = 0;
  for (let i = 0; i < wanted.size(); i += 1) {
    const expected = wanted.at(i) + shiftMs;
    if (expected < from || expected > to) continue;
    compared += 1;
    const nearest = within(among.nearest(expected), expected, voteMs);
    if (nearest !== null) found += 1 - LOOSENESS * (Math.abs(nearest - expected) / voteMs);
  }
  return compared < MIN_FRAMES ? 0 : found / compared;
}
