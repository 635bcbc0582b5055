import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hullInto } from '../../../src/domain/annotation/hull.ts';

function hullOf(points: readonly (readonly [number, number])[]): [number, number][] {
  const out = new Float64Array(2 * (points.length + 1));
  const corners = hullInto(out, Float64Array.from(points.flat()), points.length);
  return Array.from({ length: corners }, (_, i) => [out[2 * i] ?? 0, out[2 * i + 1] ?? 0]);
}

test('inner points and points on an edge are not corners', () => {
  const square = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [2, 2],
    [2, 0],
    [1, 3],
  ] as const;
  const corners = hullOf(square).map(([x, y]) => `${x},${y}`);
  expect(corners.sort()).toEqual(['0,0', '0,4', '4,0', '4,4']);
});

test('a single point, equal points and points in a line have hulls too', () => {
  expect(hullOf([])).toEqual([]);
  expect(hullOf([[1, 2]])).toEqual([[1, 2]]);
  expect(
    hullOf([
      [1, 2],
      [1, 2],
      [1, 2],
    ]),
  ).toEqual([[1, 2]]);
  expect(
    hullOf([
      [0, 0],
      [1, 1],
      [3, 3],
      [2, 2],
    ]).sort(),
  ).toEqual([
    [0, 0],
    [3, 3],
  ]);
});

test('every point lies on one side of every edge', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 3,
    maxLength: 13,
  });
  fc.assert(
    fc.property(points, (given) => {
      const corners = hullOf(given);
      const turns = corners.flatMap(([x, y], i) => {
        const [nx, ny] = corners[(i + 1) % corners.length] ?? [x, y];
        return given.map(([px, py]) => (nx - x) * (py - y) - (ny - y) * (px - x));
      });
      expect(turns.every((turn) => turn >= 0) || turns.every((turn) => turn <= 0)).toBe(true);
    }),
  );
});
