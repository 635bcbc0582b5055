import type { Vec3 } from '../../domain/registration/pose.ts';
import { rotate } from '../../domain/registration/quat.ts';
import { transformPoint } from '../../domain/registration/transform.ts';
import type { Part } from '../room/room.ts';
import { addGrid, addTriangle, addVertex, createMeshData, type MeshData, vertexCount } from './mesh-data.ts';
import { tessellateBox } from './tessellate-box.ts';

/** How much of a picture a part shows: u and v from the lower left corner, 0..1 of the picture. */
export interface PictureArea {
  readonly u0: number;
  readonly v0: number;
  readonly u1: number;
  readonly v1: number;
}

/** Arcs are cut into pieces of about this length at a radius of 5 cm, shorter ones on thinner things, within the limits below. */
const ARC_M = 0.012;
const REFERENCE_RADIUS_M = 0.05;
const MIN_SEGMENTS = 8;
const MAX_SEGMENTS = 44;
const TORUS_SECTION_SEGMENTS = 8;

/** The part's triangles in the room's frame; uv in metres, or in `area` of a picture for decals. */
export function tessellate(part: Part, area: PictureArea | null): MeshData {
  const local = tessellateLocal(part, area);
  const data = createMeshData();
  for (let i = 0; i < vertexCount(local); i++) {
    const position = triple(local.positions, i);
    const normal = triple(local.normals, i);
    data.positions.push(...transformPoint(part.pose, position));
    data.normals.push(...rotate(part.pose.orientation, normal));
  }
  data.uvs.push(...local.uvs);
  data.indices.push(...local.indices);
  return data;
}

function tessellateLocal(part: Part, area: PictureArea | null): MeshData {
  switch (part.shape.kind) {
    case 'rect':
      return tessellateRect(part.shape.width, part.shape.height, part.cellM, area);
    case 'box':
      return tessellateBox(part.shape.size, part.bevelM, part.cellM);
    case 'cylinder':
      return tessellateCylinder(part.shape.radius, part.shape.height, part.cellM);
    case 'torus':
      return tessellateTorus(part.shape.majorRadius, part.shape.minorRadius);
  }
}

function tessellateRect(width: number, height: number, cellM: number, area: PictureArea | null): MeshData {
  const data = createMeshData();
  addGrid(data, Math.ceil(width / cellM), Math.ceil(height / cellM), (s, t) => ({
    position: [(s - 0.5) * width, (t - 0.5) * height, 0],
    normal: [0, 0, 1],
    uv:
      area === null ? [s * width, t * height] : [area.u0 + s * (area.u1 - area.u0), area.v0 + t * (area.v1 - area.v0)],
  }));
  return data;
}

function tessellateCylinder(radius: number, height: number, cellM: number): MeshData {
  const data = createMeshData();
  const segments = segmentsAround(radius);
  addGrid(data, segments, Math.max(1, Math.ceil(height / cellM)), (s, t) => {
    const normal = around(s);
    return {
      position: [normal[0] * radius, (t - 0.5) * height, normal[2] * radius],
      normal,
      uv: [s * 2 * Math.PI * radius, t * height],
    };
  });
  for (const side of [-1, 1]) addCap(data, radius, (side * height) / 2, segments);
  return data;
}

function addCap(data: MeshData, radius: number, y: number, segments: number): void {
  const normal: Vec3 = [0, Math.sign(y), 0];
  const center = addVertex(data, { position: [0, y, 0], normal, uv: [0, 0] });
  for (let i = 0; i <= segments; i++) {
    const [x, , z] = around(i / segments);
    const rim = addVertex(data, { position: [x * radius, y, z * radius], normal, uv: [x * radius, z * radius] });
    if (i > 0) addTriangle(data, center, rim - 1, rim);
  }
}

function tessellateTorus(majorRadius: number, minorRadius: number): MeshData {
  const data = createMeshData();
  addGrid(data, segmentsAround(majorRadius), TORUS_SECTION_SEGMENTS, (s, t) => {
    const out = around(s);
    const section = t * 2 * Math.PI;
    const normal: Vec3 = [out[0] * Math.cos(section), Math.sin(section), out[2] * Math.cos(section)];
    return {
      position: [
        out[0] * majorRadius + normal[0] * minorRadius,
        normal[1] * minorRadius,
        out[2] * majorRadius + normal[2] * minorRadius,
      ],
      normal,
      uv: [s * 2 * Math.PI * majorRadius, t * 2 * Math.PI * minorRadius],
    };
  });
  return data;
}

function segmentsAround(radius: number): number {
  return Math.max(
    MIN_SEGMENTS,
    Math.min(MAX_SEGMENTS, Math.ceil((2 * Math.PI * Math.sqrt(radius * REFERENCE_RADIUS_M)) / ARC_M)),
  );
}

function around(turn: number): Vec3 {
  const angle = turn * 2 * Math.PI;
  return [Math.cos(angle), 0, Math.sin(angle)];
}

function triple(values: readonly number[], i: number): Vec3 {
  return [values[i * 3] ?? 0, values[i * 3 + 1] ?? 0, values[i * 3 + 2] ?? 0];
}
