import { Mesh } from '@babylonjs/core/Meshes/mesh.pure.js';
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import { effect, type ReadonlySignal } from '@preact/signals-core';
import { fromAnchorLocal } from '../../domain/annotation/anchoring.ts';
import { centreOf } from '../../domain/annotation/geometry.ts';
import type { CallState } from '../../domain/call/state.ts';
import type { Vec3 } from '../../domain/registration/pose.ts';
import { createTexturedMaterial } from '../scene/unlit-material.ts';
import { type AnnotationLabel, labelAnnotations } from './annotation-groups.ts';
import { type AtlasRow, drawLabelAtlas, TEXT_SHARE } from './label-atlas.ts';

export interface NameLabelOptions {
  readonly scene: Scene;
  readonly state: ReadonlySignal<CallState>;
  readonly spaceEpoch: ReadonlySignal<number>;
  /** What a label says of one author's annotations, in the wearer's language. */
  readonly words: (authorName: string, note: AnnotationLabel['note']) => string;
  /** Where the wearer's eyes are, in the reference space; read, never kept. */
  readonly head: Readonly<{ x: number; y: number; z: number }>;
}

export interface NameLabels {
  /** Turns the labels to the wearer; call it in each frame. Allocates nothing. */
  tick(timeMs: number): void;
  dispose(): void;
}

interface PlacedLabel {
  readonly row: AtlasRow;
  of: AnnotationLabel;
  at: Vec3;
}

interface Drawn {
  readonly mesh: Mesh;
  /** What the labels say, in their order: only when this changes, anything is drawn anew. */
  readonly texts: readonly string[];
  readonly labels: readonly PlacedLabel[];
  readonly positions: Float32Array;
  readonly dispose: () => void;
}

/** 0.6 degrees of visual angle at 1.2 m, the far end of where annotations are read. */
const TEXT_HEIGHT_M = 0.0125;
const LABEL_HEIGHT_M = TEXT_HEIGHT_M / TEXT_SHARE;
/** Above the annotation's centre, clear of an arrow's head. */
const LIFT_M = 0.03;
const TURN_EVERY_MS = 100;
const FLOATS_PER_LABEL = 12;

/** Who drew what, beside each annotation; with it, that a place is approximate or no longer sure. One draw for all. */
export function createNameLabels({ scene, state, spaceEpoch, words, head }: NameLabelOptions): NameLabels {
  let drawn: Drawn | null = null;
  let nextTurnMs = 0;

  const stop = effect(() => {
    const labels = labelAnnotations(state.value, spaceEpoch.value);
    const texts = labels.map((label) => words(label.authorName, label.note));
    if (drawn !== null && isSameList(drawn.texts, texts)) {
      if (move(drawn, labels)) nextTurnMs = 0;
      return;
    }
    drawn?.dispose();
    drawn = labels.length === 0 ? null : drawLabels(labels, texts, scene);
    nextTurnMs = 0;
  });

  return {
    tick(timeMs) {
      if (drawn === null || timeMs < nextTurnMs) return;
      nextTurnMs = timeMs + TURN_EVERY_MS;
      for (let i = 0; i < drawn.labels.length; i += 1) turnToHead(drawn, i, head);
      drawn.mesh.updateVerticesData('position', drawn.positions);
    },
    dispose() {
      stop();
      drawn?.dispose();
      drawn = null;
    },
  };
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, i) => text === b[i]);

/** Puts labels that say the same where their annotations are now; false when none of them moved. */
function move(drawn: Drawn, labels: readonly AnnotationLabel[]): boolean {
  let moved = false;
  for (const [i, label] of labels.entries()) {
    const placed = drawn.labels[i];
    if (placed === undefined) continue;
    const { annotation, anchor } = placed.of;
    if (annotation.geometry === label.annotation.geometry && anchor.pose === label.anchor.pose) continue;
    placed.of = label;
    placed.at = placeOf(label);
    moved = true;
  }
  return moved;
}

const placeOf = ({ annotation, anchor }: AnnotationLabel): Vec3 =>
  centreOf(fromAnchorLocal(annotation.geometry, anchor.pose));

/** Upright, with its face towards the eyes. */
function turnToHead({ labels, positions }: Drawn, index: number, head: NameLabelOptions['head']): void {
  const label = labels[index];
  if (label === undefined) return;
  const { at, row } = label;
  const dx = head.x - at[0];
  const dz = head.z - at[2];
  const away = Math.hypot(dx, dz) || 1;
  const halfM = (row.aspect * LABEL_HEIGHT_M) / 2;
  // To the right of somebody who looks along -(dx, dz).
  const rightX = (dz / away) * halfM;
  const rightZ = (-dx / away) * halfM;
  const offset = index * FLOATS_PER_LABEL;
  for (let corner = 0; corner < 4; corner += 1) {
    const side = corner === 0 || corner === 3 ? -1 : 1;
    const up = corner < 2 ? 0 : LABEL_HEIGHT_M;
    positions[offset + corner * 3] = at[0] + side * rightX;
    positions[offset + corner * 3 + 1] = at[1] + LIFT_M + up;
    positions[offset + corner * 3 + 2] = at[2] + side * rightZ;
  }
}

function drawLabels(labels: readonly AnnotationLabel[], texts: readonly string[], scene: Scene): Drawn {
  const atlas = drawLabelAtlas([...new Set(texts)], scene);
  const placed = labels.flatMap((label, i): PlacedLabel[] => {
    const row = atlas.rows.get(texts[i] ?? '');
    return row === undefined ? [] : [{ row, of: label, at: placeOf(label) }];
  });
  const mesh = new Mesh('labels', scene);
  const material = createTexturedMaterial('labels', atlas.texture, scene);
  mesh.material = material;
  mesh.isPickable = false;
  mesh.alwaysSelectAsActiveMesh = true;
  const positions = new Float32Array(placed.length * FLOATS_PER_LABEL);
  const data = new VertexData();
  data.positions = positions;
  data.uvs = placed.flatMap(({ row }) => [0, row.vBottom, row.uRight, row.vBottom, row.uRight, row.vTop, 0, row.vTop]);
  data.indices = placed.flatMap((_, i) => [0, 1, 2, 0, 2, 3].map((corner) => corner + 4 * i));
  data.applyToMesh(mesh, true);
  return {
    mesh,
    texts,
    labels: placed,
    positions,
    dispose: () => {
      mesh.dispose();
      material.dispose();
      atlas.texture.dispose();
    },
  };
}
