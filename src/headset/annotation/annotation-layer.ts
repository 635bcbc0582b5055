import type { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.pure.js';
import { Mesh } from '@babylonjs/core/Meshes/mesh.pure.js';
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import { effect, type ReadonlySignal } from '@preact/signals-core';
import { buildAnnotationMesh } from '../../domain/annotation/mesh.ts';
import type { AnnotationMesh } from '../../domain/annotation/mesh-writer.ts';
import type { Colour } from '../../domain/annotation/types.ts';
import type { CallState } from '../../domain/call/state.ts';
import { type AnnotationGroup, groupAnnotations, isSameGroup } from './annotation-groups.ts';
import { createMarkMaterial } from './mark-material.ts';

export interface AnnotationLayerOptions {
  readonly scene: Scene;
  readonly state: ReadonlySignal<CallState>;
  readonly spaceEpoch: ReadonlySignal<number>;
}

/** On an additive display a mark that can't be trusted is dimmer; it is dashed as well. */
const STALE_BRIGHTNESS = 0.45;

interface DrawnGroup {
  readonly mesh: Mesh;
  group: AnnotationGroup;
}

/**
 * The call's annotations in the room: one mesh for each author and colour, rebuilt only when one of its
 * annotations or their anchors changed. Nothing runs per frame. Returns the removal of all of it.
 */
export function startAnnotationLayer({ scene, state, spaceEpoch }: AnnotationLayerOptions): () => void {
  const drawn = new Map<string, DrawnGroup>();
  const materials = new Map<string, ShaderMaterial>();

  const materialOf = (colour: Colour, stale: boolean): ShaderMaterial => {
    const key = `${colour} ${stale}`;
    const known = materials.get(key);
    if (known !== undefined) return known;
    const material = createMarkMaterial(scene, colour, stale ? STALE_BRIGHTNESS : 1);
    materials.set(key, material);
    return material;
  };

  const draw = (group: AnnotationGroup): void => {
    const known = drawn.get(group.key);
    if (known !== undefined && isSameGroup(known.group, group)) return;
    const mesh = known?.mesh ?? createMarkMesh(scene, group.key, materialOf(group.colour, group.stale));
    setGeometry(mesh, buildAnnotationMesh(group.items));
    drawn.set(group.key, { mesh, group });
  };

  const stop = effect(() => {
    const groups = groupAnnotations(state.value, spaceEpoch.value);
    const wanted = new Set(groups.map((group) => group.key));
    for (const [key, { mesh }] of drawn) {
      if (wanted.has(key)) continue;
      mesh.dispose();
      drawn.delete(key);
    }
    for (const group of groups) draw(group);
  });

  return () => {
    stop();
    for (const { mesh } of drawn.values()) mesh.dispose();
    for (const material of materials.values()) material.dispose();
    drawn.clear();
    materials.clear();
  };
}

export function createMarkMesh(scene: Scene, name: string, material: ShaderMaterial): Mesh {
  const mesh = new Mesh(`annotations ${name}`, scene);
  mesh.material = material;
  // Rays are for panels and surfaces; marks are looked at.
  mesh.isPickable = false;
  mesh.doNotSyncBoundingInfo = true;
  mesh.alwaysSelectAsActiveMesh = true;
  return mesh;
}

export function setGeometry(mesh: Mesh, { positions, indices }: AnnotationMesh): void {
  const data = new VertexData();
  data.positions = positions;
  data.indices = indices;
  data.applyToMesh(mesh, true);
}
