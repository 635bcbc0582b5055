import '@babylonjs/core/Meshes/thinInstanceMesh';
import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial';
import { DynamicTexture } from '@babylonjs/core/Materials/Textures/dynamicTexture';
import { Color3 } from '@babylonjs/core/Maths/math.color';
import { CreatePlane } from '@babylonjs/core/Meshes/Builders/planeBuilder';
import type { Mesh } from '@babylonjs/core/Meshes/mesh';
import type { Scene } from '@babylonjs/core/scene';
import { effect, type ReadonlySignal } from '@preact/signals-core';
import { fromAnchorLocal } from '../../domain/annotation/anchoring.ts';
import { centreOf } from '../../domain/annotation/geometry.ts';
import type { CallState } from '../../domain/call/state.ts';
import type { Vec3 } from '../../domain/registration/pose.ts';
import { FONT_FAMILY, FONT_WEIGHTS, ROOM } from '../../ui/tokens.ts';
import { type AnnotationLabel, labelAnnotations } from './annotation-groups.ts';

export interface NameLabelOptions {
  readonly scene: Scene;
  readonly state: ReadonlySignal<CallState>;
  readonly spaceEpoch: ReadonlySignal<number>;
  /** What a label says of one author's annotations, in the wearer's language. */
  readonly words: (authorName: string, note: AnnotationLabel['note']) => string;
  /** Where the wearer's eyes are, in the reference space. Read, never kept. */
  readonly head: () => Vec3;
}

export interface NameLabels {
  /** Turns the labels to the wearer; call it in each frame. */
  tick(timeMs: number): void;
  dispose(): void;
}

/** 0.6 degrees of visual angle at 1.2 m, the far end of where annotations are read. */
const TEXT_HEIGHT_M = 0.0125;
const LABEL_HEIGHT_M = TEXT_HEIGHT_M * 1.8;
/** Above the annotation's centre, clear of an arrow's head. */
const LIFT_M = 0.03;
const TEXTURE_HEIGHT_PX = 64;
const TEXT_PX = TEXTURE_HEIGHT_PX / 1.8;
const TURN_EVERY_MS = 100;
const FLOATS_PER_MATRIX = 16;

/** One text and all the places where it stands: one draw. */
interface LabelGroup {
  readonly mesh: Mesh;
  places: readonly Vec3[];
  matrices: Float32Array;
}

/** Who drew what, beside each annotation; with it, that a place is approximate or no longer sure. */
export function createNameLabels({ scene, state, spaceEpoch, words, head }: NameLabelOptions): NameLabels {
  const groups = new Map<string, LabelGroup>();
  let nextTurnMs = 0;

  const stop = effect(() => {
    const places = new Map<string, Vec3[]>();
    for (const label of labelAnnotations(state.value, spaceEpoch.value)) {
      const text = words(label.authorName, label.note);
      const centre = centreOf(fromAnchorLocal(label.annotation.geometry, label.anchor.pose));
      places.set(text, [...(places.get(text) ?? []), centre]);
    }
    for (const [text, group] of groups) if (!places.has(text)) removeGroup(groups, text, group);
    for (const [text, centres] of places) setPlaces(groups.get(text) ?? addGroup(groups, text, scene), centres);
    nextTurnMs = 0;
  });

  return {
    tick(timeMs) {
      if (timeMs < nextTurnMs || groups.size === 0) return;
      nextTurnMs = timeMs + TURN_EVERY_MS;
      const eyes = head();
      for (const group of groups.values()) turnTo(group, eyes);
    },
    dispose() {
      stop();
      for (const [text, group] of groups) removeGroup(groups, text, group);
    },
  };
}

function setPlaces(group: LabelGroup, places: readonly Vec3[]): void {
  if (group.places.length !== places.length) {
    group.matrices = new Float32Array(places.length * FLOATS_PER_MATRIX);
    group.mesh.thinInstanceSetBuffer('matrix', group.matrices, FLOATS_PER_MATRIX, false);
  }
  group.places = places;
}

/** Upright, with its face towards the eyes: columns are right, up and facing, then the place. Allocates nothing. */
function turnTo({ mesh, places, matrices }: LabelGroup, eyes: Vec3): void {
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i];
    if (place === undefined) continue;
    const dx = eyes[0] - place[0];
    const dz = eyes[2] - place[2];
    const away = Math.hypot(dx, dz) || 1;
    const sine = dx / away;
    const cosine = dz / away;
    const at = i * FLOATS_PER_MATRIX;
    matrices.fill(0, at, at + FLOATS_PER_MATRIX);
    matrices[at] = cosine;
    matrices[at + 2] = -sine;
    matrices[at + 5] = 1;
    matrices[at + 8] = sine;
    matrices[at + 10] = cosine;
    matrices[at + 12] = place[0];
    matrices[at + 13] = place[1] + LIFT_M;
    matrices[at + 14] = place[2];
    matrices[at + 15] = 1;
  }
  mesh.thinInstanceBufferUpdated('matrix');
}

function addGroup(groups: Map<string, LabelGroup>, text: string, scene: Scene): LabelGroup {
  const { texture, aspect } = drawText(text, scene);
  const mesh = CreatePlane(`label ${text}`, { width: LABEL_HEIGHT_M * aspect, height: LABEL_HEIGHT_M }, scene);
  const material = new StandardMaterial(`label ${text}`, scene);
  material.disableLighting = true;
  material.emissiveColor = Color3.White();
  material.diffuseTexture = texture;
  material.opacityTexture = texture;
  material.backFaceCulling = false;
  mesh.material = material;
  mesh.isPickable = false;
  mesh.alwaysSelectAsActiveMesh = true;
  const group: LabelGroup = { mesh, places: [], matrices: new Float32Array(0) };
  groups.set(text, group);
  return group;
}

function removeGroup(groups: Map<string, LabelGroup>, text: string, group: LabelGroup): void {
  group.mesh.material?.dispose(true, true);
  group.mesh.dispose();
  groups.delete(text);
}

function drawText(text: string, scene: Scene): { readonly texture: DynamicTexture; readonly aspect: number } {
  const font = `${FONT_WEIGHTS.strong} ${TEXT_PX}px ${FONT_FAMILY}`;
  const measured = new OffscreenCanvas(1, 1).getContext('2d');
  if (measured !== null) measured.font = font;
  const textWidthPx = measured?.measureText(text).width ?? text.length * TEXT_PX * 0.6;
  const widthPx = Math.ceil(textWidthPx + TEXT_PX);
  const texture = new DynamicTexture(`label ${text}`, { width: widthPx, height: TEXTURE_HEIGHT_PX }, scene, true);
  texture.hasAlpha = true;
  texture.drawText(text, null, TEXT_PX * 1.25, font, ROOM.text, null, true);
  return { texture, aspect: widthPx / TEXTURE_HEIGHT_PX };
}
