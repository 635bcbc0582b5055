import type { Vec3 } from '../registration/pose.ts';

/** Triangles of a mesh in the headset's reference space, metres: x, y, z for each vertex, three indices for each triangle. */
export interface AnnotationMesh {
  readonly positions: Float32Array;
  readonly indices: Uint32Array;
}

/** A polygon round `centre`, in the plane of the unit vectors `right` and `up`. */
export interface Ring {
  readonly centre: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
  /** 0 makes it a point. */
  readonly radiusM: number;
  readonly sides: number;
}

/** Collects closed solids into one mesh. */
export interface MeshWriter {
  /**
   * The solid that is spanned between rings of equally many sides, closed by a lid at either end. The rings follow
   * one another along `right x up`. Fewer than two rings add nothing.
   */
  addSolid(rings: readonly Ring[]): void;
  finish(): AnnotationMesh;
}

export function createMeshWriter(): MeshWriter {
  const positions: number[] = [];
  const indices: number[] = [];

  function addRing({ centre, right, up, radiusM, sides }: Ring): void {
    for (let side = 0; side < sides; side += 1) {
      const angle = (2 * Math.PI * side) / sides;
      const [x, y] = [radiusM * Math.cos(angle), radiusM * Math.sin(angle)];
      for (let i = 0; i < 3; i += 1) {
        positions.push((centre[i] ?? 0) + x * (right[i] ?? 0) + y * (up[i] ?? 0));
      }
    }
  }

  /** The band between two rings whose first vertices are `from` and `to`. */
  function addBand(from: number, to: number, sides: number): void {
    for (let side = 0; side < sides; side += 1) {
      const next = (side + 1) % sides;
      indices.push(from + side, from + next, to + next);
      indices.push(from + side, to + next, to + side);
    }
  }

  /** A fan over a ring; `isEnd`: it looks along the rings' way, else against it. */
  function addLid(ring: number, sides: number, isEnd: boolean): void {
    for (let side = 1; side + 1 < sides; side += 1) {
      if (isEnd) indices.push(ring, ring + side, ring + side + 1);
      else indices.push(ring, ring + side + 1, ring + side);
    }
  }

  function addSolid(rings: readonly Ring[]): void {
    const [first, last] = [rings[0], rings.at(-1)];
    if (first === undefined || last === undefined || rings.length < 2) return;
    const sides = first.sides;
    const base = positions.length / 3;
    for (const ring of rings) addRing(ring);
    for (let i = 0; i + 1 < rings.length; i += 1) addBand(base + i * sides, base + (i + 1) * sides, sides);
    if (first.radiusM > 0) addLid(base, sides, false);
    if (last.radiusM > 0) addLid(base + (rings.length - 1) * sides, sides, true);
  }

  return {
    addSolid,
    finish: () => ({ positions: Float32Array.from(positions), indices: Uint32Array.from(indices) }),
  };
}
