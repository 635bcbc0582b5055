import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../../src/domain/registration/pose.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';
import { cross, dot, normalize, subtract } from '../../../src/domain/registration/vec3.ts';
import { hitNearest } from '../../../src/emulator/geometry/hit-test.ts';
import { createLight } from '../../../src/emulator/render/bake-light.ts';
import { type MeshData, vertexCount } from '../../../src/emulator/render/mesh-data.ts';
import { createOccluder } from '../../../src/emulator/render/occlusion.ts';
import { tessellate } from '../../../src/emulator/render/tessellate.ts';
import { box, cylinder, ring, surface } from '../../../src/emulator/room/build.ts';
import { WORKSHOP } from '../../../src/emulator/room/workshop/workshop.ts';

const at = (values: readonly number[], i: number): Vec3 => [
  values[i * 3] ?? 0,
  values[i * 3 + 1] ?? 0,
  values[i * 3 + 2] ?? 0,
];

const PARTS = [
  ['box', box([0.4, 0.3, 0.2], [1, 2, 3], { bevelM: 0.02, cellM: 0.1 })],
  ['cylinder', cylinder(0.1, 0.5, [1, 2, 3])],
  ['ring', ring([0.2, 0.03], [1, 2, 3])],
  ['rectangle', surface([1, 2], [1, 2, 3], {})],
] as const;

describe.each(PARTS)('the triangles of a %s', (_, part) => {
  const data: MeshData = tessellate(part, null);

  it('have unit normals, and run counter-clockwise as seen from outside', () => {
    for (let i = 0; i < vertexCount(data); i++) expect(Math.hypot(...at(data.normals, i))).toBeCloseTo(1, 9);
    for (let i = 0; i < data.indices.length; i += 3) {
      const [a = 0, b = 0, c = 0] = data.indices.slice(i, i + 3);
      const pa = at(data.positions, a);
      const face = cross(subtract(at(data.positions, b), pa), subtract(at(data.positions, c), pa));
      expect(dot(face, at(data.normals, a))).toBeGreaterThanOrEqual(-1e-12);
    }
  });

  it('use every vertex, and only vertices that exist', () => {
    expect(new Set(data.indices).size).toBe(vertexCount(data));
    expect(Math.max(...data.indices)).toBeLessThan(vertexCount(data));
    expect(data.uvs.length).toBe(vertexCount(data) * 2);
  });
});

describe('the closed shapes', () => {
  it.each(PARTS.slice(0, 3))('have no hole: the %s encloses the volume it should', (_, part) => {
    const data = tessellate({ ...part, bevelM: 0, pose: IDENTITY_POSE }, null);
    let volume = 0;
    for (let i = 0; i < data.indices.length; i += 3) {
      const [a = 0, b = 0, c = 0] = data.indices.slice(i, i + 3);
      volume += dot(at(data.positions, a), cross(at(data.positions, b), at(data.positions, c))) / 6;
    }
    expect(volume / volumeOf(part.shape)).toBeGreaterThan(0.85);
    expect(volume / volumeOf(part.shape)).toBeLessThan(1.0001);
  });
});

function volumeOf(shape: (typeof PARTS)[number][1]['shape']): number {
  switch (shape.kind) {
    case 'box':
      return shape.size[0] * shape.size[1] * shape.size[2];
    case 'cylinder':
      return Math.PI * shape.radius ** 2 * shape.height;
    case 'torus':
      return 2 * Math.PI ** 2 * shape.majorRadius * shape.minorRadius ** 2;
    case 'rect':
      return 0;
  }
}

describe("the room's light", () => {
  const solids = WORKSHOP.parts.filter((part) => part.solid && part.shape.kind !== 'torus');

  it('is kept away by the same things that rays meet', () => {
    const occluded = createOccluder(solids);
    for (let i = 0; i < 3000; i++) {
      const y = 1 - (2 * (i + 0.5)) / 3000;
      const across = Math.sqrt(1 - y * y);
      const direction = normalize([across * Math.cos(i * 2.4), y, across * Math.sin(i * 2.4)]) ?? [0, 0, -1];
      const origin: Vec3 = [0.2, 1.3, 0.1];
      const hit = hitNearest(solids, origin, direction);
      expect(occluded(origin, direction, 20)).toBe(hit !== null);
      if (hit === null) continue;
      expect(occluded(origin, direction, hit.distanceM - 1e-4)).toBe(false);
      expect(occluded(origin, direction, hit.distanceM + 1e-4)).toBe(true);
    }
  });

  it('is brighter on the open bench than under it', () => {
    const lightAt = createLight(WORKSHOP.parts, WORKSHOP.lamps);
    expect(lightAt([-1.5, 0.9, -0.6], [0, 1, 0])).toBeGreaterThan(2 * lightAt([-1.7, 0, -0.9], [0, 1, 0]));
  });
});
