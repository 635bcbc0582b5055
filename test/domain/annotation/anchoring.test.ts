import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseAnchor, fromAnchorLocal, toAnchorLocal } from '../../../src/domain/annotation/anchoring.ts';
import { centreOf, type SpaceGeometry } from '../../../src/domain/annotation/geometry.ts';
import type { Vec3 } from '../../../src/domain/registration/pose.ts';
import { composePoses, IDENTITY_POSE, transformPoint } from '../../../src/domain/registration/transform.ts';
import { distance, length } from '../../../src/domain/registration/vec3.ts';
import { number, pose, unitVec3, vec3 } from '../registration/arbitraries.ts';

const geometry: fc.Arbitrary<SpaceGeometry> = fc.oneof(
  fc.record({
    kind: fc.constant('arrow' as const),
    tip: vec3(5),
    towardsTail: unitVec3,
    lengthM: number(0.05, 0.3),
  }),
  fc.record({
    kind: fc.constant('stroke' as const),
    points: fc.array(vec3(5), { minLength: 2, maxLength: 64 }),
    closed: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('dot' as const), point: vec3(5), normal: unitVec3 }),
);

function vectorsOf(shape: SpaceGeometry): readonly Vec3[] {
  switch (shape.kind) {
    case 'arrow':
      return [shape.tip, shape.towardsTail];
    case 'stroke':
      return shape.points;
    case 'dot':
      return [shape.point, shape.normal];
  }
}

describe('anchor coordinates', () => {
  test('lead back to where the annotation was', () => {
    fc.assert(
      fc.property(geometry, pose, (shape, anchor) => {
        const back = fromAnchorLocal(toAnchorLocal(shape, anchor), anchor);
        expect(back.kind).toBe(shape.kind);
        const vectors = vectorsOf(back);
        for (const [i, vector] of vectorsOf(shape).entries()) {
          expect(distance(vector, vectors[i] ?? [9, 9, 9])).toBeLessThan(1e-9);
        }
      }),
    );
  });

  test('move with the anchor, and directions stay unit', () => {
    fc.assert(
      fc.property(geometry, pose, pose, (shape, anchor, drift) => {
        const local = toAnchorLocal(shape, anchor);
        const moved = fromAnchorLocal(local, composePoses(drift, anchor));
        expect(distance(centreOf(moved), transformPoint(drift, centreOf(shape)))).toBeLessThan(1e-6);
        if (moved.kind === 'arrow') expect(length(moved.towardsTail)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('the choice of an anchor', () => {
  const at = (name: string, x: number) => ({ name, pose: { ...IDENTITY_POSE, position: [x, 0, 0] as const } });

  test('takes the nearest within one metre', () => {
    const near = at('near', 0.4);
    expect(chooseAnchor([at('far', 0.9), near, at('other', -0.6)], [0, 0, 0])).toEqual({ kind: 'share', anchor: near });
    expect(chooseAnchor([at('edge', 1)], [0, 0, 0])).toMatchObject({ kind: 'share' });
  });

  test('asks for a new one when there is none within one metre', () => {
    expect(chooseAnchor([at('far', 1.01)], [0, 0, 0])).toEqual({ kind: 'new' });
    expect(chooseAnchor([], [0, 0, 0])).toEqual({ kind: 'new' });
  });
});
