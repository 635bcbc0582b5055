import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Resolution, resolveMark } from '../../../src/domain/annotation/interpret.ts';
import type { Hit } from '../../../src/domain/annotation/plane-fit.ts';
import { planProbes, type SeenMark } from '../../../src/domain/annotation/probes.ts';
import type { DepthContext } from '../../../src/domain/annotation/surface.ts';
import type { ImagePoint } from '../../../src/domain/annotation/types.ts';
import type { Vec3 } from '../../../src/domain/registration/pose.ts';
import { distance, dot, length } from '../../../src/domain/registration/vec3.ts';
import { number, pose } from '../registration/arbitraries.ts';
import { cast, circle, imageOf, line, type Panel, panel, seededRandom, seen } from './scene.ts';

const wall = panel([0, 0, -2], [0, 0, 1]);
const slope = (deg: number, depthM = 2): Panel =>
  panel([0, 0, -depthM], [0, Math.sin((deg * Math.PI) / 180), Math.cos((deg * Math.PI) / 180)]);

function place(mark: SeenMark, panels: readonly Panel[], context: DepthContext = {}) {
  return resolveMark(
    mark,
    planProbes(mark).map((ray) => cast(panels, ray)),
    context,
  );
}

function placed(mark: SeenMark, panels: readonly Panel[], context: DepthContext = {}): Resolution {
  const result = place(mark, panels, context);
  if (!result.ok) throw new Error(`refused: ${result.code}`);
  return result.resolution;
}

function pointsOf({ geometry }: Resolution): readonly Vec3[] {
  if (geometry.kind !== 'stroke') throw new Error('not a stroke');
  return geometry.points;
}

/** On a wall that faces the camera: 40 degrees off it, from above. */
const FROM_ABOVE = [0, expect.closeTo(0.766, 3), expect.closeTo(0.643, 3)];

describe('an arrow', () => {
  test('touches the marked point with its tip; after a click on what is upright it points down onto it', () => {
    const result = placed(seen('arrow', [imageOf([0.3, 0.2, -2])]), [slope(30)]);
    const { geometry } = result;
    expect(geometry.kind).toBe('arrow');
    if (geometry.kind !== 'arrow') return;
    expect(dot([0, 0.5, Math.cos(Math.PI / 6)], geometry.tip)).toBeCloseTo(-2 * Math.cos(Math.PI / 6), 9);
    // 40 degrees off a slope that leans back by 30: seen from the front it comes from above.
    expect(
      distance(geometry.towardsTail, [0, Math.sin((80 * Math.PI) / 180), Math.cos((80 * Math.PI) / 180)]),
    ).toBeLessThan(1e-9);
    expect(geometry.lengthM).toBeGreaterThan(0.2);
    expect(result).toMatchObject({ depthSource: 'plane', quality: 'good', centre: geometry.tip });
  });

  test('after a click on what lies flat stands along the normal', () => {
    const { geometry } = placed(seen('arrow', [imageOf([0, -0.6, -1.5])]), [panel([0, -0.6, -1.5], [0, 1, 0])]);
    expect(geometry).toMatchObject({ kind: 'arrow', towardsTail: [0, 1, 0] });
  });

  test('that was dragged leans to where it was dragged, and off the surface', () => {
    const { geometry } = placed(seen('arrow', line([0.5, 0.5], [0.8, 0.5])), [wall]);
    if (geometry.kind !== 'arrow') throw new Error('not an arrow');
    expect(length(geometry.towardsTail)).toBeCloseTo(1, 12);
    expect(geometry.towardsTail[0]).toBeGreaterThan(0.7);
    expect(geometry.towardsTail[1]).toBeCloseTo(0, 9);
    expect(geometry.towardsTail[2]).toBeGreaterThan(0.5);
  });

  test('stands towards the camera when the surface turns its back', () => {
    const { geometry } = placed(seen('arrow', [[0.5, 0.5]]), [panel([0, 0, -2], [0, 0, -1])]);
    expect(geometry).toMatchObject({ kind: 'arrow', towardsTail: FROM_ABOVE });
  });

  test('on a surface seen at over 75 degrees keeps its place and faces the camera', () => {
    const grazed = placed(seen('arrow', [[0.5, 0.5]]), [slope(76)]);
    expect(grazed.geometry).toMatchObject({ kind: 'arrow', towardsTail: FROM_ABOVE });
    expect(distance(grazed.centre, [0, 0, -2])).toBeLessThan(1e-9);
    const steep = placed(seen('arrow', [[0.5, 0.5]]), [slope(74)]);
    if (steep.geometry.kind !== 'arrow') throw new Error('not an arrow');
    expect(steep.geometry.towardsTail[1]).toBeGreaterThan(0.9);
  });

  test('whose own ray slips by is laid on the plane that its neighbours met', () => {
    const mark = seen('arrow', [[0.5, 0.5]]);
    const hits = planProbes(mark).map((ray, i) => (i === 0 ? null : cast([slope(30)], ray)));
    const result = resolveMark(mark, hits);
    expect(result.ok && distance(result.resolution.centre, [0, 0, -2])).toBeLessThan(1e-6);
    expect(result).toMatchObject({ ok: true, resolution: { depthSource: 'plane', quality: 'good' } });
  });
});

test('a dot lies on the surface, with its normal', () => {
  const result = placed(seen('ink', [imageOf([0.3, -0.2, -2])]), [wall]);
  expect(result.geometry).toMatchObject({ kind: 'dot', normal: [0, 0, 1] });
  expect(distance(result.centre, [0.3, -0.2, -2])).toBeLessThan(1e-9);
});

describe('a loop', () => {
  const box = panel([0, 0, -1.5], [0, 0, 1], [0.1, 0.1]);

  test('is laid on what is inside it, though its outline runs over what is behind', () => {
    const around = circle(imageOf([0, 0, -1.5]), 0.13);
    const result = placed(seen('ink', around), [box, wall]);
    expect(cast([box, wall], planProbes(seen('arrow', [around[0] ?? [0, 0]]))[0] ?? fail())?.point[2]).toBe(-2);
    for (const point of pointsOf(result)) expect(point[2]).toBeCloseTo(-1.5, 9);
    expect(result.geometry).toMatchObject({ kind: 'stroke', closed: true });
    expect(distance(result.centre, [0, 0, -1.5])).toBeLessThan(0.01);
    expect(result.quality).toBe('good');
  });

  test('follows a tilted surface exactly', () => {
    fc.assert(
      fc.property(number(-55, 55), number(0.4, 0.6), number(0.4, 0.6), (tilt, u, v) => {
        const surface = slope(tilt);
        const result = placed(seen('ink', circle([u, v], 0.05)), [surface]);
        if (result.quality !== 'good') return;
        for (const point of pointsOf(result)) {
          const height = dot(surface.normal, [point[0], point[1], point[2] + 2]);
          expect(Math.abs(height)).toBeLessThan(1e-6);
        }
      }),
    );
  });
});

describe('other ink', () => {
  test('lies on the dominant plane of its hits, also where its own ray met something else', () => {
    // The lower half runs over a small step, 8 cm in front of the wall.
    const step = panel([0, -0.35, -1.92], [0, 0, 1], [0.3, 0.06]);
    const result = placed(seen('ink', line(imageOf([0, 0.5, -2]), imageOf([0, -0.5, -2]))), [step, wall]);
    for (const point of pointsOf(result)) expect(point[2]).toBeCloseTo(-2, 6);
    expect(result.quality).toBe('good');
  });

  test('that leaves the plane the device knows goes on in the same plane', () => {
    const half = panel([-5, 0, -2], [0, 0, 1], [5, 5]);
    const result = placed(seen('ink', line([0.2, 0.5], [0.75, 0.5])), [half]);
    for (const point of pointsOf(result)) expect(point[2]).toBeCloseTo(-2, 6);
    expect(result.quality).toBe('good');
  });

  test('that mostly meets nothing is approximate', () => {
    const sliver = panel([-5, 0, -2], [0, 0, 1], [4.6, 4.6]);
    const result = placed(seen('ink', line([0.2, 0.5], [0.9, 0.5])), [sliver]);
    expect(result).toMatchObject({ depthSource: 'plane', quality: 'approximate' });
  });

  test('looks exactly as it was drawn, whatever it is laid on', () => {
    const drawn: ImagePoint[] = [
      [0.3, 0.4],
      [0.5, 0.6],
      [0.7, 0.4],
      [0.6, 0.2],
    ];
    fc.assert(
      fc.property(pose, number(-80, 80), number(0.5, 4), (viewer, tilt, depth) => {
        const mark = seen('ink', drawn, viewer);
        const [first] = planProbes(mark);
        if (first === undefined) return;
        const result = place(mark, [slope(tilt, depth)]);
        if (!result.ok) return;
        const points = pointsOf(result.resolution);
        for (const [i, [u, v]] of drawn.entries()) {
          const seenAt = imageOf(points[i] ?? [0, 0, 0], viewer);
          expect(seenAt[0]).toBeCloseTo(u, 6);
          expect(seenAt[1]).toBeCloseTo(v, 6);
        }
      }),
    );
  });
});

describe('degenerate surfaces', () => {
  const drawn = line([0.3, 0.5], [0.7, 0.5]);
  const hitsAtDepths = (depths: readonly number[], normal: Vec3 = [0, 0, 1]): Hit[] =>
    planProbes(seen('ink', drawn)).map(({ direction }, i) => {
      const along = (depths[i] ?? 2) / -direction[2];
      return { point: [direction[0] * along, direction[1] * along, direction[2] * along], normal };
    });
  const depthsOf = (hits: readonly Hit[]) => {
    const result = resolveMark(seen('ink', drawn), hits);
    if (!result.ok) throw new Error(result.code);
    return { ...result.resolution, depths: pointsOf(result.resolution).map((point) => -point[2]) };
  };

  test('a jump in depth of over 15 cm: the near cluster counts', () => {
    const { depths, quality } = depthsOf(hitsAtDepths([2, 2, 2, 2, 2, 2, 1.8, 1.8, 1.8]));
    for (const depth of depths) expect(depth).toBeCloseTo(1.8, 6);
    expect(quality).toBe('good');
  });

  test('a single stray in front is not a cluster', () => {
    const { depths } = depthsOf(hitsAtDepths([2, 2, 2, 1.2, 2, 2, 2, 2, 2]));
    for (const depth of depths) expect(depth).toBeCloseTo(2, 6);
  });

  test('a bench seen along its length has no jump, however far its hits are apart', () => {
    const mark = seen('ink', line([0.5, 0.2], [0.5, 0.8]));
    const result = placed(mark, [slope(55)]);
    expect(result.quality).toBe('good');
    const depths = pointsOf(result).map((point) => -point[2]);
    expect(Math.max(...depths) - Math.min(...depths)).toBeGreaterThan(1);
  });

  test('under half of the hits on one plane: a view plane at the median depth, approximate', () => {
    const rough = [2, 2.1, 1.97, 2.14, 2.04, 2.17, 1.93, 2.07, 2.2];
    const { depths, quality, depthSource } = depthsOf(hitsAtDepths(rough));
    const isFlat = depths.every((depth) => Math.abs(depth - 2.07) < 1e-9);
    expect(isFlat).toBe(true);
    expect({ quality, depthSource }).toEqual({ quality: 'approximate', depthSource: 'plane' });
  });

  test('a plane tilted by over 60 degrees: a view plane at the median depth, approximate', () => {
    const mark = seen('ink', line([0.45, 0.5], [0.55, 0.5]));
    const result = placed(mark, [slope(61)]);
    expect(result.quality).toBe('approximate');
    for (const point of pointsOf(result)) expect(point[2]).toBeCloseTo(-2, 6);
    expect(placed(mark, [slope(59)]).quality).toBe('good');
  });

  test('hits in a line and no normals to agree with them: no plane is made up', () => {
    // Normals that point along the stroke: no plane through the hits can have them.
    const { depths, quality } = depthsOf(hitsAtDepths([2, 2, 2, 2, 2, 2, 2, 2, 2], [1, 0, 0]));
    expect(quality).toBe('approximate');
    for (const depth of depths) expect(depth).toBeCloseTo(2, 9);
  });

  test('noise of a few millimetres leaves the plane within it', () => {
    const random = seededRandom(7);
    const noisy = seen('ink', circle([0.5, 0.5], 0.1));
    const hits = planProbes(noisy).flatMap((ray): Hit[] => {
      const hit = cast([slope(30)], ray);
      const [x, y, z] = hit?.point ?? [0, 0, 0];
      const shake = () => (random() - 0.5) * 0.008;
      return hit === null ? [] : [{ point: [x + shake(), y + shake(), z + shake()], normal: hit.normal }];
    });
    const result = resolveMark(noisy, hits);
    if (!result.ok) throw new Error(result.code);
    for (const point of pointsOf(result.resolution)) {
      expect(Math.abs(dot(slope(30).normal, [point[0], point[1], point[2] + 2]))).toBeLessThan(0.005);
    }
  });
});

describe('with no hit at all', () => {
  const mark = seen('ink', line([0.45, 0.5], [0.55, 0.5]));

  test("the wearer's pointer gives the depth, before an earlier mark does", () => {
    const result = placed(mark, [], { pointer: [0.1, 0, -1.2], accepted: [[0, 0, -2.5]] });
    expect(result).toMatchObject({ depthSource: 'pointer', quality: 'approximate' });
    for (const point of pointsOf(result)) expect(point[2]).toBeCloseTo(-1.2, 9);
  });

  test('then the latest mark near there', () => {
    const accepted: Vec3[] = [
      [0, 0, -3],
      [0.1, 0, -2.5],
      [3, 0, -1],
    ];
    const result = placed(mark, [], { pointer: null, accepted });
    expect(result).toMatchObject({ depthSource: 'lastAccepted', quality: 'approximate' });
    for (const point of pointsOf(result)) expect(point[2]).toBeCloseTo(-2.5, 9);
  });

  test('then a plane at 1.5 m', () => {
    const result = placed(mark, [], { pointer: [0, 0, 1], accepted: [[5, 0, -1]] });
    expect(result).toMatchObject({ depthSource: 'assumed', quality: 'approximate' });
    for (const point of pointsOf(result)) expect(point[2]).toBeCloseTo(-1.5, 9);
  });

  test('an arrow is placed all the same, and says that it is approximate', () => {
    expect(placed(seen('arrow', [[0.5, 0.5]]), [])).toMatchObject({
      depthSource: 'assumed',
      quality: 'approximate',
      geometry: { kind: 'arrow', towardsTail: FROM_ABOVE },
    });
  });
});

describe('refusals', () => {
  test('everything that was met is beyond 6 m', () => {
    const far = panel([0, 0, -6.5], [0, 0, 1]);
    expect(place(seen('arrow', [[0.5, 0.5]]), [far])).toEqual({ ok: false, code: 'too-far' });
    expect(place(seen('ink', circle([0.5, 0.5], 0.1)), [far])).toEqual({ ok: false, code: 'too-far' });
  });

  test('everything that was met is behind the camera', () => {
    const mark = seen('arrow', [[0.5, 0.5]]);
    expect(resolveMark(mark, [{ point: [0, 0, 1], normal: [0, 0, 1] }])).toEqual({ ok: false, code: 'behind-camera' });
  });

  test('hits that are not finite or have no normal are no hits', () => {
    const nonsense: Hit[] = [
      { point: [Number.NaN, 0, -1], normal: [0, 0, 1] },
      { point: [0, 0, -1], normal: [0, 0, 0] },
    ];
    expect(resolveMark(seen('arrow', [[0.5, 0.5]]), nonsense)).toMatchObject({
      ok: true,
      resolution: { depthSource: 'assumed' },
    });
  });
});

test('whatever a device answers, a placed mark is finite and within reach', () => {
  const anyHit = fc.option(
    fc.record({
      point: fc.tuple(number(-8, 8), number(-8, 8), number(-8, 8)),
      normal: fc.tuple(number(-1, 1), number(-1, 1), number(-1, 1)),
    }),
  );
  const points = fc.array(fc.tuple(number(-0.1, 1.1), number(-0.1, 1.1)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(
      fc.constantFrom('arrow' as const, 'ink' as const),
      points,
      fc.array(anyHit, { maxLength: 9 }),
      (shape, drawn, hits) => {
        const result = resolveMark(seen(shape, drawn), hits);
        if (!result.ok) return;
        const { geometry, viewDistanceM } = result.resolution;
        expect(viewDistanceM).toBeLessThanOrEqual(6);
        const all =
          geometry.kind === 'stroke' ? geometry.points : geometry.kind === 'arrow' ? [geometry.tip] : [geometry.point];
        for (const point of all) expect(length(point)).toBeLessThanOrEqual(6 + 1e-9);
      },
    ),
  );
});

function fail(): never {
  throw new Error('no ray');
}
