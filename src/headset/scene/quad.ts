import { Mesh } from '@babylonjs/core/Meshes/mesh.pure.js';
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';

/** A unit square in the xy plane around its origin, facing +z, with u to the right and v up. */
export function createQuad(name: string, scene: Scene): Mesh {
  const data = new VertexData();
  data.positions = [-0.5, -0.5, 0, 0.5, -0.5, 0, 0.5, 0.5, 0, -0.5, 0.5, 0];
  data.uvs = [0, 0, 1, 0, 1, 1, 0, 1];
  data.indices = [0, 1, 2, 0, 2, 3];
  return finish(name, data, scene);
}

/** Two crossed strips from the origin along -z, one metre long and one wide: a beam seen from every side. */
export function createBeam(name: string, scene: Scene): Mesh {
  const data = new VertexData();
  data.positions = [-0.5, 0, 0, 0.5, 0, 0, 0.5, 0, -1, -0.5, 0, -1, 0, -0.5, 0, 0, 0.5, 0, 0, 0.5, -1, 0, -0.5, -1];
  data.uvs = [0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1];
  data.indices = [0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7];
  return finish(name, data, scene);
}

function finish(name: string, data: VertexData, scene: Scene): Mesh {
  const mesh = new Mesh(name, scene);
  data.applyToMesh(mesh);
  // Rays are tested against the panels' layout, never against triangles.
  mesh.isPickable = false;
  return mesh;
}
