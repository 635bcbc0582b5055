import type { Scene } from '@babylonjs/core/scene.pure.js';
import { toAnchorLocal } from '../../domain/annotation/anchoring.ts';
import type { SpaceGeometry } from '../../domain/annotation/geometry.ts';
import { buildAnnotationMesh } from '../../domain/annotation/mesh.ts';
import { resolveSurfaceStroke, type SurfaceSample } from '../../domain/annotation/surface-stroke.ts';
import type { Colour, MarkRefusalCode, MarkShape, Placement } from '../../domain/annotation/types.ts';
import type { Vec3 } from '../../domain/registration/pose.ts';
import { IDENTITY_POSE } from '../../domain/registration/transform.ts';
import type { Aim } from './aim.ts';
import { createMarkMesh, setGeometry } from './annotation-layer.ts';
import { createMarkMaterial } from './mark-material.ts';
import type { RoomAnchors } from './room-anchors.ts';

export interface DrawingToolOptions {
  readonly scene: Scene;
  readonly shape: MarkShape;
  readonly colour: Colour;
  readonly aim: Aim;
  readonly anchors: RoomAnchors;
  readonly spaceEpoch: () => number;
  readonly head: () => Vec3;
  /** Resolves once the hub knows of it, or will never. */
  readonly onDrawn: (placement: Placement) => Promise<void>;
  readonly onRefused: (code: MarkRefusalCode) => void;
}

/** A stroke that is still drawn is shown this often; the eye sees no difference to every frame. */
const PREVIEW_EVERY_MS = 66;
/** Four times as many samples as a stroke keeps; more would only be simplified away. */
const MAX_SAMPLES = 1_800;
const GHOST_BRIGHTNESS = 0.55;

/**
 * Arrow: a ghost arrow lies where the ray meets the room; select, hold, turn, release. Ink: hold and draw.
 * Returns the laying down of the tool.
 */
export function startDrawingTool(options: DrawingToolOptions): () => void {
  const { scene, shape, colour, aim, head } = options;
  const material = createMarkMaterial(scene, colour, GHOST_BRIGHTNESS);
  const preview = createMarkMesh(scene, 'preview', material);
  let samples: SurfaceSample[] | null = null;
  let nextPreviewMs = 0;

  const show = (geometry: SpaceGeometry | null): void => {
    preview.setEnabled(geometry !== null);
    if (geometry === null) return;
    const item = { geometry: toAnchorLocal(geometry, IDENTITY_POSE), anchorPose: IDENTITY_POSE, dashed: false };
    setGeometry(preview, buildAnnotationMesh([item]));
  };

  const preview15Hz = (drawn: readonly SurfaceSample[]): void => {
    const nowMs = performance.now();
    if (nowMs < nextPreviewMs) return;
    nextPreviewMs = nowMs + PREVIEW_EVERY_MS;
    const resolved = resolveSurfaceStroke(shape, drawn, head());
    show(resolved.ok ? resolved.resolution.geometry : null);
  };

  const ghost: SurfaceSample[] = [];
  const stopListening = aim.listen({
    move(sample, onPanel) {
      if (samples !== null) {
        if (samples.length < MAX_SAMPLES) samples.push(copyOf(sample));
        preview15Hz(samples);
      } else if (shape === 'arrow' && sample.hit !== null && !onPanel) {
        ghost[0] = sample;
        preview15Hz(ghost);
      } else show(null);
    },
    press() {
      samples = [];
    },
    release() {
      const drawn = samples;
      samples = null;
      show(null);
      if (drawn !== null && drawn.length > 0) void place(drawn, options);
    },
  });
  show(null);
  return () => {
    stopListening();
    preview.dispose();
    material.dispose();
  };
}

/** An aim's sample is written anew in each frame; a stroke keeps its own. */
function copyOf({ ray: { origin, direction }, hit }: SurfaceSample): SurfaceSample {
  return {
    ray: { origin: copyOfVec3(origin), direction: copyOfVec3(direction) },
    hit: hit === null ? null : { point: copyOfVec3(hit.point), normal: copyOfVec3(hit.normal) },
  };
}

const copyOfVec3 = ([x, y, z]: Vec3): Vec3 => [x, y, z];

async function place(samples: readonly SurfaceSample[], options: DrawingToolOptions): Promise<void> {
  const spaceEpoch = options.spaceEpoch();
  const resolved = resolveSurfaceStroke(options.shape, samples, options.head());
  if (!resolved.ok) return options.onRefused(resolved.code);
  const { geometry, centre, depthSource, quality } = resolved.resolution;
  const anchor = await options.anchors.anchorAt(centre);
  if (anchor === null) return options.onRefused('space-reset');
  try {
    if (options.spaceEpoch() !== spaceEpoch) return options.onRefused('space-reset');
    await options.onDrawn({
      anchorId: anchor.anchorId,
      anchorKind: anchor.kind,
      anchorPose: anchor.pose,
      spaceEpoch,
      geometry: toAnchorLocal(geometry, anchor.pose),
      depthSource,
      quality,
    });
  } finally {
    options.anchors.letGo(anchor.anchorId);
  }
}
