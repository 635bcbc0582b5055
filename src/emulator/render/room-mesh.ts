import type { Vec3 } from '../../domain/registration/pose.ts';
import type { DecalName, MaterialName, Part, Room } from '../room/room.ts';
import { createLight, type LightAt } from './bake-light.ts';
import { type MeshData, vertexCount } from './mesh-data.ts';
import { type PictureArea, tessellate } from './tessellate.ts';

/** All parts of one material as one lit mesh: what one draw call draws. */
export interface LitMesh {
  readonly material: MaterialName;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly uvs: Float32Array;
  /** Linear tint times light, and the light alone in the fourth place. */
  readonly colors: Float32Array;
  readonly indices: Uint32Array;
}

/** What stands before the walls comes first: pixels that are hidden anyway are then not shaded. */
const DRAWING_ORDER: readonly MaterialName[] = ['decal', 'rubber', 'paint', 'steel', 'wood', 'wall', 'concrete'];

/** Cuts the room into triangles and lights them, one mesh per material. A few hundred milliseconds of work. */
export function buildLitMeshes(room: Room, areas: Readonly<Record<DecalName, PictureArea>>): readonly LitMesh[] {
  const lightAt = createLight(room.parts, room.lamps);
  const byMaterial = new Map<MaterialName, Part[]>();
  for (const part of room.parts) {
    const sameMaterial = byMaterial.get(part.material) ?? [];
    sameMaterial.push(part);
    byMaterial.set(part.material, sameMaterial);
  }
  const sorted = [...byMaterial].sort(([a], [b]) => DRAWING_ORDER.indexOf(a) - DRAWING_ORDER.indexOf(b));
  return sorted.map(([material, parts]) => mergeParts(material, parts, areas, lightAt));
}

function mergeParts(
  material: MaterialName,
  parts: readonly Part[],
  areas: Readonly<Record<DecalName, PictureArea>>,
  lightAt: LightAt,
): LitMesh {
  const pieces = parts.map((part) => {
    const data = tessellate(part, part.decal === null ? null : areas[part.decal]);
    return { data, colors: lightColors(part, data, lightAt) };
  });
  let base = 0;
  const indices = pieces.flatMap(({ data }) => {
    const shifted = data.indices.map((index) => index + base);
    base += vertexCount(data);
    return shifted;
  });
  return {
    material,
    positions: Float32Array.from(pieces.flatMap(({ data }) => data.positions)),
    normals: Float32Array.from(pieces.flatMap(({ data }) => data.normals)),
    uvs: Float32Array.from(pieces.flatMap(({ data }) => data.uvs)),
    colors: Float32Array.from(pieces.flatMap(({ colors }) => colors)),
    indices: Uint32Array.from(indices),
  };
}

function lightColors(part: Part, data: MeshData, lightAt: LightAt): number[] {
  const colors: number[] = [];
  const [r, g, b] = part.tint.map((channel) => channel * channel) as unknown as Vec3;
  for (let i = 0; i < vertexCount(data); i++) {
    const light = lightAt(vectorAt(data.positions, i), vectorAt(data.normals, i));
    const total = light + part.glow;
    colors.push(r * total, g * total, b * total, light);
  }
  return colors;
}

function vectorAt(values: readonly number[], i: number): Vec3 {
  return [values[i * 3] ?? 0, values[i * 3 + 1] ?? 0, values[i * 3 + 2] ?? 0];
}
