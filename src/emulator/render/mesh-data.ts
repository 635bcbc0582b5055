import type { Vec3 } from '../../domain/registration/pose.ts';
import { cross, dot, subtract } from '../../domain/registration/vec3.ts';

/** Triangles under construction: flat arrays, three (two for `uvs`) numbers a vertex. */
export interface MeshData {
  readonly positions: number[];
  readonly normals: number[];
  readonly uvs: number[];
  readonly indices: number[];
}

export interface Vertex {
  readonly position: Vec3;
  readonly normal: Vec3;
  readonly uv: readonly [u: number, v: number];
}

export function createMeshData(): MeshData {
  return { positions: [], normals: [], uvs: [], indices: [] };
}

export function vertexCount(data: MeshData): number {
  return data.positions.length / 3;
}

export function addVertex(data: MeshData, vertex: Vertex): number {
  data.positions.push(...vertex.position);
  data.normals.push(...vertex.normal);
  data.uvs.push(...vertex.uv);
  return vertexCount(data) - 1;
}

/** Adds the triangle so that it is counter-clockwise seen from where its normals point. */
export function addTriangle(data: MeshData, a: number, b: number, c: number): void {
  const [pa, pb, pc] = [readVec3(data.positions, a), readVec3(data.positions, b), readVec3(data.positions, c)];
  const face = cross(subtract(pb, pa), subtract(pc, pa));
  const turned = dot(face, readVec3(data.normals, a)) < 0;
  data.indices.push(a, turned ? c : b, turned ? b : c);
}

export function addQuad(data: MeshData, [a, b, c, d]: readonly [number, number, number, number]): void {
  addTriangle(data, a, b, c);
  addTriangle(data, a, c, d);
}

/** A grid of `columns` x `rows` cells whose corners `at` gives for 0..1 in both directions. */
export function addGrid(data: MeshData, columns: number, rows: number, at: (s: number, t: number) => Vertex): void {
  const first = vertexCount(data);
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) addVertex(data, at(column / columns, row / rows));
  }
  const index = (column: number, row: number) => first + row * (columns + 1) + column;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      addQuad(data, [index(column, row), index(column + 1, row), index(column + 1, row + 1), index(column, row + 1)]);
    }
  }
}

function readVec3(values: readonly number[], i: number): Vec3 {
  return [values[i * 3] ?? 0, values[i * 3 + 1] ?? 0, values[i * 3 + 2] ?? 0];
}

/** Joins vertices that are alike in everything, as those where a face meets its bevel. */
export function weld(data: MeshData): MeshData {
  const welded = createMeshData();
  const known = new Map<string, number>();
  const place = Array.from({ length: vertexCount(data) }, (_, i) => {
    const uv = [data.uvs[i * 2] ?? 0, data.uvs[i * 2 + 1] ?? 0] as const;
    const vertex = { position: readVec3(data.positions, i), normal: readVec3(data.normals, i), uv };
    const key = [...vertex.position, ...vertex.normal, ...uv].map((value) => value.toFixed(6)).join();
    const index = known.get(key) ?? addVertex(welded, vertex);
    known.set(key, index);
    return index;
  });
  welded.indices.push(...data.indices.map((index) => place[index] ?? 0));
  return welded;
}
