/** One look at a connection's statistics: sums since its start, and present values. Null: the browser does not say. */
export interface StatsSample {
  readonly atMs: number;
  readonly roundTripMs: number | null;
  /** The bandwidth that congestion control grants the sender, kbit/s. */
  readonly availableKbps: number | null;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** RTP packets that came, and those that did not, over all received streams. */
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** What the peer reports as lost of what it was sent last, 0 to 1. */
  readonly remoteLossRatio: number | null;
  readonly framesEncoded: number;
  readonly totalEncodeMs: number;
  readonly framesDecoded: number;
  readonly framesPerSecond: number | null;
  readonly frameWidthPx: number | null;
  readonly frameHeightPx: number | null;
  /** The encoder sends less than it would because there is no bandwidth for it. */
  readonly bandwidthLimited: boolean;
}

type Report = Iterable<readonly [string, Record<string, unknown>]>;
type Entry = Record<string, unknown>;

/** Reads what `getStats` gave. Fields differ between browsers, so each is taken only when it is what it should be. */
export function readStats(report: Report, atMs: number): StatsSample {
  const entries = Array.from(report, ([, entry]) => entry);
  const ofType = (type: string): readonly Entry[] => entries.filter((entry) => entry.type === type);
  const inbound = ofType('inbound-rtp');
  const outboundVideo = ofType('outbound-rtp').find(isVideo);
  const inboundVideo = inbound.find(isVideo);
  const remoteInbound = ofType('remote-inbound-rtp');
  const pair = selectedPair(entries);
  const roundTripS = number(pair, 'currentRoundTripTime') ?? largest(remoteInbound, 'roundTripTime');
  const availableBps = number(pair, 'availableOutgoingBitrate');
  return {
    atMs,
    roundTripMs: roundTripS === null ? null : roundTripS * 1000,
    availableKbps: availableBps === null ? null : availableBps / 1000,
    bytesReceived: sum(inbound, 'bytesReceived'),
    bytesSent: sum(ofType('outbound-rtp'), 'bytesSent'),
    packetsReceived: sum(inbound, 'packetsReceived'),
    packetsLost: sum(inbound, 'packetsLost'),
    remoteLossRatio: largest(remoteInbound, 'fractionLost'),
    framesEncoded: number(outboundVideo, 'framesEncoded') ?? 0,
    totalEncodeMs: (number(outboundVideo, 'totalEncodeTime') ?? 0) * 1000,
    framesDecoded: number(inboundVideo, 'framesDecoded') ?? 0,
    framesPerSecond: number(inboundVideo, 'framesPerSecond') ?? number(outboundVideo, 'framesPerSecond'),
    frameWidthPx: number(inboundVideo, 'frameWidth') ?? number(outboundVideo, 'frameWidth'),
    frameHeightPx: number(inboundVideo, 'frameHeight') ?? number(outboundVideo, 'frameHeight'),
    bandwidthLimited: outboundVideo?.qualityLimitationReason === 'bandwidth',
  };
}

const isVideo = (entry: Entry): boolean => entry.kind === 'video';

function selectedPair(entries: readonly Entry[]): Entry | undefined {
  const selectedId = entries.find((entry) => entry.type === 'transport')?.selectedCandidatePairId;
  const pairs = entries.filter((entry) => entry.type === 'candidate-pair');
  // Firefox has no such id and marks the pair itself.
  return pairs.find((pair) => pair.id === selectedId) ?? pairs.find((pair) => pair.selected === true);
}

function number(entry: Entry | undefined, field: string): number | null {
  const value = entry?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function sum(entries: readonly Entry[], field: string): number {
  return entries.reduce((total, entry) => total + (number(entry, field) ?? 0), 0);
}

function largest(entries: readonly Entry[], field: string): number | null {
  const values = entries.map((entry) => number(entry, field)).filter((value) => value !== null);
  return values.length === 0 ? null : Math.max(...values);
}
