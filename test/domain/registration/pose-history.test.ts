import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pose, Vec3 } from '../../../src/domain/registration/pose.ts';
import { createPoseHistory, type PoseHistory } from '../../../src/domain/registration/pose-history.ts';
import { angleBetween, fromAxisAngle } from '../../../src/domain/registration/quat.ts';
import { createMutablePose } from '../../../src/domain/registration/transform.ts';
import { addScaled, distance } from '../../../src/domain/registration/vec3.ts';
import { number, unitVec3, vec3 } from './arbitraries.ts';

const STEP_MS = 1000 / 60;

/** A head that turns and walks at a constant rate. */
function headAt(timeMs: number, axis: Vec3, radPerSecond: number, velocity: Vec3): Pose {
  const seconds = timeMs / 1000;
  return {
    position: addScaled([0, 1.6, 0], velocity, seconds),
    orientation: fromAxisAngle(axis, radPerSecond * seconds),
  };
}

function filled(seconds: number, pose: (timeMs: number) => Pose): PoseHistory {
  const history = createPoseHistory();
  for (let i = 0; i <= seconds * 60; i += 1) history.push(i * STEP_MS, pose(i * STEP_MS), true, 1);
  return history;
}

const still: Pose = { position: [0, 1.6, 0], orientation: [0, 0, 0, 1] };

describe('between samples', () => {
  test('a steady turn is met exactly, and up to 34 ms after the newest sample too', () => {
    fc.assert(
      fc.property(unitVec3, number(-1.2, 1.2), vec3(1), number(0, 1033.9), (axis, radPerSecond, velocity, timeMs) => {
        const history = filled(1, (t) => headAt(t, axis, radPerSecond, velocity));
        const found = history.at(timeMs);
        const truth = headAt(timeMs, axis, radPerSecond, velocity);
        expect(found.ok).toBe(true);
        if (!found.ok) return;
        expect(angleBetween(found.pose.orientation, truth.orientation)).toBeLessThan(1e-9);
        expect(distance(found.pose.position, truth.position)).toBeLessThan(1e-9);
      }),
    );
  });

  test('the caller may reuse what it pushed, and the answer names the space', () => {
    const history = createPoseHistory();
    const scratch = createMutablePose();
    history.push(0, scratch, true, 7);
    scratch.position[0] = 1;
    history.push(10, scratch, true, 7);
    scratch.position[0] = 99;
    expect(history.at(5)).toMatchObject({ ok: true, pose: { position: [0.5, 0, 0] }, spaceEpoch: 7 });
    expect(history.newestTimeMs()).toBe(10);
  });

  test('`sampleInto` leaves its target alone when it refuses', () => {
    const out = createMutablePose();
    out.position[0] = 5;
    expect(filled(1, () => still).sampleInto(out, 5000)).toBe('frame-not-yet');
    expect(out.position[0]).toBe(5);
  });
});

describe('what it remembers', () => {
  test('ten seconds at 60 Hz, and then refuses what is older', () => {
    const history = filled(30, () => still);
    expect(history.at(20_000).ok).toBe(true);
    expect(history.at(5000)).toEqual({ ok: false, code: 'frame-too-old' });
  });

  test('the samples stay right when the ring has gone round', () => {
    const history = createPoseHistory(8);
    for (let i = 0; i < 21; i += 1) history.push(i * 10, { ...still, position: [i, 0, 0] }, true, 1);
    for (let i = 13; i < 21; i += 1) {
      expect(history.at(i * 10)).toMatchObject({ ok: true, pose: { position: [i, 0, 0] } });
    }
    expect(history.at(129)).toEqual({ ok: false, code: 'frame-too-old' });
  });

  test('no sample that is not newer, and none that is not finite', () => {
    const history = createPoseHistory();
    expect(history.push(10, still, true, 1)).toBe(true);
    expect(history.push(10, still, true, 1)).toBe(false);
    expect(history.push(5, still, true, 1)).toBe(false);
    expect(history.push(Number.NaN, still, true, 1)).toBe(false);
    expect(history.push(20, { ...still, position: [Number.NaN, 0, 0] }, true, 1)).toBe(false);
    expect(history.newestTimeMs()).toBe(10);
  });
});

describe('refusals', () => {
  test('nothing is known before the first sample, or well after the last', () => {
    expect(createPoseHistory().at(0)).toEqual({ ok: false, code: 'frame-not-yet' });
    expect(filled(1, () => still).at(1035)).toEqual({ ok: false, code: 'frame-not-yet' });
    expect(filled(1, () => still).at(Number.NaN)).toEqual({ ok: false, code: 'frame-not-yet' });
  });

  test('one sample has no velocity to go on with, but answers for its own time', () => {
    const history = createPoseHistory();
    history.push(100, still, true, 1);
    expect(history.at(100).ok).toBe(true);
    expect(history.at(101)).toEqual({ ok: false, code: 'frame-not-yet' });
  });

  test('a gap of more than 50 ms is not bridged while the head moves; its two ends are known', () => {
    const history = createPoseHistory();
    const moving = (timeMs: number) => headAt(timeMs, [0, 1, 0], 0.5, [0, 0, 0]);
    for (const timeMs of [0, 50, 101]) history.push(timeMs, moving(timeMs), true, 1);
    expect(history.at(25).ok).toBe(true);
    expect(history.at(75)).toEqual({ ok: false, code: 'pose-gap' });
    expect(history.at(50).ok).toBe(true);
    expect(history.at(101).ok).toBe(true);
    expect(history.at(110)).toEqual({ ok: false, code: 'pose-gap' });
  });

  test('a head that was at the same place before and after a quarter of a second kept still in between', () => {
    const history = createPoseHistory();
    for (const timeMs of [0, 250]) history.push(timeMs, still, true, 1);
    expect(history.at(125)).toEqual({ ok: true, pose: still, spaceEpoch: 1 });
    history.push(501, still, true, 1);
    expect(history.at(375)).toEqual({ ok: false, code: 'pose-gap' });
    history.push(600, { ...still, position: [0.01, 1.6, 0] }, true, 1);
    expect(history.at(550)).toEqual({ ok: false, code: 'pose-gap' });
    history.push(700, { position: [0.01, 1.6, 0], orientation: fromAxisAngle([0, 1, 0], 0.01) }, true, 1);
    expect(history.at(650)).toEqual({ ok: false, code: 'pose-gap' });
  });

  test('lost tracking has no pose, on either side of the time asked for', () => {
    const history = createPoseHistory();
    history.push(0, still, true, 1);
    history.push(16, still, false, 1);
    expect(history.at(20)).toEqual({ ok: false, code: 'tracking-lost' });
    history.push(32, still, true, 1);
    history.push(48, still, true, 1);
    expect(history.at(8)).toEqual({ ok: false, code: 'tracking-lost' });
    expect(history.at(16)).toEqual({ ok: false, code: 'tracking-lost' });
    expect(history.at(24)).toEqual({ ok: false, code: 'tracking-lost' });
    expect(history.at(40).ok).toBe(true);
  });

  test('everything before a reset of the space is refused, and what lies across it', () => {
    const history = createPoseHistory();
    for (const [i, epoch] of [1, 1, 2, 2].entries()) history.push(i * 16, still, true, epoch);
    expect(history.at(8)).toEqual({ ok: false, code: 'space-reset' });
    expect(history.at(24)).toEqual({ ok: false, code: 'space-reset' });
    expect(history.at(40)).toMatchObject({ ok: true, spaceEpoch: 2 });
  });

  test('a velocity across a reset is not used', () => {
    const history = createPoseHistory();
    history.push(0, still, true, 1);
    history.push(16, still, true, 2);
    expect(history.at(20)).toEqual({ ok: false, code: 'space-reset' });
  });
});

test('two samples at nearly one time do not throw the extrapolated pose away', () => {
  const history = createPoseHistory();
  history.push(0, still, true, 1);
  history.push(16, still, true, 1);
  history.push(16.1, { ...still, position: [0.001, 1.6, 0] }, true, 1);
  const found = history.at(50);
  expect(found.ok && Math.abs(found.pose.position[0])).toBeLessThan(0.01);
});
