import { MAX_STROKE_POINTS, simplifyImageStroke } from '../../domain/annotation/simplify.ts';
import type { Colour, ImageMark, ImagePoint, MarkShape } from '../../domain/annotation/types.ts';
import { insidePicture } from '../overlay/letterbox.ts';

/** The size of the frozen frame, in its own pixels. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A mark while the pen is down. */
export interface Draft {
  readonly markId: string;
  readonly shape: MarkShape;
  readonly colour: Colour;
  /** As in `ImageMark`: an arrow has its tip first. */
  readonly points: readonly ImagePoint[];
}

/** Closer points say nothing that a hand meant, in pixels of the frame. */
const MIN_STEP_PX = 0.5;
/** A longer stroke is thinned while it is drawn: far below what a mark may hold. */
const MAX_DRAFT_POINTS = 1_024;

/** The draft with the pen moved on; the very same one when the pen did not really move. */
export function extendDraft(draft: Draft, to: ImagePoint, picture: PictureSize): Draft {
  const point = insidePicture(to);
  const [first] = draft.points;
  const last = draft.points.at(-1);
  if (first === undefined || last === undefined) return { ...draft, points: [point] };
  if (stepPx(last, point, picture) < MIN_STEP_PX) return draft;
  if (draft.shape === 'arrow') return { ...draft, points: [first, point] };
  const points = [...draft.points, point];
  return { ...draft, points: points.length > MAX_DRAFT_POINTS ? simplifyImageStroke(points, picture) : points };
}

/** What the draft becomes when the pen is lifted. */
export function finishDraft(draft: Draft, picture: PictureSize): ImageMark {
  const points = draft.shape === 'ink' ? simplifyImageStroke(draft.points, picture, MAX_STROKE_POINTS) : draft.points;
  return { shape: draft.shape, colour: draft.colour, points, aspect: picture.widthPx / picture.heightPx };
}

function stepPx(a: ImagePoint, b: ImagePoint, { widthPx, heightPx }: PictureSize): number {
  return Math.hypot((b[0] - a[0]) * widthPx, (b[1] - a[1]) * heightPx);
}
