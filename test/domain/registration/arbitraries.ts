import fc from 'fast-check';
import type { Pose, Quat, Vec3 } from '../../../src/domain/registration/pose.ts';
import { fromAxisAngle } from '../../../src/domain/registration/quat.ts';
import { normalize } from '../../../src/domain/registration/vec3.ts';

export const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

export const vec3 = (reach: number): fc.Arbitrary<Vec3> =>
  fc.tuple(number(-reach, reach), number(-reach, reach), number(-reach, reach));

export const unitVec3: fc.Arbitrary<Vec3> = vec3(1)
  .map(normalize)
  .filter((v) => v !== null);

export const unitQuat: fc.Arbitrary<Quat> = fc
  .tuple(unitVec3, number(-Math.PI, Math.PI))
  .map(([axis, angle]) => fromAxisAngle(axis, angle));

export const pose: fc.Arbitrary<Pose> = fc.record({ position: vec3(10), orientation: unitQuat });
