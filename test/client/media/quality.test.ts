import { describe, expect, it } from 'vitest';
import { judgeQuality, sendingLevel } from '../../../src/client/media/quality.ts';
import { readStats, type StatsSample } from '../../../src/client/media/stats.ts';

const BEFORE: StatsSample = {
  atMs: 10_000,
  roundTripMs: 40,
  availableKbps: 3000,
  bytesReceived: 1_000_000,
  bytesSent: 1_000_000,
  packetsReceived: 1000,
  packetsLost: 0,
  remoteLossRatio: 0,
  framesEncoded: 300,
  totalEncodeMs: 3000,
  framesDecoded: 300,
  framesPerSecond: 30,
  frameWidthPx: 1280,
  frameHeightPx: 720,
  bandwidthLimited: false,
};
/** A second later, all well: 2 Mbit/s each way, 30 frames. */
const AFTER: StatsSample = {
  ...BEFORE,
  atMs: 11_000,
  bytesReceived: 1_250_000,
  bytesSent: 1_250_000,
  packetsReceived: 1200,
  framesEncoded: 330,
  framesDecoded: 330,
};

const levelOf = (changes: Partial<StatsSample>, before: Partial<StatsSample> = {}) =>
  judgeQuality({ ...BEFORE, ...before }, { ...AFTER, ...changes }, 'unknown').level;

describe('the quality of a link', () => {
  it('tells rates, loss and picture of the second between two samples', () => {
    expect(judgeQuality(BEFORE, { ...AFTER, packetsLost: 50, packetsReceived: 1150 }, 'unknown')).toEqual({
      level: 'poor',
      roundTripMs: 40,
      lossRatio: 0.25,
      receivedKbps: 2000,
      sentKbps: 2000,
      framesPerSecond: 30,
      frameWidthPx: 1280,
      frameHeightPx: 720,
    });
  });

  it.each([
    ['all is well', {}, 'good'],
    ['the way takes exactly 1,000 ms', { roundTripMs: 1000 }, 'fair'],
    ['the way takes longer', { roundTripMs: 1001 }, 'poor'],
    ['talking gets hard', { roundTripMs: 500 }, 'fair'],
    ['a tenth is lost', { packetsReceived: 1180, packetsLost: 20 }, 'fair'],
    ['more than a tenth is lost', { packetsReceived: 1178, packetsLost: 22 }, 'poor'],
    ['the peer misses more than a tenth', { remoteLossRatio: 0.12 }, 'poor'],
    ['bandwidth holds the video back below 1.5 Mbit/s', { bandwidthLimited: true, availableKbps: 1400 }, 'poor'],
    ['bandwidth holds the video back above it', { bandwidthLimited: true, availableKbps: 1900 }, 'fair'],
    ['the picture comes in jerks', { framesDecoded: 305 }, 'poor'],
  ] as const)('when %s is %s -> %s', (_what, changes, level) => {
    expect(levelOf(changes)).toBe(level);
  });

  it('does not take the low estimate of a link without video for a slow network', () => {
    expect(levelOf({ availableKbps: 300, framesEncoded: 300 })).toBe('good');
    expect(levelOf({ availableKbps: 300, framesEncoded: 60, bandwidthLimited: true }, { framesEncoded: 30 })).toBe(
      'good',
    );
  });

  it('is never better than what the peer says of its sending', () => {
    expect(judgeQuality(BEFORE, AFTER, 'poor').level).toBe('poor');
    expect(judgeQuality(BEFORE, { ...AFTER, roundTripMs: 500 }, 'good').level).toBe('fair');
  });

  it('is good again with the first good second', () => {
    const throttled = { ...AFTER, bandwidthLimited: true, availableKbps: 500 };
    expect(judgeQuality(BEFORE, throttled, 'unknown').level).toBe('poor');
    const later = { ...AFTER, atMs: 12_000, packetsReceived: 1400, framesEncoded: 360, framesDecoded: 360 };
    expect(judgeQuality(throttled, later, 'unknown').level).toBe('good');
  });

  it('is unknown while nothing has been measured', () => {
    const nothing = { roundTripMs: null, remoteLossRatio: null, packetsReceived: 1000 };
    expect(levelOf(nothing, { roundTripMs: null, remoteLossRatio: null })).toBe('unknown');
  });

  it('tells the peer what this side can send', () => {
    expect(sendingLevel(BEFORE, { ...AFTER, bandwidthLimited: true, availableKbps: 800 })).toBe('poor');
    expect(sendingLevel(BEFORE, AFTER)).toBe('unknown');
  });
});

describe('reading statistics', () => {
  const report = (...entries: Record<string, unknown>[]) => entries.map((entry) => [String(entry.id), entry] as const);

  it('takes the pair that the transport has selected', () => {
    const sample = readStats(
      report(
        { id: 'T', type: 'transport', selectedCandidatePairId: 'P2' },
        { id: 'P1', type: 'candidate-pair', currentRoundTripTime: 9 },
        { id: 'P2', type: 'candidate-pair', currentRoundTripTime: 0.05, availableOutgoingBitrate: 1_200_000 },
      ),
      5,
    );
    expect(sample).toMatchObject({ atMs: 5, roundTripMs: 50, availableKbps: 1200 });
  });

  it('takes the pair that Firefox marks, and the round trip that the peer reports when there is no other', () => {
    const marked = readStats(
      report({ id: 'P', type: 'candidate-pair', selected: true, currentRoundTripTime: 0.02 }),
      0,
    );
    expect(marked.roundTripMs).toBe(20);
    const remote = readStats(report({ id: 'R', type: 'remote-inbound-rtp', roundTripTime: 0.3, fractionLost: 0.1 }), 0);
    expect(remote).toMatchObject({ roundTripMs: 300, remoteLossRatio: 0.1 });
  });

  it('adds up audio and video, and tells the picture that comes rather than the one that goes', () => {
    const sample = readStats(
      report(
        { id: 'A', type: 'inbound-rtp', kind: 'audio', bytesReceived: 10, packetsReceived: 1, packetsLost: 2 },
        {
          id: 'V',
          type: 'inbound-rtp',
          kind: 'video',
          bytesReceived: 90,
          packetsReceived: 5,
          packetsLost: 0,
          frameWidth: 640,
        },
        { id: 'O', type: 'outbound-rtp', kind: 'video', frameWidth: 1280, qualityLimitationReason: 'bandwidth' },
      ),
      0,
    );
    expect(sample).toMatchObject({ bytesReceived: 100, packetsReceived: 6, packetsLost: 2, frameWidthPx: 640 });
    expect(sample.bandwidthLimited).toBe(true);
  });

  it('takes nothing that is not a number', () => {
    const sample = readStats(
      report({ id: 'V', type: 'inbound-rtp', kind: 'video', bytesReceived: 'many', framesPerSecond: Number.NaN }),
      0,
    );
    expect(sample).toMatchObject({ bytesReceived: 0, framesPerSecond: null, roundTripMs: null, availableKbps: null });
  });
});
