import { describe, expect, it } from 'vitest';
import type { Pose, Vec3 } from '../../../src/domain/registration/pose.ts';
import { rotate } from '../../../src/domain/registration/quat.ts';
import { inverseTransformPoint } from '../../../src/domain/registration/transform.ts';
import { addScaled, distance, normalize, subtract } from '../../../src/domain/registration/vec3.ts';
import { levelOrientation } from '../../../src/emulator/geometry/orient.ts';
import { handRay } from '../../../src/emulator/motion/hand.ts';

const HEAD: Pose = { position: [0.3, 1.6, 0.1], orientation: levelOrientation(0.5, -0.2) };
const EYE: Vec3 = [-0.0315, 0, 0];
const forward = (pose: Pose) => rotate(pose.orientation, [0, 0, -1]);

describe('the hand', () => {
  it('points its ray at the point it is aimed at, from below and right of the eyes', () => {
    const target: Vec3 = [-0.5, 1.2, -1.2];
    const ray = handRay({ kind: 'point', point: target }, HEAD, EYE);
    const wanted = normalize(subtract(target, ray.position)) ?? [0, 0, 0];
    expect(distance(forward(ray), wanted)).toBeLessThan(1e-9);
    expect(ray.position[1]).toBeLessThan(HEAD.position[1]);
  });

  it('points along the line of sight through a place in the view, so that it meets what is seen there', () => {
    const tangents = [0.2, -0.1] as const;
    const ray = handRay({ kind: 'view', tangents }, HEAD, EYE);
    const far = inverseTransformPoint(HEAD, addScaled(ray.position, forward(ray), 3));
    const [x, y, z] = subtract(far, EYE);
    expect(x / -z).toBeCloseTo(tangents[0], 9);
    expect(y / -z).toBeCloseTo(tangents[1], 9);
  });

  it('rests pointing ahead of the body, however far the head is bowed', () => {
    const bowed = handRay({ kind: 'rest' }, { ...HEAD, orientation: levelOrientation(0.5, -1.2) }, EYE);
    expect(bowed).toEqual(handRay({ kind: 'rest' }, HEAD, EYE));
  });
});
