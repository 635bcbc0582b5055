import { describe, expect, it } from 'vitest';
import { distance, dot, normalize, subtract } from '../../../src/domain/registration/vec3.ts';
import { hitAll, hitNearest } from '../../../src/emulator/geometry/hit-test.ts';
import { WORKSHOP } from '../../../src/emulator/room/workshop/workshop.ts';

const solids = WORKSHOP.parts.filter((part) => part.solid);
const eye = WORKSHOP.start.position;
const directionTo = (point: readonly [number, number, number]) => normalize(subtract(point, eye)) ?? [0, 0, -1];

describe('the workshop', () => {
  it('has at least six landmarks with names of their own, most of them on flat surfaces', () => {
    expect(new Set(WORKSHOP.landmarks.map((mark) => mark.name)).size).toBe(WORKSHOP.landmarks.length);
    expect(WORKSHOP.landmarks.filter((mark) => mark.planar).length).toBeGreaterThanOrEqual(6);
  });

  it.each(WORKSHOP.landmarks)(
    'shows its landmark $name to the wearer from 1 to 2 m, on the surface and with its normal',
    (mark) => {
      const hit = hitNearest(solids, eye, directionTo(mark.position));
      expect(distance(mark.position, eye)).toBeGreaterThan(1);
      expect(distance(mark.position, eye)).toBeLessThan(2);
      expect(hit).not.toBeNull();
      expect(distance(hit?.point ?? [0, 0, 0], mark.position)).toBeLessThan(0.001);
      expect(dot(hit?.normal ?? [0, 0, 0], mark.normal)).toBeGreaterThan(0.999);
    },
  );

  it.each(WORKSHOP.landmarks.filter((mark) => mark.planar))('keeps flat ground of 2 cm around $name', (mark) => {
    for (const [dx, dy, dz] of [
      [0.02, 0, 0],
      [-0.02, 0, 0],
      [0, 0.02, 0],
      [0, -0.02, 0],
      [0, 0, 0.02],
      [0, 0, -0.02],
    ] as const) {
      const along = dx * mark.normal[0] + dy * mark.normal[1] + dz * mark.normal[2];
      const beside = [
        mark.position[0] + dx - along * mark.normal[0],
        mark.position[1] + dy - along * mark.normal[1],
        mark.position[2] + dz - along * mark.normal[2],
      ] as const;
      const hit = hitNearest(solids, eye, directionTo(beside));
      expect(Math.abs(dot(subtract(hit?.point ?? [9, 9, 9], mark.position), mark.normal))).toBeLessThan(1e-6);
    }
  });

  it('is closed: from the start every direction meets a surface', () => {
    for (let i = 0; i < 2000; i++) {
      // Fibonacci directions over the whole sphere.
      const y = 1 - (2 * (i + 0.5)) / 2000;
      const angle = i * Math.PI * (3 - Math.sqrt(5));
      const across = Math.sqrt(1 - y * y);
      expect(hitNearest(solids, eye, [across * Math.cos(angle), y, across * Math.sin(angle)])).not.toBeNull();
    }
  });

  it('offers its large planes alone, so that the valve is missed and the wall behind it is met', () => {
    const valve = WORKSHOP.landmarks.find((mark) => mark.name === 'valve');
    const first = hitAll(WORKSHOP.planes, eye, directionTo(valve?.position ?? [0, 0, 0]))[0];
    expect(first?.point[2]).toBeCloseTo(-1.95, 6);
  });

  it('lays each of its planes on a solid surface', () => {
    for (const plane of WORKSHOP.planes) {
      const [nx, ny, nz] = hitNearest([plane], eye, directionTo(plane.pose.position))?.normal ?? [0, 0, 0];
      const [x, y, z] = plane.pose.position;
      const before = [x + nx * 0.5, y + ny * 0.5, z + nz * 0.5] as const;
      const meets = hitAll(solids, before, [-nx, -ny, -nz]);
      expect(
        meets.some((hit) => Math.abs(hit.distanceM - 0.5) < 0.001),
        plane.name,
      ).toBe(true);
    }
  });
});
