import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure.js';
import { Vector3 } from '@babylonjs/core/Maths/math.vector.pure.js';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.pure.js';
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import { AdvancedDynamicTexture } from '@babylonjs/gui/2D/advancedDynamicTexture.js';
import { DRAW_ORDER } from '../scene/draw-order.ts';
import { createQuad } from '../scene/quad.ts';
import { createTexturedMaterial } from '../scene/unlit-material.ts';
import { drawPanel, PX_PER_MM, type TargetFeel } from './draw.ts';
import { placementOf, placeOnSphere } from './placement.ts';
import type { PanelLayout, Target } from './sheet.ts';

/** How far a pressed panel sinks. */
const SINK_M = 0.004;
/** Sinks and rises within 80 ms: felt as a press, over before the hand is open again. */
const SINK_SPEED_M_PER_S = 0.05;

/** One panel of the room: one plane, one texture, one draw call per eye. */
export interface PanelPlane {
  readonly mesh: Mesh;
  readonly layout: () => PanelLayout;
  show(layout: PanelLayout): void;
  feel(target: Target | null, feel: TargetFeel): void;
  /** Lets the plate sink and rise; allocates nothing. */
  step(deltaS: number): void;
  dispose(): void;
}

export function createPanelPlane(first: PanelLayout, parent: TransformNode, scene: Scene): PanelPlane {
  let layout = first;
  const mesh = createQuad(`panel-${first.id}`, scene);
  mesh.parent = parent;
  mesh.alphaIndex = DRAW_ORDER.panels;
  let texture = createTexture(first, scene);
  const material = createTexturedMaterial(`panel-${first.id}`, texture, scene);
  mesh.material = material;
  let setFeel = drawPanel(texture, first);
  let felt: Target | null = null;
  let sunkM = 0;
  let sinkToM = 0;
  const rest = new Vector3();
  const inwards = new Vector3();
  place();

  function place(): void {
    const size = layout.size;
    mesh.scaling.set(size.width / 1000, size.height / 1000, 1);
    placeOnSphere(mesh, placementOf(layout.id), size.height / 1000);
    rest.copyFrom(mesh.position);
    inwards.copyFrom(rest).normalize();
  }

  function show(next: PanelLayout): void {
    const grew = next.size.width !== layout.size.width || next.size.height !== layout.size.height;
    layout = next;
    if (grew) {
      texture.dispose();
      texture = createTexture(next, scene);
      material.setTexture('picture', texture);
      place();
    }
    setFeel = drawPanel(texture, next);
    felt = null;
  }

  function feel(target: Target | null, how: TargetFeel): void {
    if (felt !== null && felt.key !== target?.key) setFeel(felt, 'idle');
    if (target !== null) setFeel(target, how);
    felt = target;
    sinkToM = target !== null && how === 'pressed' && target.enabled ? SINK_M : 0;
  }

  function step(deltaS: number): void {
    if (sunkM === sinkToM) return;
    const most = SINK_SPEED_M_PER_S * deltaS;
    sunkM += Math.max(-most, Math.min(most, sinkToM - sunkM));
    mesh.position.set(rest.x + inwards.x * sunkM, rest.y + inwards.y * sunkM, rest.z + inwards.z * sunkM);
  }

  function dispose(): void {
    mesh.dispose();
    material.dispose();
    texture.dispose();
  }

  return { mesh, layout: () => layout, show, feel, step, dispose };
}

function createTexture({ id, size }: PanelLayout, scene: Scene): AdvancedDynamicTexture {
  const width = Math.round(size.width * PX_PER_MM);
  const height = Math.round(size.height * PX_PER_MM);
  const texture = new AdvancedDynamicTexture(`panel-${id}`, width, height, scene, true, Texture.TRILINEAR_SAMPLINGMODE);
  texture.premulAlpha = true;
  texture.disableTabNavigation = true;
  return texture;
}
