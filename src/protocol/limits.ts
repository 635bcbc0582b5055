import { MAX_MARK_POINTS } from '../domain/annotation/validate.ts';
import { MAX_ANNOTATIONS } from '../domain/call/decide-annotations.ts';
import { MAX_STILL_MARKS, MAX_STILL_POINTS } from '../domain/still/news.ts';

/** What the hub accepts. Numbers with their reasons; SPEC.md repeats them for people. */
export const LIMITS = {
  /** One SignalR message, bytes: a stroke of 2,000 points is about 40 KB as MessagePack. */
  messageBytes: 96 * 1024,
  /** Session descriptions of two tracks with all codecs are about 8 KB. */
  signalBytes: 32 * 1024,
  /** Raw points of one mark. */
  markPoints: MAX_MARK_POINTS,
  /** Points of a placed stroke after simplification. */
  strokePoints: 64,
  searchChars: 128,
  /** Annotations of one call that are not erased, those that still wait included. */
  annotations: MAX_ANNOTATIONS,
  /** Invocations of one connection: a steady rate and the burst it may save up. */
  callsPerSecond: 40,
  callsBurst: 160,
  /** One snapshot's JPEG: 1504x846 at quality 0.5 is about 63 KB; the rest of the message takes less than 1 KB. */
  snapshotBytes: 80_000,
  /** Relayed pictures of one connection, and asking for one, with the burst: a headset answers a call's experts one snapshot each. */
  relaysPerSecond: 2,
  relaysBurst: 10,
  /** Relayed messages without a picture, of one connection, with the burst: a pen in motion is followed ten times a second. */
  smallRelaysPerSecond: 12,
  smallRelaysBurst: 40,
  /** Marks on one still, and the points of each: all of them fit one message. */
  stillMarks: MAX_STILL_MARKS,
  stillPoints: MAX_STILL_POINTS,
  /** Ringing ends after this as a missed call. */
  ringMs: 45_000,
  /** Somebody whose connection is gone keeps the place in the call this long. */
  reconnectGraceMs: 60_000,
  /** A mark waits this long for the headset that it is meant for, while that one is there. */
  markWaitMs: 30_000,
  /** A call outlives the sign-in of its people by this at most. */
  heldCallMs: 8 * 3_600_000,
} as const;
