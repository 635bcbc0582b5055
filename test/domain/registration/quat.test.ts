import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Quat } from '../../../src/domain/registration/pose.ts';
import {
  angleBetween,
  conjugate,
  fromAxisAngle,
  multiply,
  normalizeQuat,
  rotate,
  slerp,
} from '../../../src/domain/registration/quat.ts';
import { distance, length } from '../../../src/domain/registration/vec3.ts';
import { number, unitQuat, unitVec3, vec3 } from './arbitraries.ts';

const size = (q: Quat) => Math.hypot(...q);

describe('rotation', () => {
  test('a quarter turn to the left about the vertical takes forward to the left', () => {
    const turned = rotate(fromAxisAngle([0, 1, 0], Math.PI / 2), [0, 0, -1]);
    expect(distance(turned, [-1, 0, 0])).toBeLessThan(1e-12);
  });

  test('a product turns by the right factor first', () => {
    fc.assert(
      fc.property(unitQuat, unitQuat, vec3(5), (a, b, v) => {
        expect(distance(rotate(multiply(a, b), v), rotate(a, rotate(b, v)))).toBeLessThan(1e-9);
      }),
    );
  });

  test('it keeps lengths, and its conjugate undoes it', () => {
    fc.assert(
      fc.property(unitQuat, vec3(5), (q, v) => {
        expect(length(rotate(q, v))).toBeCloseTo(length(v), 9);
        expect(distance(rotate(conjugate(q), rotate(q, v)), v)).toBeLessThan(1e-9);
      }),
    );
  });

  test('a quaternion without a direction cannot be made unit', () => {
    expect(normalizeQuat([0, 0, 0, 0])).toBeNull();
    expect(normalizeQuat([Number.NaN, 0, 0, 1])).toBeNull();
  });
});

describe('slerp', () => {
  test('stays unit, also outside 0..1', () => {
    fc.assert(
      fc.property(unitQuat, unitQuat, number(-2, 3), (a, b, t) => {
        expect(size(slerp(a, b, t))).toBeCloseTo(1, 12);
      }),
    );
  });

  test('starts at the first rotation and ends at the second', () => {
    fc.assert(
      fc.property(unitQuat, unitQuat, (a, b) => {
        expect(angleBetween(slerp(a, b, 0), a)).toBeLessThan(1e-7);
        expect(angleBetween(slerp(a, b, 1), b)).toBeLessThan(1e-7);
      }),
    );
  });

  test('turns at a constant rate about one axis, and goes on so past the end', () => {
    fc.assert(
      fc.property(unitVec3, number(1e-6, 1), number(-1, 2), (axis, angleRad, t) => {
        const expected = fromAxisAngle(axis, angleRad * t);
        expect(angleBetween(slerp([0, 0, 0, 1], fromAxisAngle(axis, angleRad), t), expected)).toBeLessThan(1e-9);
      }),
    );
  });

  test('takes the shorter way when one end has the opposite sign', () => {
    const end = fromAxisAngle([0, 1, 0], 0.4);
    const flipped: Quat = [-end[0], -end[1], -end[2], -end[3]];
    expect(angleBetween(slerp([0, 0, 0, 1], flipped, 0.5), fromAxisAngle([0, 1, 0], 0.2))).toBeLessThan(1e-12);
  });
});
