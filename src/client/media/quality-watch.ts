import type { LinkQuality } from '../types.ts';
import { judgeQuality, type QualityLevel, sendingLevel, UNKNOWN_QUALITY } from './quality.ts';
import { readStats, type StatsSample } from './stats.ts';

/** Turns one report of statistics after another into the quality of the link. */
export interface QualityWatch {
  add(report: RTCStatsReport, atMs: number, peerSending: QualityLevel): QualityNews;
  /** What this side can send, for the peer to know. */
  ownSending(): QualityLevel;
  /** Another connection counts from zero. */
  reset(): void;
}

export interface QualityNews {
  readonly quality: LinkQuality;
  /** Media packets arrived since the report before. */
  readonly mediaCame: boolean;
  /** Average of the frames encoded since the report before; null when there were none. */
  readonly encodeMs: number | null;
}

export function createQualityWatch(): QualityWatch {
  let last: StatsSample | null = null;
  let ownSending: QualityLevel = 'unknown';

  return {
    add(report, atMs, peerSending) {
      const sample = readStats(report as unknown as Iterable<readonly [string, Record<string, unknown>]>, atMs);
      const before = last;
      last = sample;
      if (before === null) return { quality: UNKNOWN_QUALITY, mediaCame: sample.packetsReceived > 0, encodeMs: null };
      ownSending = sendingLevel(before, sample);
      return {
        quality: judgeQuality(before, sample, peerSending),
        mediaCame: sample.packetsReceived > before.packetsReceived,
        encodeMs: encodeMsBetween(before, sample),
      };
    },
    ownSending: () => ownSending,
    reset() {
      last = null;
      ownSending = 'unknown';
    },
  };
}

function encodeMsBetween(before: StatsSample, after: StatsSample): number | null {
  const frames = after.framesEncoded - before.framesEncoded;
  return frames > 0 ? (after.totalEncodeMs - before.totalEncodeMs) / frames : null;
}
