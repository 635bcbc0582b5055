import type { ConnectionStatus } from '../../client/types.ts';
import type { Participant } from '../../domain/call/state.ts';
import { surfaceOf } from '../../domain/still/surface.ts';

/** Why nothing can be drawn now; each has its sentence in the catalogue. */
export const EDITING_BLOCKS = [
  'offline',
  'no-headset',
  'headset-reconnecting',
  'video-off',
  'camera-hidden',
  'shares-screen',
  'no-camera-profile',
  'no-picture',
  'tracking-lost',
  'not-placed-yet',
  'snapshot-not-placed',
  'no-pose',
] as const;
export type EditingBlock = (typeof EDITING_BLOCKS)[number];

export interface StageSituation {
  readonly status: ConnectionStatus;
  /** Whose picture is on stage. */
  readonly target: Participant | null;
  /** A frame of that picture has been shown. */
  readonly hasPicture: boolean;
  /** One of its frames told where it was seen from: this headset can, and it has found its place. */
  readonly wasPlaced: boolean;
  /** It comes as snapshots: no other follows unless it is asked for. */
  readonly isSnapshot: boolean;
  /** A frozen frame is on stage: it keeps its own pose whatever comes after it. */
  readonly frozen: boolean;
}

/**
 * The first reason that stands in the way of drawing, the most general first; null when nothing does. A gap in the poses
 * is none: whoever wants to draw waits a moment for the next frame that can be drawn on.
 */
export function whyNotEditing(situation: StageSituation): EditingBlock | null {
  const { status, target, hasPicture, wasPlaced, isSnapshot, frozen } = situation;
  if (status !== 'online') return 'offline';
  const surface = surfaceOf(target);
  if (surface === null) return 'no-headset';
  if (surface === 'still') return whyNoStill(situation);
  if (target?.state === 'reconnecting') return 'headset-reconnecting';
  if (target?.media.video !== 'camera') return 'video-off';
  if (target.camera === null) return 'no-camera-profile';
  if (!target.tracking) return 'tracking-lost';
  if (frozen) return null;
  if (!hasPicture) return 'no-picture';
  if (wasPlaced) return null;
  return isSnapshot ? 'snapshot-not-placed' : 'not-placed-yet';
}

/** A still needs its camera only to be taken: what is drawn on it is told when the connection is back. */
function whyNoStill({ target, hasPicture, frozen }: StageSituation): EditingBlock | null {
  if (frozen) return null;
  if (target?.state === 'reconnecting') return 'headset-reconnecting';
  if (target?.media.video === 'screen') return 'shares-screen';
  if (target?.media.video !== 'camera') return 'camera-hidden';
  return hasPicture ? null : 'no-picture';
}
