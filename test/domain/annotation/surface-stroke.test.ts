import { describe, expect, test } from 'vitest';
import type { Hit } from '../../../src/domain/annotation/plane-fit.ts';
import { resolveSurfaceStroke, type SurfaceSample } from '../../../src/domain/annotation/surface-stroke.ts';
import type { Vec3 } from '../../../src/domain/registration/pose.ts';
import { distance, normalize, subtract } from '../../../src/domain/registration/vec3.ts';
import { cast, panel } from './scene.ts';

const eye: Vec3 = [0, 1.6, 0];
const hand: Vec3 = [0.2, 1.3, -0.3];
const wall = panel([0, 0, -1.5], [0, 0, 1]);

function towards(target: Vec3, hits: (sample: SurfaceSample) => Hit | null = () => null): SurfaceSample {
  const ray = { origin: hand, direction: normalize(subtract(target, hand)) ?? [0, 0, -1] };
  return { ray, hit: hits({ ray, hit: null }) };
}
const onWall = (target: Vec3) => towards(target, ({ ray }) => cast([wall], ray));
const intoAir = (target: Vec3) => towards(target);

function resolved(...args: Parameters<typeof resolveSurfaceStroke>) {
  const result = resolveSurfaceStroke(...args);
  if (!result.ok) throw new Error(result.code);
  return result.resolution;
}

describe('ink', () => {
  test("is the way of the ray's end, without the points that say nothing", () => {
    const samples = Array.from({ length: 50 }, (_, i) => onWall([i * 0.01, 1.4, -1.5]));
    const { geometry, depthSource, quality } = resolved('ink', samples, eye);
    expect({ depthSource, quality }).toEqual({ depthSource: 'plane', quality: 'good' });
    if (geometry.kind !== 'stroke') throw new Error('not a stroke');
    expect(geometry.points).toHaveLength(2);
    expect(distance(geometry.points[0] ?? eye, [0, 1.4, -1.5])).toBeLessThan(1e-9);
    expect(distance(geometry.points[1] ?? eye, [0.49, 1.4, -1.5])).toBeLessThan(1e-9);
    expect(geometry.closed).toBe(false);
  });

  test('that returns to its start is closed', () => {
    const samples = Array.from({ length: 60 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 59.5;
      return onWall([0.15 * Math.cos(angle), 1.4 + 0.15 * Math.sin(angle), -1.5]);
    });
    expect(resolved('ink', samples, eye).geometry).toMatchObject({ kind: 'stroke', closed: true });
  });

  test('that leaves the surface goes on at the same distance from the hand', () => {
    const samples = [onWall([0, 1.4, -1.5]), onWall([0.1, 1.4, -1.5]), intoAir([0.3, 1.6, -1.5])];
    const { geometry, quality } = resolved('ink', samples, eye);
    if (geometry.kind !== 'stroke') throw new Error('not a stroke');
    const [, lastMet, inAir] = geometry.points;
    expect(distance(inAir ?? hand, hand)).toBeCloseTo(distance(lastMet ?? eye, hand), 9);
    expect(quality).toBe('good');
  });

  test('that starts before the surface starts at the distance where it will meet it', () => {
    const samples = [intoAir([0, 1.4, -1.5]), onWall([0.2, 1.4, -1.5])];
    const { geometry } = resolved('ink', samples, eye);
    if (geometry.kind !== 'stroke') throw new Error('not a stroke');
    expect(distance(geometry.points[0] ?? eye, hand)).toBeCloseTo(distance([0.2, 1.4, -1.5], hand), 9);
  });

  test('in the air is where the ray ends after 1.5 m, and approximate', () => {
    const { centre, depthSource, quality } = resolved('ink', [intoAir([0.2, 1.3, -2])], eye);
    expect(distance(centre, hand)).toBeCloseTo(1.5, 9);
    expect({ depthSource, quality }).toEqual({ depthSource: 'pointer', quality: 'approximate' });
  });

  test('of a hand that holds still is a dot', () => {
    const { geometry } = resolved('ink', [onWall([0, 1.4, -1.5]), onWall([0.004, 1.4, -1.5])], eye);
    expect(geometry).toMatchObject({ kind: 'dot', normal: [0, 0, 1] });
  });
});

describe('an arrow', () => {
  test('touches where the hand selected and leans to where it turned', () => {
    const { geometry } = resolved('arrow', [onWall([0, 1.4, -1.5]), onWall([0.2, 1.4, -1.5])], eye);
    if (geometry.kind !== 'arrow') throw new Error('not an arrow');
    expect(distance(geometry.tip, [0, 1.4, -1.5])).toBeLessThan(1e-9);
    expect(geometry.towardsTail[0]).toBeGreaterThan(0.7);
    expect(geometry.towardsTail[2]).toBeGreaterThan(0.5);
  });

  test("of a hand that holds still stands on the surface, on the hand's side", () => {
    const back = panel([0, 0, -1.5], [0, 0, -1]);
    const sample = towards([0, 1.4, -1.5], ({ ray }) => cast([back], ray));
    const { geometry } = resolved('arrow', [sample], eye);
    if (geometry.kind !== 'arrow') throw new Error('not an arrow');
    expect(geometry.towardsTail[1]).toBeCloseTo(Math.cos((40 * Math.PI) / 180), 9);
    expect(geometry.towardsTail[2]).toBeCloseTo(Math.sin((40 * Math.PI) / 180), 9);
  });
});

describe('refusals', () => {
  test('nothing drawn, too much drawn, or not numbers', () => {
    const sample = onWall([0, 1.4, -1.5]);
    expect(resolveSurfaceStroke('ink', [], eye)).toEqual({ ok: false, code: 'mark-empty' });
    expect(resolveSurfaceStroke('ink', Array(2001).fill(sample), eye)).toEqual({ ok: false, code: 'mark-too-large' });
    const broken: SurfaceSample = { ...sample, hit: { point: [Number.NaN, 0, 0], normal: [0, 0, 1] } };
    expect(resolveSurfaceStroke('ink', [sample, broken], eye)).toEqual({ ok: false, code: 'mark-not-finite' });
  });

  test('beyond 6 m', () => {
    const far = panel([0, 0, -7], [0, 0, 1]);
    const sample = towards([0, 1.4, -7], ({ ray }) => cast([far], ray));
    expect(resolveSurfaceStroke('arrow', [sample], eye)).toEqual({ ok: false, code: 'too-far' });
  });
});
