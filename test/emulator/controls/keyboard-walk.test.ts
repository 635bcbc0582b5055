import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/domain/registration/pose.ts';
import { isMovementKey, movementOf } from '../../../src/emulator/controls/keyboard-walk.ts';
import { levelOrientation } from '../../../src/emulator/geometry/orient.ts';
import { createHeadMotion } from '../../../src/emulator/motion/head-motion.ts';
import { WORKSHOP } from '../../../src/emulator/room/workshop/workshop.ts';

const HEAD: Pose = { position: [0, 1.65, 0], orientation: levelOrientation(Math.PI / 2, -0.4) };

describe('walking by keys', () => {
  it('goes where the wearer faces, and stays level', () => {
    const { velocity = [0, 0, 0] } = movementOf(new Set(['KeyW']), HEAD, WORKSHOP.walkable);
    expect(velocity[0]).toBeLessThan(-0.5);
    expect(velocity[1]).toBeCloseTo(0, 12);
    expect(velocity[2]).toBeCloseTo(0, 12);
  });

  it('stands still when opposite keys are held, or none', () => {
    expect(movementOf(new Set(['KeyA', 'KeyD']), HEAD, WORKSHOP.walkable).velocity).toEqual([0, 0, 0]);
    expect(movementOf(new Set(), HEAD, WORKSHOP.walkable).rateRadPerS).toBe(0);
  });

  it('ends at the border of the room', () => {
    const motion = createHeadMotion(HEAD);
    motion.begin(movementOf(new Set(['KeyW']), HEAD, WORKSHOP.walkable), 0);
    expect(motion.poseAt(1e6).position[0]).toBeCloseTo(WORKSHOP.walkable.min[0], 9);
    const there = motion.poseAt(1e6);
    motion.begin(movementOf(new Set(['KeyW']), there, WORKSHOP.walkable), 1e6);
    expect(motion.poseAt(2e6).position[0]).toBeCloseTo(WORKSHOP.walkable.min[0], 6);
  });

  it('knows its keys', () => {
    expect(['KeyW', 'ArrowLeft', 'KeyH', 'Space'].map(isMovementKey)).toEqual([true, true, false, false]);
  });
});
