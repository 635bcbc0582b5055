import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pose, Quat, Vec3 } from '../../../src/domain/registration/pose.ts';
import { normalizeQuat } from '../../../src/domain/registration/quat.ts';
import { inverseTransformPoint } from '../../../src/domain/registration/transform.ts';
import { addScaled, dot, normalize, subtract } from '../../../src/domain/registration/vec3.ts';
import { hitAll, hitNearest } from '../../../src/emulator/geometry/hit-test.ts';
import { intersect } from '../../../src/emulator/geometry/intersect.ts';
import { boundingRadius, type Shape } from '../../../src/emulator/geometry/shape.ts';

const size = fc.double({ min: 0.05, max: 2, noNaN: true });
const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
const point = fc.tuple(coordinate, coordinate, coordinate);
const unit = point.map((p) => normalize(p)).filter((p): p is Vec3 => p !== null);
const orientation = fc
  .tuple(coordinate, coordinate, coordinate, coordinate)
  .map((q) => normalizeQuat(q))
  .filter((q): q is Quat => q !== null);
const pose: fc.Arbitrary<Pose> = fc.record({ position: point, orientation });
const shape: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({ kind: fc.constant('rect' as const), width: size, height: size }),
  fc.record({ kind: fc.constant('box' as const), size: fc.tuple(size, size, size) }),
  fc.record({ kind: fc.constant('cylinder' as const), radius: size, height: size }),
  fc
    .tuple(size, fc.double({ min: 0.1, max: 0.8, noNaN: true }))
    .map(([majorRadius, share]) => ({ kind: 'torus' as const, majorRadius, minorRadius: majorRadius * share })),
);

/** Distance of a local point from the shape's surface; negative inside a solid. */
function signedDistance(s: Shape, [x, y, z]: Vec3): number {
  switch (s.kind) {
    case 'rect':
      return Math.hypot(Math.max(0, Math.abs(x) - s.width / 2), Math.max(0, Math.abs(y) - s.height / 2), z);
    case 'box': {
      const q = [Math.abs(x) - s.size[0] / 2, Math.abs(y) - s.size[1] / 2, Math.abs(z) - s.size[2] / 2] as const;
      return Math.hypot(...q.map((v) => Math.max(v, 0))) + Math.min(0, Math.max(...q));
    }
    case 'cylinder': {
      const q = [Math.hypot(x, z) - s.radius, Math.abs(y) - s.height / 2] as const;
      return Math.hypot(...q.map((v) => Math.max(v, 0))) + Math.min(0, Math.max(...q));
    }
    case 'torus':
      return Math.hypot(Math.hypot(x, z) - s.majorRadius, y) - s.minorRadius;
  }
}

describe('a ray and a shape', () => {
  it('meet on the surface, at the distance told, with a unit normal that faces the ray', () => {
    fc.assert(
      fc.property(shape, pose, point, unit, (s, at, origin, direction) => {
        const hit = intersect({ shape: s, pose: at }, origin, direction);
        if (hit === null) return;
        expect(Math.abs(signedDistance(s, inverseTransformPoint(at, hit.point)))).toBeLessThan(1e-6);
        expect(Math.hypot(...subtract(hit.point, addScaled(origin, direction, hit.distanceM)))).toBeLessThan(1e-9);
        expect(Math.hypot(...hit.normal)).toBeCloseTo(1, 9);
        expect(dot(hit.normal, direction)).toBeLessThan(1e-3);
      }),
      { numRuns: 1500 },
    );
  });

  it('meet nowhere nearer: marching along the ray by the distance to the surface finds the same place', () => {
    fc.assert(
      fc.property(shape, pose, point, unit, (s, at, origin, direction) => {
        const outside = signedDistance(s, inverseTransformPoint(at, origin)) > 1e-3;
        if (!outside || s.kind === 'rect') return;
        const hit = intersect({ shape: s, pose: at }, origin, direction);
        let marched = 0;
        for (let i = 0; i < 3000 && marched < 12; i++) {
          const gap = signedDistance(s, inverseTransformPoint(at, addScaled(origin, direction, marched)));
          if (gap < 1e-9) break;
          marched += gap;
        }
        // A ray that grazes an edge may be told either way.
        if (hit === null) expect(marched > 11.9 || grazes(s, at, origin, direction)).toBe(true);
        else if (!grazes(s, at, origin, direction)) expect(marched).toBeCloseTo(hit.distanceM, 4);
      }),
      { numRuns: 600 },
    );
  });

  it('meet when the ray is aimed at a place on the surface of a ball-like shape', () => {
    fc.assert(
      fc.property(pose, unit, size, (at, from, height) => {
        const s: Shape = { kind: 'cylinder', radius: height, height };
        const origin = addScaled(at.position, from, boundingRadius(s) + 1);
        expect(intersect({ shape: s, pose: at }, origin, [-from[0], -from[1], -from[2]])).not.toBeNull();
      }),
    );
  });

  it('do not meet when the ray starts inside, or the surface is behind it', () => {
    const box = {
      shape: { kind: 'box', size: [1, 1, 1] },
      pose: { position: [0, 0, 0], orientation: [0, 0, 0, 1] },
    } as const;
    expect(intersect(box, [0, 0, 0], [0, 0, -1])).toBeNull();
    expect(intersect(box, [0, 0, 2], [0, 0, 1])).toBeNull();
    expect(intersect(box, [0, 0, 2], [0, 0, -1])?.distanceM).toBeCloseTo(1.5, 12);
  });

  it('meet a rectangle from its front only', () => {
    const rect = {
      shape: { kind: 'rect', width: 1, height: 1 },
      pose: { position: [0, 0, 0], orientation: [0, 0, 0, 1] },
    } as const;
    expect(intersect(rect, [0.2, 0.2, 1], [0, 0, -1])?.normal).toEqual([0, 0, 1]);
    expect(intersect(rect, [0.2, 0.2, -1], [0, 0, 1])).toBeNull();
    expect(intersect(rect, [0.6, 0, 1], [0, 0, -1])).toBeNull();
  });

  it('go through the hole of a ring and meet its rim', () => {
    const ring = {
      shape: { kind: 'torus', majorRadius: 0.12, minorRadius: 0.014 },
      pose: { position: [0, 0, 0], orientation: [0, 0, 0, 1] },
    } as const;
    expect(intersect(ring, [0, 1, 0], [0, -1, 0])).toBeNull();
    expect(intersect(ring, [0.12, 1, 0], [0, -1, 0])?.distanceM).toBeCloseTo(1 - 0.014, 6);
  });
});

/** Whether a ray passes an edge so closely that rounding decides. */
function grazes(s: Shape, at: Pose, origin: Vec3, direction: Vec3): boolean {
  let nearest = Number.POSITIVE_INFINITY;
  for (let t = 0; t < 12; t += 0.002) {
    const gap = signedDistance(s, inverseTransformPoint(at, addScaled(origin, direction, t)));
    if (gap < -1e-3) return false;
    nearest = Math.min(nearest, gap);
  }
  return nearest < 2e-3;
}

describe('a ray and many shapes', () => {
  const wall = (z: number) =>
    ({
      shape: { kind: 'rect', width: 2, height: 2 },
      pose: { position: [0, 0, z], orientation: [0, 0, 0, 1] },
    }) as const;

  it('gives hits from near to far, and a label on its panel once', () => {
    const hits = hitAll([wall(-3), wall(-1), wall(-1.001), wall(-2)], [0, 0, 0], [0, 0, -1]);
    expect(hits.map((hit) => hit.distanceM)).toEqual([1, 2, 3]);
  });

  it('gives the nearest alone on request, and null for none', () => {
    expect(hitNearest([wall(-3), wall(-2)], [0, 0, 0], [0, 0, -1])?.distanceM).toBe(2);
    expect(hitNearest([wall(-3)], [0, 0, 0], [0, 0, 1])).toBeNull();
  });
});
