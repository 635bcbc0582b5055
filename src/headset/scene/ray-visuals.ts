import { Color3 } from '@babylonjs/core/Maths/math.color.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import { ROOM } from '../../ui/tokens.ts';
import type { Aim } from '../panels/panel-aim.ts';
import type { MutableRay } from '../xr/rays.ts';
import { DRAW_ORDER } from './draw-order.ts';
import { createBeam, createQuad } from './quad.ts';
import { createBeamMaterial, createDiscMaterial } from './unlit-material.ts';

const BEAM_WIDTH_M = 0.004;
/** In the open the beam only hints at the hand's direction: a long one would cross the work. */
const FREE_LENGTH_M = 0.25;
const CURSOR_M = 0.014;
const CURSOR_PRESSED_M = 0.009;
/** In front of the panel, against flicker. */
const LIFT_M = 0.002;

/** A beam from each hand and, where it meets a panel, a ring that closes while it selects. */
export interface RayVisuals {
  step(rays: readonly MutableRay[], aimOf: (slot: number) => Aim): void;
  dispose(): void;
}

export function createRayVisuals(scene: Scene, slots: number): RayVisuals {
  const colour = Color3.FromHexString(ROOM.ray);
  const beamMaterial = createBeamMaterial(scene).setColor3('colour', colour);
  const ring = createDiscMaterial(scene).setColor3('colour', colour).setFloat('inner', 0.55);
  const pairs = Array.from({ length: slots }, (_, slot) => {
    const beam = createBeam(`beam-${slot}`, scene);
    const cursor = createQuad(`cursor-${slot}`, scene);
    beam.material = beamMaterial;
    cursor.material = ring;
    for (const mesh of [beam, cursor]) {
      mesh.setEnabled(false);
      mesh.alphaIndex = DRAW_ORDER.rays;
      mesh.alwaysSelectAsActiveMesh = true;
    }
    return { beam, cursor };
  });

  function step(rays: readonly MutableRay[], aimOf: (slot: number) => Aim): void {
    for (let slot = 0; slot < pairs.length; slot += 1) {
      const pair = pairs[slot];
      const ray = rays[slot];
      if (pair === undefined || ray === undefined) continue;
      const { beam, cursor } = pair;
      const aim = aimOf(slot);
      beam.setEnabled(ray.tracked);
      cursor.setEnabled(ray.tracked && aim.plane !== null);
      if (!ray.tracked) continue;
      beam.position.copyFrom(ray.origin);
      beam.rotationQuaternion ??= ray.orientation.clone();
      beam.rotationQuaternion.copyFrom(ray.orientation);
      beam.scaling.set(BEAM_WIDTH_M, BEAM_WIDTH_M, Math.min(FREE_LENGTH_M, aim.distanceM));
      if (aim.plane === null) continue;
      const reach = aim.distanceM - LIFT_M;
      const { origin, direction } = ray;
      cursor.position.set(
        origin.x + direction.x * reach,
        origin.y + direction.y * reach,
        origin.z + direction.z * reach,
      );
      cursor.rotationQuaternion ??= ray.orientation.clone();
      cursor.rotationQuaternion.copyFrom(aim.plane.mesh.absoluteRotationQuaternion);
      cursor.scaling.setAll(ray.selecting ? CURSOR_PRESSED_M : CURSOR_M);
    }
  }

  function dispose(): void {
    for (const { beam, cursor } of pairs) {
      beam.dispose();
      cursor.dispose();
    }
    beamMaterial.dispose();
    ring.dispose();
  }

  return { step, dispose };
}
