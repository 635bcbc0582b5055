import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  composePoses,
  inverseTransformPoint,
  invertPose,
  transformPoint,
} from '../../../src/domain/registration/transform.ts';
import { distance, dot, length, perpendicular } from '../../../src/domain/registration/vec3.ts';
import { pose, unitVec3, vec3 } from './arbitraries.ts';

test('a composed pose is one transform after the other', () => {
  fc.assert(
    fc.property(pose, pose, vec3(5), (outer, inner, point) => {
      const inSteps = transformPoint(outer, transformPoint(inner, point));
      expect(distance(transformPoint(composePoses(outer, inner), point), inSteps)).toBeLessThan(1e-9);
    }),
  );
});

test('an inverse pose undoes its pose', () => {
  fc.assert(
    fc.property(pose, vec3(5), (original, point) => {
      expect(distance(transformPoint(invertPose(original), transformPoint(original, point)), point)).toBeLessThan(1e-9);
      expect(distance(inverseTransformPoint(original, transformPoint(original, point)), point)).toBeLessThan(1e-9);
    }),
  );
});

test('a perpendicular is a unit vector at right angles', () => {
  fc.assert(
    fc.property(unitVec3, (axis) => {
      expect(dot(perpendicular(axis), axis)).toBeCloseTo(0, 12);
      expect(length(perpendicular(axis))).toBeCloseTo(1, 12);
    }),
  );
});
