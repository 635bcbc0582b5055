import { expect, test } from 'vitest';
import type { ImageMark, ImagePoint } from '../../../src/domain/annotation/types.ts';
import { MAX_MARK_POINTS, validateMark } from '../../../src/domain/annotation/validate.ts';

const mark = (points: readonly ImagePoint[], aspect = 16 / 9): ImageMark => ({
  shape: 'ink',
  colour: 'blue',
  points,
  aspect,
});
const many = (count: number): ImagePoint[] => Array.from({ length: count }, () => [0.5, 0.5]);

test.each<[string, ImageMark, ReturnType<typeof validateMark>]>([
  ['a point', mark([[0.5, 0.5]]), null],
  ['2,000 points', mark(many(MAX_MARK_POINTS)), null],
  ['points that slip over the edge by a tenth', mark([[-0.1, 1.1]]), null],
  ['no points', mark([]), 'mark-empty'],
  ['2,001 points', mark(many(MAX_MARK_POINTS + 1)), 'mark-too-large'],
  [
    'a NaN among good points',
    mark([
      [0.5, 0.5],
      [Number.NaN, 0.5],
    ]),
    'mark-not-finite',
  ],
  ['an infinite point', mark([[0.5, Number.POSITIVE_INFINITY]]), 'mark-not-finite'],
  ['a NaN aspect', mark([[0.5, 0.5]], Number.NaN), 'mark-not-finite'],
  ['an aspect of 0', mark([[0.5, 0.5]], 0), 'mark-not-finite'],
  ['a point left of the picture', mark([[-0.11, 0.5]]), 'mark-outside-picture'],
  ['a point below the picture', mark([[0.5, 1.11]]), 'mark-outside-picture'],
])('%s', (_, given, expected) => {
  expect(validateMark(given)).toBe(expected);
});
