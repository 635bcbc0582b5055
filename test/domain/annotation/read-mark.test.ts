import { describe, expect, test } from 'vitest';
import { readMark } from '../../../src/domain/annotation/read-mark.ts';
import type { ImagePoint } from '../../../src/domain/annotation/types.ts';
import { circle, line, seen } from './scene.ts';

const read = (points: readonly ImagePoint[]) => readMark(seen('ink', points).mark);
const polyline = (...corners: ImagePoint[]): ImagePoint[] =>
  corners.slice(1).flatMap((corner, i) => line(corners[i] ?? corner, corner));

describe('ink', () => {
  test.each<[string, ImagePoint[], string]>([
    ['one point', [[0.3, 0.4]], 'dot'],
    [
      'two points on one pixel',
      [
        [0.3, 0.4],
        [0.3002, 0.4],
      ],
      'dot',
    ],
    ['a press that trembles', circle([0.3, 0.4], 0.002), 'dot'],
    [
      'two points apart, as a straight line is simplified to',
      [
        [0.3, 0.4],
        [0.6, 0.4],
      ],
      'line',
    ],
    ['a straight line', line([0.2, 0.2], [0.7, 0.5]), 'line'],
    ['a circle', circle([0.5, 0.5], 0.1), 'loop'],
    ['a circle that was left open a little', circle([0.5, 0.5], 0.1, 0.87), 'loop'],
    ['a circle and a bit more', circle([0.5, 0.5], 0.1, 1.1), 'loop'],
    ['a small circle', circle([0.5, 0.5], 0.012), 'loop'],
    ['a box', polyline([0.2, 0.2], [0.6, 0.2], [0.6, 0.7], [0.2, 0.7], [0.2, 0.21]), 'loop'],
    ['a C', circle([0.5, 0.5], 0.1, 0.75), 'line'],
    ['a U', polyline([0.2, 0.2], [0.2, 0.6], [0.4, 0.6], [0.4, 0.2]), 'line'],
    ['a line there and back', polyline([0.2, 0.5], [0.6, 0.5], [0.2, 0.503]), 'line'],
    ['a zigzag that comes back', polyline([0.2, 0.5], [0.3, 0.6], [0.4, 0.5], [0.3, 0.6], [0.21, 0.5]), 'line'],
  ])('%s is read as expected', (_, points, kind) => {
    expect(read(points).kind).toBe(kind);
  });

  test('a loop does not say its first point twice', () => {
    const reading = read(circle([0.5, 0.5], 0.1));
    expect(reading.kind === 'loop' && reading.outline.at(-1)).not.toEqual([0.6, 0.5]);
  });
});

describe('arrows', () => {
  test('a click has a tip and no tail', () => {
    expect(readMark(seen('arrow', [[0.3, 0.4]]).mark)).toEqual({ kind: 'arrow', tip: [0.3, 0.4], tail: null });
  });

  test('a drag ends at the tail, unless it is too short to be meant', () => {
    const dragged = seen('arrow', line([0.3, 0.4], [0.5, 0.4])).mark;
    expect(readMark(dragged)).toEqual({ kind: 'arrow', tip: [0.3, 0.4], tail: [0.5, 0.4] });
    const wobbled = seen('arrow', [
      [0.3, 0.4],
      [0.31, 0.4],
    ]).mark;
    expect(readMark(wobbled)).toMatchObject({ tail: null });
  });
});
