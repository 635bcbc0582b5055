import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageMark } from '../../../src/domain/annotation/types.ts';
import { BLANK, drawOn, eraseAllOn, type StillDrawing, undoOn } from '../../../src/domain/still/drawing.ts';
import { MAX_STILL_MARKS } from '../../../src/domain/still/news.ts';

const mark = (u: number): ImageMark => ({ shape: 'arrow', colour: 'blue', points: [[u, 0.5]], aspect: 1 });

type Step = { readonly type: 'draw'; readonly u: number } | { readonly type: 'undo' } | { readonly type: 'eraseAll' };
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ type: fc.constant('draw' as const), u: fc.double({ min: 0, max: 1, noNaN: true }) }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('undo' as const) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('eraseAll' as const) }) },
  ),
  { maxLength: 120 },
);

function take(drawing: StillDrawing, step: Step): StillDrawing {
  switch (step.type) {
    case 'draw': {
      const drawn = drawOn(drawing, mark(step.u));
      return drawn.ok ? drawn.value : drawing;
    }
    case 'undo':
      return undoOn(drawing);
    case 'eraseAll':
      return eraseAllOn(drawing);
  }
}
const drawAll = (all: readonly Step[]): StillDrawing => all.reduce(take, BLANK);

describe('what is drawn on a still', () => {
  it('is never more than fits it, and one mark more is refused', () => {
    fc.assert(fc.property(steps, (all) => drawAll(all).marks.length <= MAX_STILL_MARKS));
    const full = drawAll(Array.from({ length: MAX_STILL_MARKS }, (_, at) => ({ type: 'draw', u: at / 100 }) as const));
    expect(drawOn(full, mark(0))).toMatchObject({ ok: false, refusal: { code: 'too-many-annotations' } });
  });

  it('is as before after a mark and Undo, and after Erase all and Undo', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const before = drawAll(all);
        const drawn = drawOn(before, mark(0.5));
        if (drawn.ok) expect(undoOn(drawn.value).marks).toEqual(before.marks);
        if (before.marks.length > 0) expect(undoOn(eraseAllOn(before)).marks).toEqual(before.marks);
      }),
    );
  });

  it('is blank once everything is taken back', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const taken = all.reduce(undoOn, drawAll(all));
        expect(taken).toEqual(BLANK);
      }),
    );
  });

  it('stays the same where there is nothing to take back or to erase', () => {
    expect(undoOn(BLANK)).toBe(BLANK);
    expect(eraseAllOn(BLANK)).toBe(BLANK);
  });
});
