import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planProbes, probePoints } from '../../../src/domain/annotation/probes.ts';
import { imageDistance, readMark } from '../../../src/domain/annotation/read-mark.ts';
import type { ImagePoint } from '../../../src/domain/annotation/types.ts';
import { length } from '../../../src/domain/registration/vec3.ts';
import { number } from '../registration/arbitraries.ts';
import { ASPECT, circle, line, seen } from './scene.ts';

const probesOf = (points: readonly ImagePoint[]) => probePoints(readMark(seen('ink', points).mark), ASPECT);

test('every mark gets 1 to 9 rays from the camera, with unit directions', () => {
  const points = fc.array(fc.tuple(number(-0.1, 1.1), number(-0.1, 1.1)), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(fc.constantFrom('arrow' as const, 'ink' as const), points, (shape, drawn) => {
      const rays = planProbes(seen(shape, drawn));
      expect(rays.length).toBeGreaterThanOrEqual(1);
      expect(rays.length).toBeLessThanOrEqual(9);
      for (const ray of rays) expect(length(ray.direction)).toBeCloseTo(1, 9);
    }),
  );
});

test('an arrow is probed at its tip first, then close around it', () => {
  const [tip, ...others] = probePoints(readMark(seen('arrow', line([0.3, 0.4], [0.6, 0.4])).mark), ASPECT);
  expect(tip).toEqual([0.3, 0.4]);
  expect(others).toHaveLength(4);
  for (const other of others) expect(imageDistance(other, [0.3, 0.4], ASPECT)).toBeCloseTo(0.015, 9);
});

describe('a loop', () => {
  test('is probed inside, half way out, and not on its outline', () => {
    const probes = probesOf(circle([0.5, 0.5], 0.2));
    expect(probes).toHaveLength(9);
    for (const probe of probes) expect(imageDistance(probe, [0.5, 0.5], ASPECT)).toBeLessThan(0.11);
  });

  test('that is a crescent is probed in its body, though its centre is outside', () => {
    const outer = circle([0.5, 0.5], 0.2, 0.8);
    const inner = circle([0.5, 0.5], 0.17, 0.8).reverse();
    const probes = probesOf([...outer, ...inner]);
    expect(probes.length).toBeGreaterThanOrEqual(5);
    for (const probe of probes) {
      const out = imageDistance(probe, [0.5, 0.5], ASPECT);
      expect(out).toBeGreaterThan(0.165);
      expect(out).toBeLessThan(0.205);
    }
  });
});

describe('a line', () => {
  test('is probed at 9 even places, ends included', () => {
    const probes = probesOf(line([0.1, 0.5], [0.9, 0.5]));
    expect(probes.map(([u]) => Number(u.toFixed(6)))).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
  });

  test('that is short is probed at 5', () => {
    expect(probesOf(line([0.5, 0.5], [0.55, 0.5]))).toHaveLength(5);
  });
});
