import type { LinkQuality } from '../types.ts';
import type { StatsSample } from './stats.ts';

export type QualityLevel = LinkQuality['level'];

export const UNKNOWN_QUALITY: LinkQuality = {
  level: 'unknown',
  roundTripMs: null,
  lossRatio: null,
  receivedKbps: null,
  sentKbps: null,
  framesPerSecond: null,
  frameWidthPx: null,
  frameHeightPx: null,
};

/** Poor as Dynamics 365 Remote Assist published it: 150 kbit/s to 1.5 Mbit/s, over 1,000 ms, or over 10 % loss. */
const POOR_KBPS = 1500;
const POOR_ROUND_TRIP_MS = 1000;
const POOR_LOSS = 0.1;
/** Where people begin to notice: they talk over each other, the picture breaks into blocks. */
const FAIR_ROUND_TRIP_MS = 400;
const FAIR_LOSS = 0.03;
const POOR_FPS = 8;
/** Congestion control starts at 300 kbit/s and needs this many frames to find out what there is. */
const RAMP_UP_FRAMES = 90;

const RANK: Record<QualityLevel, number> = { unknown: 0, good: 1, fair: 2, poor: 3 };

export function worseLevel(a: QualityLevel, b: QualityLevel): QualityLevel {
  return RANK[a] >= RANK[b] ? a : b;
}

/**
 * The quality between two samples of the same connection, about a second apart. It has no memory beyond them: when
 * the network is good again, so is the next answer. `peerLevel` is what the peer says of its sending, which this
 * side cannot see: a throttled sender lowers its picture, and everything that it sends arrives.
 */
export function judgeQuality(before: StatsSample, after: StatsSample, peerLevel: QualityLevel): LinkQuality {
  const lossRatio = lossBetween(before, after);
  const receivedKbps = kbpsBetween(before, after, 'bytesReceived');
  const sentKbps = kbpsBetween(before, after, 'bytesSent');
  const measured = lossRatio !== null || after.roundTripMs !== null;
  const levels = [
    measured ? 'good' : 'unknown',
    gradeAbove(after.roundTripMs, FAIR_ROUND_TRIP_MS, POOR_ROUND_TRIP_MS),
    gradeAbove(lossRatio, FAIR_LOSS, POOR_LOSS),
    sendingLevel(before, after),
    receivingLevel(before, after),
    peerLevel,
  ] as const;
  return {
    level: levels.reduce(worseLevel),
    roundTripMs: after.roundTripMs,
    lossRatio,
    receivedKbps,
    sentKbps,
    framesPerSecond: after.framesPerSecond,
    frameWidthPx: after.frameWidthPx,
    frameHeightPx: after.frameHeightPx,
  };
}

/**
 * What the bandwidth allows this side to send. Its estimate means something only while video asks for more than
 * a little: without video it stays near its start, however fast the network is.
 */
export function sendingLevel(before: StatsSample, after: StatsSample): QualityLevel {
  const sendsVideo = before.framesEncoded > RAMP_UP_FRAMES && after.framesEncoded > before.framesEncoded;
  if (!sendsVideo || !after.bandwidthLimited) return 'unknown';
  return after.availableKbps !== null && after.availableKbps <= POOR_KBPS ? 'poor' : 'fair';
}

/** A picture that has been coming and comes in jerks. */
function receivingLevel(before: StatsSample, after: StatsSample): QualityLevel {
  const decoded = after.framesDecoded - before.framesDecoded;
  if (before.framesDecoded <= RAMP_UP_FRAMES || decoded <= 0) return 'unknown';
  return decoded / secondsBetween(before, after) < POOR_FPS ? 'poor' : 'unknown';
}

function gradeAbove(value: number | null, fair: number, poor: number): QualityLevel {
  if (value === null) return 'unknown';
  if (value > poor) return 'poor';
  return value > fair ? 'fair' : 'good';
}

/** The worse of the two directions. */
function lossBetween(before: StatsSample, after: StatsSample): number | null {
  const received = after.packetsReceived - before.packetsReceived;
  // Packets that come late are taken back from the lost ones.
  const lost = Math.max(0, after.packetsLost - before.packetsLost);
  const ownRatio = received + lost > 0 ? lost / (received + lost) : null;
  if (ownRatio === null) return after.remoteLossRatio;
  return Math.max(ownRatio, after.remoteLossRatio ?? 0);
}

function kbpsBetween(before: StatsSample, after: StatsSample, field: 'bytesReceived' | 'bytesSent'): number {
  return (Math.max(0, after[field] - before[field]) * 8) / 1000 / secondsBetween(before, after);
}

function secondsBetween(before: StatsSample, after: StatsSample): number {
  return Math.max(0.001, (after.atMs - before.atMs) / 1000);
}
