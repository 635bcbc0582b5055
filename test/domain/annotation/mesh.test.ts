import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildAnnotationMesh, type MeshItem } from '../../../src/domain/annotation/mesh.ts';
import type { AnnotationMesh } from '../../../src/domain/annotation/mesh-writer.ts';
import type { AnnotationGeometry } from '../../../src/domain/annotation/types.ts';
import type { Vec3 } from '../../../src/domain/registration/pose.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';
import { cross, distance, dot } from '../../../src/domain/registration/vec3.ts';
import { vec3 } from '../registration/arbitraries.ts';

const item = (geometry: AnnotationGeometry, dashed = false): MeshItem => ({
  geometry,
  anchorPose: IDENTITY_POSE,
  dashed,
});
const stroke = (points: readonly Vec3[], closed = false): AnnotationGeometry => ({ kind: 'stroke', points, closed });
const straight = stroke([
  [0, 0, -1],
  [0.5, 0, -1],
]);
const arrow: AnnotationGeometry = { kind: 'arrow', tip: [0, 0, -1], towardsTail: [0, 1, 0], lengthM: 0.2 };
const dot3: AnnotationGeometry = { kind: 'dot', point: [0, 0, -1], normal: [0, 0, 1] };

function triangles({ positions, indices }: AnnotationMesh): [Vec3, Vec3, Vec3][] {
  const at = (i: number): Vec3 => [positions[3 * i] ?? NaN, positions[3 * i + 1] ?? NaN, positions[3 * i + 2] ?? NaN];
  return Array.from({ length: indices.length / 3 }, (_, i) => [
    at(indices[3 * i] ?? -1),
    at(indices[3 * i + 1] ?? -1),
    at(indices[3 * i + 2] ?? -1),
  ]);
}

/** The volume that the triangles enclose: positive only when they are closed and wound outwards. */
function volume(mesh: AnnotationMesh): number {
  return triangles(mesh).reduce((sum, [a, b, c]) => sum + dot(a, cross(b, c)) / 6, 0);
}

/** Every edge is walked in both directions: nothing is open. Corners in one place (an arrow's tip) are one. */
function isClosed(mesh: AnnotationMesh): boolean {
  const edges = new Set<string>();
  for (const triangle of triangles(mesh)) {
    const corners = triangle.map((corner) => corner.join(','));
    for (const [k, from] of corners.entries()) edges.add(`${from}>${corners[(k + 1) % 3]}`);
  }
  return [...edges].every((edge) => edges.has(edge.split('>').reverse().join('>')));
}

function lengthsFrom(mesh: AnnotationMesh, index: 0 | 1 | 2): readonly number[] {
  return Array.from(mesh.positions).filter((_, i) => i % 3 === index);
}

describe('a stroke', () => {
  test('is a closed tube of 5 mm, as long as the stroke', () => {
    const mesh = buildAnnotationMesh([item(straight)]);
    expect(isClosed(mesh)).toBe(true);
    const hexagon = 1.5 * Math.sqrt(3) * 0.0025 ** 2;
    expect(volume(mesh)).toBeCloseTo(hexagon * 0.5, 9);
    expect(Math.max(...lengthsFrom(mesh, 0))).toBeCloseTo(0.5, 6);
  });

  test('never twists or opens, whatever way it takes, and stays within its radius of it', () => {
    fc.assert(
      fc.property(fc.array(vec3(1), { minLength: 2, maxLength: 20 }), (points) => {
        const mesh = buildAnnotationMesh([item(stroke(points))]);
        expect(Array.from(mesh.positions).every(Number.isFinite)).toBe(true);
        for (const corner of triangles(mesh).flat()) {
          const nearest = Math.min(...points.map((point) => distance(point, corner)));
          expect(nearest).toBeLessThan(0.00251);
        }
      }),
    );
  });

  test('of points that are all one is nothing', () => {
    const same: Vec3 = [0, 0, -1];
    expect(buildAnnotationMesh([item(stroke([same, same, same]))]).indices).toHaveLength(0);
  });

  test('that is closed has one more side', () => {
    const corners: Vec3[] = [
      [0, 0, -1],
      [0.1, 0, -1],
      [0.1, 0.1, -1],
    ];
    const [open, closed] = [false, true].map((isLoop) => buildAnnotationMesh([item(stroke(corners, isLoop))]));
    expect((closed?.positions.length ?? 0) - (open?.positions.length ?? 0)).toBe(3 * 6);
  });

  test('that is dashed has 3 cm of tube and 2 cm of nothing, in turn', () => {
    const mesh = buildAnnotationMesh([item(straight, true)]);
    expect(isClosed(mesh)).toBe(true);
    const hexagon = 1.5 * Math.sqrt(3) * 0.0025 ** 2;
    expect(volume(mesh)).toBeCloseTo(hexagon * 0.3, 8);
    const isInGap = lengthsFrom(mesh, 0).some((x) => x % 0.05 > 0.0301 && x % 0.05 < 0.0499);
    expect(isInGap).toBe(false);
  });
});

describe('an arrow', () => {
  test('is a closed solid from its tip to its tail', () => {
    const mesh = buildAnnotationMesh([item(arrow)]);
    expect(isClosed(mesh)).toBe(true);
    expect(volume(mesh)).toBeGreaterThan(0);
    expect(Math.min(...lengthsFrom(mesh, 1))).toBeCloseTo(0, 6);
    expect(Math.max(...lengthsFrom(mesh, 1))).toBeCloseTo(0.2, 6);
  });
});

test('a dot is a closed disc that lies on its point', () => {
  const mesh = buildAnnotationMesh([item(dot3)]);
  expect(isClosed(mesh)).toBe(true);
  expect(volume(mesh)).toBeGreaterThan(0);
  expect(Math.min(...lengthsFrom(mesh, 2))).toBeCloseTo(-1, 6);
});

test('many annotations become one mesh, each at its own anchor', () => {
  const moved: MeshItem = { ...item(arrow), anchorPose: { position: [5, 0, 0], orientation: [0, 0, 0, 1] } };
  const parts = [item(straight), moved, item(dot3, true)];
  const whole = buildAnnotationMesh(parts);
  const apart = parts.map((part) => buildAnnotationMesh([part]));
  expect(whole.positions.length).toBe(apart.reduce((sum, mesh) => sum + mesh.positions.length, 0));
  expect(volume(whole)).toBeCloseTo(
    apart.reduce((sum, mesh) => sum + volume(mesh), 0),
    12,
  );
  expect(Math.max(...lengthsFrom(whole, 0))).toBeGreaterThan(4.9);
  expect(Math.max(...whole.indices)).toBeLessThan(whole.positions.length / 3);
});

test('20 strokes of 64 points stay well below 100,000 triangles', () => {
  const wavy = stroke(Array.from({ length: 64 }, (_, i): Vec3 => [i * 0.01, Math.sin(i) * 0.02, -1]));
  const mesh = buildAnnotationMesh(Array.from({ length: 20 }, () => item(wavy)));
  expect(mesh.indices.length / 3).toBeLessThan(20_000);
});
