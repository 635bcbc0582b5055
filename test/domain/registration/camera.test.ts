import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CameraProfile,
  documentedHoloLens2Profile,
  project,
  unproject,
} from '../../../src/domain/registration/camera.ts';
import { fromAxisAngle } from '../../../src/domain/registration/quat.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';
import { addScaled, distance, length } from '../../../src/domain/registration/vec3.ts';
import { number, pose, unitQuat, vec3 } from './arbitraries.ts';

const profile: fc.Arbitrary<CameraProfile> = fc.record({
  source: fc.constant('calibrated' as const),
  intrinsics: fc.record({
    focalX: number(0.5, 1.5),
    focalY: number(0.5, 2.5),
    principalX: number(0.4, 0.6),
    principalY: number(0.4, 0.6),
  }),
  eyeToCamera: fc.record({ position: vec3(0.1), orientation: unitQuat }),
  timeOffsetMs: fc.constant(0),
});

describe('the documented HoloLens 2 camera', () => {
  const documented = documentedHoloLens2Profile();

  test('sees 64.69 degrees from edge to edge, in square pixels at 16:9', () => {
    const { focalX, focalY } = documented.intrinsics;
    expect((2 * Math.atan(0.5 / focalX) * 180) / Math.PI).toBeCloseTo(64.69, 9);
    expect(focalX * 1920).toBeCloseTo(focalY * 1080, 9);
  });

  test('shows what is straight ahead in the middle, right at the right and up at the top', () => {
    expect(project([0, 0, -2], IDENTITY_POSE, documented)).toEqual({ kind: 'image', u: 0.5, v: 0.5, depthM: 2 });
    const upAndRight = project([0.5, 0.2, -2], IDENTITY_POSE, documented);
    expect(upAndRight).toMatchObject({ kind: 'image', depthM: 2 });
    if (upAndRight.kind === 'image') {
      expect(upAndRight.u).toBeGreaterThan(0.5);
      expect(upAndRight.v).toBeLessThan(0.5);
    }
  });

  test('does not show what is behind it', () => {
    expect(project([0, 0, 1], IDENTITY_POSE, documented)).toEqual({ kind: 'behind' });
    expect(project([0, 0, 0], IDENTITY_POSE, documented)).toEqual({ kind: 'behind' });
  });
});

test('a camera beside the eyes sees from where it is', () => {
  const shifted: CameraProfile = {
    ...documentedHoloLens2Profile(),
    eyeToCamera: { position: [0.05, 0.04, -0.06], orientation: fromAxisAngle([1, 0, 0], -0.1) },
  };
  const viewer = { position: [1, 1.6, 2], orientation: fromAxisAngle([0, 1, 0], Math.PI / 2) } as const;
  // Turned to -x, the camera's offset to the right becomes -z, its offset forward -x.
  expect(distance(unproject(0.5, 0.5, viewer, shifted).origin, [0.94, 1.64, 1.95])).toBeLessThan(1e-12);
});

test('what a picture shows lies on the ray through that point of it, and the other way round', () => {
  fc.assert(
    fc.property(pose, profile, number(-0.1, 1.1), number(-0.1, 1.1), number(0.2, 6), (viewer, camera, u, v, along) => {
      const ray = unproject(u, v, viewer, camera);
      expect(length(ray.direction)).toBeCloseTo(1, 12);
      const seen = project(addScaled(ray.origin, ray.direction, along), viewer, camera);
      expect(seen.kind).toBe('image');
      if (seen.kind !== 'image') return;
      expect(seen.u).toBeCloseTo(u, 9);
      expect(seen.v).toBeCloseTo(v, 9);
      expect(seen.depthM).toBeLessThanOrEqual(along + 1e-9);
    }),
  );
});
