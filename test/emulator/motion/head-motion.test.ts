import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/domain/registration/pose.ts';
import { angleBetween } from '../../../src/domain/registration/quat.ts';
import { distance } from '../../../src/domain/registration/vec3.ts';
import { levelOrientation, yawPitchOf } from '../../../src/emulator/geometry/orient.ts';
import { createHeadMotion } from '../../../src/emulator/motion/head-motion.ts';

const START: Pose = { position: [0, 1.65, 0], orientation: levelOrientation(0, 0) };
const ASIDE: Pose = { position: [0.4, 1.5, -0.2], orientation: levelOrientation(1, -0.3) };
const DEGREE = Math.PI / 180;

describe('the head', () => {
  it('stands where it starts, at any time', () => {
    const motion = createHeadMotion(START);
    expect(motion.poseAt(-1e9)).toEqual(START);
    expect(motion.poseAt(1e9)).toEqual(START);
  });

  it('jumps, and remembers where it was before', () => {
    const motion = createHeadMotion(START);
    motion.jumpTo(ASIDE, 1000);
    expect(motion.poseAt(999.9)).toEqual(START);
    expect(motion.poseAt(1000)).toEqual(ASIDE);
  });

  it('glides at constant speed, ends exactly and stays', () => {
    const motion = createHeadMotion(START);
    motion.glideTo(ASIDE, 1000, 500);
    const half = motion.poseAt(1250);
    expect(distance(half.position, START.position)).toBeCloseTo(distance(ASIDE.position, START.position) / 2, 9);
    const whole = angleBetween(START.orientation, ASIDE.orientation);
    expect(angleBetween(START.orientation, half.orientation)).toBeCloseTo(whole / 2, 9);
    for (const timeMs of [1500, 9000]) {
      expect(distance(motion.poseAt(timeMs).position, ASIDE.position)).toBeLessThan(1e-9);
      expect(angleBetween(motion.poseAt(timeMs).orientation, ASIDE.orientation)).toBeLessThan(1e-7);
    }
  });

  it('turns at the rate asked for, more than half a turn too', () => {
    const motion = createHeadMotion(START);
    motion.begin({ rateRadPerS: 60 * DEGREE, turnMs: 4000 }, 0);
    expect(yawPitchOf(motion.poseAt(1000).orientation).yawRad).toBeCloseTo(60 * DEGREE, 9);
    expect(yawPitchOf(motion.poseAt(4000).orientation).yawRad).toBeCloseTo(-120 * DEGREE, 9);
    expect(motion.poseAt(5000)).toEqual(motion.poseAt(4000));
  });

  it('starts a new movement from where the last one has got to', () => {
    const motion = createHeadMotion(START);
    motion.begin({ velocity: [1, 0, 0], moveMs: 10_000 }, 0);
    motion.begin({}, 500);
    expect(motion.poseAt(2000).position[0]).toBeCloseTo(0.5, 12);
    expect(motion.poseAt(250).position[0]).toBeCloseTo(0.25, 12);
  });

  it('answers for the last half minute after hundreds of movements', () => {
    const motion = createHeadMotion(START);
    for (let i = 0; i < 4000; i++) motion.jumpTo({ ...START, position: [i, 0, 0] }, i * 20);
    expect(motion.poseAt(60_005).position[0]).toBe(3000);
  });
});
