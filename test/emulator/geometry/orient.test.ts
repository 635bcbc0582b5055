import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../../src/domain/registration/pose.ts';
import { rotate } from '../../../src/domain/registration/quat.ts';
import { distance, normalize, subtract } from '../../../src/domain/registration/vec3.ts';
import { levelOrientation, lookRotation, rotationBetween, yawPitchOf } from '../../../src/emulator/geometry/orient.ts';

const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
const point = fc.tuple(coordinate, coordinate, coordinate);
const unit = point.map((p) => normalize(p)).filter((p): p is Vec3 => p !== null);

describe('orientations', () => {
  it('turn one direction into another, opposite ones too', () => {
    fc.assert(
      fc.property(unit, unit, (from, to) => {
        expect(distance(rotate(rotationBetween(from, to), from), to)).toBeLessThan(1e-6);
      }),
    );
    expect(distance(rotate(rotationBetween([0, 1, 0], [0, -1, 0]), [0, 1, 0]), [0, -1, 0])).toBeLessThan(1e-9);
    // Nearly opposite, where a half turn alone would miss by as much as they differ.
    const nearly = normalize([4e-5, -1, 0]) ?? [0, -1, 0];
    expect(distance(rotate(rotationBetween([0, 1, 0], nearly), [0, 1, 0]), nearly)).toBeLessThan(1e-9);
  });

  it('look at a target without roll', () => {
    fc.assert(
      fc.property(point, point, (from, target) => {
        const direction = normalize(subtract(target, from));
        fc.pre(direction !== null && Math.abs(direction[1]) < 0.99);
        const q = lookRotation(from, target);
        expect(distance(rotate(q, [0, 0, -1]), direction)).toBeLessThan(1e-6);
        expect(Math.abs(rotate(q, [1, 0, 0])[1])).toBeLessThan(1e-9);
      }),
    );
  });

  it('tell the yaw and pitch they were made of', () => {
    const angle = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(angle, angle, (yaw, pitch) => {
        const told = yawPitchOf(levelOrientation(yaw, pitch));
        expect(told.yawRad).toBeCloseTo(yaw, 9);
        expect(told.pitchRad).toBeCloseTo(pitch, 9);
      }),
    );
  });
});
