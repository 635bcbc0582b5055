import type { Vec3 } from '../../domain/registration/pose.ts';
import { addGrid, addTriangle, addVertex, createMeshData, type MeshData, type Vertex, weld } from './mesh-data.ts';

/** A bevel never takes more than this part of a box's thinnest side. */
const MAX_BEVEL_SHARE = 0.45;
const AXES = [0, 1, 2] as const;
const SIGNS = [-1, 1] as const;
type Axis = (typeof AXES)[number];

/** A box whose edges are chamfered and shaded round, so that they catch the light as real ones do. */
export function tessellateBox(size: Vec3, bevelM: number, cellM: number): MeshData {
  const bevel = Math.min(bevelM, Math.min(...size) * MAX_BEVEL_SHARE);
  const half: Vec3 = [size[0] / 2, size[1] / 2, size[2] / 2];
  const inner: Vec3 = [half[0] - bevel, half[1] - bevel, half[2] - bevel];
  const data = createMeshData();
  for (const axis of AXES) for (const sign of SIGNS) addFace(data, { axis, sign, half, inner, cellM });
  for (const along of AXES) addEdges(data, along, { half, inner, cellM });
  addCorners(data, half, inner);
  return weld(data);
}

interface Face {
  readonly axis: Axis;
  readonly sign: number;
  readonly half: Vec3;
  readonly inner: Vec3;
  readonly cellM: number;
}

function addFace(data: MeshData, { axis, sign, half, inner, cellM }: Face): void {
  const [a, b] = othersOf(axis);
  addGrid(data, Math.ceil((2 * inner[a]) / cellM), Math.ceil((2 * inner[b]) / cellM), (s, t) => {
    const position: [number, number, number] = [0, 0, 0];
    position[axis] = sign * half[axis];
    position[a] = (2 * s - 1) * inner[a];
    position[b] = (2 * t - 1) * inner[b];
    return onFace(position, axis, sign);
  });
}

/** Cut as finely as the faces beside them, or hairline gaps would open between the two. */
function addEdges(data: MeshData, along: Axis, { half, inner, cellM }: Omit<Face, 'axis' | 'sign'>): void {
  const [a, b] = othersOf(along);
  for (const signA of SIGNS) {
    for (const signB of SIGNS) {
      addGrid(data, Math.ceil((2 * inner[along]) / cellM), 1, (s, t) => {
        const position: [number, number, number] = [0, 0, 0];
        position[along] = (2 * s - 1) * inner[along];
        position[a] = signA * (t === 0 ? half[a] : inner[a]);
        position[b] = signB * (t === 0 ? inner[b] : half[b]);
        return t === 0 ? onFace(position, a, signA) : onFace(position, b, signB);
      });
    }
  }
}

function addCorners(data: MeshData, half: Vec3, inner: Vec3): void {
  for (const sx of SIGNS) {
    for (const sy of SIGNS) {
      for (const sz of SIGNS) {
        const signs = [sx, sy, sz] as const;
        const [i, j, k] = AXES.map((axis) => {
          const position: [number, number, number] = [sx * inner[0], sy * inner[1], sz * inner[2]];
          position[axis] = signs[axis] * half[axis];
          return addVertex(data, onFace(position, axis, signs[axis]));
        });
        if (i !== undefined && j !== undefined && k !== undefined) addTriangle(data, i, j, k);
      }
    }
  }
}

function onFace(position: Vec3, axis: Axis, sign: number): Vertex {
  const normal: [number, number, number] = [0, 0, 0];
  normal[axis] = sign;
  const [a, b] = axis === 0 ? [2, 1] : axis === 1 ? [0, 2] : [0, 1];
  return { position, normal, uv: [position[a] ?? 0, position[b] ?? 0] };
}

function othersOf(axis: Axis): readonly [Axis, Axis] {
  return axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1];
}
