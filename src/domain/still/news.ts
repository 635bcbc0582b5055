import { MAX_STROKE_POINTS } from '../annotation/simplify.ts';
import type { ImageMark } from '../annotation/types.ts';

/** Marks on one still: what somebody can make out on a phone. */
export const MAX_STILL_MARKS = 50;
/** Points of one of them: a stroke is sent as thin as it is kept. */
export const MAX_STILL_POINTS = MAX_STROKE_POINTS;

/**
 * From whoever draws to the owner of the camera. A still is a frozen picture of a camera of which nobody knows where it is:
 * its marks are 0..1 of the picture, belong to it alone, and are no fact of the call.
 */
export type StillNews =
  /** The picture of the receiver's own camera that the sender has frozen to draw on. */
  | { readonly type: 'still'; readonly stillId: string; readonly jpeg: Uint8Array<ArrayBuffer> }
  /** Everything that is drawn on it now, the stroke under the pen included. */
  | { readonly type: 'stillMarks'; readonly stillId: string; readonly marks: readonly ImageMark[] }
  /** Back to the live picture, without marks; null: whatever the sender's page had frozen before it was loaded anew. */
  | { readonly type: 'stillOver'; readonly stillId: string | null };

export const STILL_SEEN = ['shown', 'dismissed', 'replaced', 'unreadable'] as const;
export type StillSeen = (typeof STILL_SEEN)[number];

/** From the owner of the camera back to whoever draws. */
export type StillReply =
  /** What is drawn on a picture of mine? `stillId` is the one on screen; null: none is. */
  | { readonly type: 'askStill'; readonly stillId: string | null }
  /** `dismissed`: the owner went back to the live picture; `replaced`: somebody else's still is shown instead. */
  | { readonly type: 'stillSeen'; readonly stillId: string; readonly seen: StillSeen };
