import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  angleToGroup,
  createFollowState,
  headAngles,
  stepFollow,
  wrapAngle,
} from '../../../src/headset/scene/follow.ts';

const RAD = Math.PI / 180;
const head = (over: Partial<Record<'x' | 'y' | 'z' | 'yaw' | 'pitch', number>> = {}) => ({
  x: 0,
  y: 1.6,
  z: 0,
  yaw: 0,
  pitch: 0,
  ...over,
});
const placedAt = (at: ReturnType<typeof head>) => {
  const state = createFollowState();
  stepFollow(state, at, 0);
  return state;
};
const run = (state: ReturnType<typeof createFollowState>, at: ReturnType<typeof head>, seconds: number) => {
  for (let t = 0; t < seconds; t += 1 / 60) stepFollow(state, at, 1 / 60);
};
const angle = fc.double({ min: -180, max: 180, noNaN: true }).map((deg) => deg * RAD);
const place = fc.double({ min: -3, max: 3, noNaN: true });

describe('lazy following', () => {
  it('starts where the head is', () => {
    expect(placedAt(head({ x: 2, yaw: 1, pitch: 0.2 }))).toMatchObject({ x: 2, yaw: 1, pitch: 0.2, moving: false });
  });

  it('does not stir while the head stays within the dead zone', () => {
    const small = fc.record({
      yaw: fc.double({ min: -10.9, max: 10.9, noNaN: true }),
      pitch: fc.double({ min: -6.9, max: 6.9, noNaN: true }),
      x: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(small, { minLength: 1, maxLength: 30 }), (moves) => {
        const state = placedAt(head());
        for (const { yaw, pitch, x } of moves)
          stepFollow(state, head({ yaw: yaw * RAD, pitch: pitch * RAD, x }), 1 / 60);
        return !state.moving && state.yaw === 0 && state.pitch === 0 && state.x === 0;
      }),
    );
  });

  it('comes to rest in front of a head that came to rest anywhere beyond it', () => {
    fc.assert(
      fc.property(angle, fc.double({ min: -45, max: 45, noNaN: true }), place, (yaw, pitchDeg, x) => {
        const state = placedAt(head());
        const to = head({ yaw, pitch: pitchDeg * RAD, x });
        run(state, to, 3);
        return (
          !state.moving &&
          Math.abs(wrapAngle(to.yaw - state.yaw)) <= 11 * RAD &&
          Math.abs(to.pitch - state.pitch) <= 7 * RAD &&
          Math.abs(to.x - state.x) <= 0.15
        );
      }),
    );
  });

  it('takes the short way round, and never overshoots', () => {
    const state = placedAt(head({ yaw: 170 * RAD }));
    const to = head({ yaw: -170 * RAD });
    let before = Math.abs(wrapAngle(to.yaw - state.yaw));
    for (let frame = 0; frame < 120; frame += 1) {
      stepFollow(state, to, 1 / 60);
      const off = Math.abs(wrapAngle(to.yaw - state.yaw));
      expect(off).toBeLessThanOrEqual(before);
      before = off;
    }
    expect(before).toBeLessThan(2 * RAD);
  });

  it('does not depend on the frame rate', () => {
    const at = (fps: number) => {
      const state = placedAt(head());
      for (let frame = 0; frame < fps / 4; frame += 1) stepFollow(state, head({ yaw: 1 }), 1 / fps);
      return state.yaw;
    };
    expect(at(20)).toBeCloseTo(at(120), 6);
  });

  it('is not carried over the head by a look at the ceiling', () => {
    const state = placedAt(head());
    run(state, head({ pitch: 88 * RAD }), 3);
    expect(state.pitch).toBeLessThanOrEqual(50 * RAD + 1e-9);
  });
});

describe('angles of a head', () => {
  it('are those of yaw about up, then pitch about right', () => {
    fc.assert(
      fc.property(angle, fc.double({ min: -80, max: 80, noNaN: true }), (yaw, pitchDeg) => {
        const pitch = pitchDeg * RAD;
        const [cy, sy, cp, sp] = [Math.cos(yaw / 2), Math.sin(yaw / 2), Math.cos(pitch / 2), Math.sin(pitch / 2)];
        const out = head();
        headAngles(out, cy * sp, sy * cp, -sy * sp, cy * cp);
        return Math.abs(wrapAngle(out.yaw - yaw)) < 1e-6 && Math.abs(out.pitch - pitch) < 1e-6;
      }),
    );
  });

  it('tell how far the group is from where the head looks', () => {
    const state = placedAt(head());
    expect(angleToGroup(state, head(), 0.9)).toBeCloseTo(0, 6);
    expect(angleToGroup(state, head({ yaw: 90 * RAD }), 0.9)).toBeCloseTo(90 * RAD, 6);
    expect(angleToGroup(state, head({ z: -1.8 }), 0.9)).toBeCloseTo(Math.PI, 6);
  });
});
