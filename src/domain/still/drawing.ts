import type { ImageMark } from '../annotation/types.ts';
import { accept, type Result, refuse } from '../call/refusal.ts';
import { MAX_STILL_MARKS } from './news.ts';

type Marks = readonly ImageMark[];

/** What one person has drawn on a still, and what it was before each of their steps. */
export interface StillDrawing {
  readonly marks: Marks;
  /** Oldest first. */
  readonly before: readonly Marks[];
}

export const BLANK: StillDrawing = { marks: [], before: [] };

/** Nobody takes back more. */
const MAX_STEPS = 200;

export function drawOn(drawing: StillDrawing, mark: ImageMark): Result<StillDrawing> {
  if (drawing.marks.length >= MAX_STILL_MARKS) return refuse('too-many-annotations');
  return accept(step(drawing, [...drawing.marks, mark]));
}

/** Takes back the last step: a mark, or an Erase all. The same drawing when there is none. */
export function undoOn(drawing: StillDrawing): StillDrawing {
  const marks = drawing.before.at(-1);
  return marks === undefined ? drawing : { marks, before: drawing.before.slice(0, -1) };
}

/** The same drawing when nothing is drawn. */
export const eraseAllOn = (drawing: StillDrawing): StillDrawing =>
  drawing.marks.length === 0 ? drawing : step(drawing, []);

const step = ({ marks, before }: StillDrawing, next: Marks): StillDrawing => ({
  marks: next,
  before: [...before, marks].slice(-MAX_STEPS),
});
