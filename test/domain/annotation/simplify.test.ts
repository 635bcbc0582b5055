import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_STROKE_POINTS, simplifyImageStroke, simplifyRoomStroke } from '../../../src/domain/annotation/simplify.ts';
import type { ImagePoint } from '../../../src/domain/annotation/types.ts';
import { distance } from '../../../src/domain/registration/vec3.ts';
import { number, vec3 } from '../registration/arbitraries.ts';
import { circle, line } from './scene.ts';

const picture = { widthPx: 1280, heightPx: 720 };
const strokes = fc.array<ImagePoint>(fc.tuple(number(0, 1), number(0, 1)), { minLength: 1, maxLength: 300 });

function distancePx(point: ImagePoint, a: ImagePoint, b: ImagePoint): number {
  const [px, py] = [(point[0] - a[0]) * 1280, (point[1] - a[1]) * 720];
  const [dx, dy] = [(b[0] - a[0]) * 1280, (b[1] - a[1]) * 720];
  const t = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - t * dx, py - t * dy);
}

test('a straight line keeps its two ends', () => {
  expect(simplifyImageStroke(line([0.1, 0.2], [0.9, 0.4], 500), picture)).toEqual([
    [0.1, 0.2],
    [0.9, 0.4],
  ]);
});

test('a bend of half a pixel goes, one of two pixels stays, in each direction', () => {
  const across = (pixels: number): ImagePoint[] => [
    [0.2, 0.5],
    [0.5, 0.5 + pixels / 720],
    [0.8, 0.5],
  ];
  const along = (pixels: number): ImagePoint[] => [
    [0.5, 0.2],
    [0.5 + pixels / 1280, 0.5],
    [0.5, 0.8],
  ];
  for (const bend of [across, along]) {
    expect(simplifyImageStroke(bend(0.5), picture)).toHaveLength(2);
    expect(simplifyImageStroke(bend(2), picture)).toHaveLength(3);
  }
});

test('what was left out lies within a pixel of what was kept', () => {
  const drawn = circle([0.5, 0.5], 0.1, 0.95, 400);
  const kept = simplifyImageStroke(drawn, picture);
  expect(kept.length).toBeLessThan(MAX_STROKE_POINTS);
  for (const point of drawn) {
    const nearest = Math.min(...kept.slice(1).map((b, i) => distancePx(point, kept[i] ?? b, b)));
    expect(nearest).toBeLessThanOrEqual(1 + 1e-9);
  }
});

describe('any stroke', () => {
  test('keeps its ends, its order and points of its own, and never more than 64', () => {
    fc.assert(
      fc.property(strokes, (points) => {
        const kept = simplifyImageStroke(points, picture);
        expect(kept.length).toBeLessThanOrEqual(MAX_STROKE_POINTS);
        expect(kept[0]).toBe(points[0]);
        expect(kept.at(-1)).toBe(points.at(-1));
        const places = kept.map((point) => points.indexOf(point));
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  test('changes no more when it is simplified again', () => {
    fc.assert(
      fc.property(strokes, (points) => {
        const once = simplifyImageStroke(points, picture);
        expect(simplifyImageStroke(once, picture).length).toBeLessThanOrEqual(once.length);
      }),
    );
  });

  test('in the room it is the same, in metres', () => {
    fc.assert(
      fc.property(fc.array(vec3(1), { minLength: 1, maxLength: 200 }), (points) => {
        const kept = simplifyRoomStroke(points);
        expect(kept.length).toBeLessThanOrEqual(MAX_STROKE_POINTS);
        expect(distance(kept[0] ?? [9, 9, 9], points[0] ?? [0, 0, 0])).toBe(0);
      }),
    );
    expect(simplifyRoomStroke([0, 0.1, 0.2, 0.3].map((x) => [x, 0, -1] as const))).toHaveLength(2);
  });
});

test('a closed stroke of 2,000 points keeps its shape', () => {
  const kept = simplifyImageStroke(circle([0.5, 0.5], 0.2, 1, 1999), picture);
  expect(kept.length).toBeGreaterThan(20);
  expect(kept.length).toBeLessThanOrEqual(MAX_STROKE_POINTS);
});
