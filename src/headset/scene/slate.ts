import { HtmlElementTexture } from '@babylonjs/core/Materials/Textures/htmlElementTexture.pure.js';
import { Texture } from '@babylonjs/core/Materials/Textures/texture.pure.js';
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import { placeOnSphere, SLATE_M, SLATE_PLACEMENT } from '../panels/placement.ts';
import { DRAW_ORDER } from './draw-order.ts';
import { createQuad } from './quad.ts';
import { createTexturedMaterial } from './unlit-material.ts';

/** Each upload of a video frame stalls the device's GPU; faces and screens are well served by this. */
const MOST_UPLOADS_PER_S = 12;
/** Full white would glare; the picture is dimmed to what the panels have. */
const STRENGTH = 0.8;

/** The picture of one other person: one plane, one texture, at a capped rate. */
export interface Slate {
  /** Shows a video element's picture, or nothing. The element stays the caller's. */
  show(video: HTMLVideoElement | null): void;
  /** Uploads a new picture when one is due; otherwise does nothing and allocates nothing. */
  step(timeMs: number): void;
  dispose(): void;
}

export function createSlate(scene: Scene, parent: TransformNode): Slate {
  const mesh = createQuad('slate', scene);
  mesh.parent = parent;
  mesh.alphaIndex = DRAW_ORDER.slate;
  mesh.setEnabled(false);
  let video: HTMLVideoElement | null = null;
  let texture: HtmlElementTexture | null = null;
  let width = 0;
  let height = 0;
  let shownTimeS = Number.NaN;
  let uploadedMs = Number.NEGATIVE_INFINITY;

  function show(next: HTMLVideoElement | null): void {
    if (next === video) return;
    video = next;
    drop();
  }

  function drop(): void {
    mesh.setEnabled(false);
    mesh.material?.dispose();
    mesh.material = null;
    texture?.dispose();
    texture = null;
    width = 0;
    height = 0;
    shownTimeS = Number.NaN;
  }

  /** The picture's size is known only once it flows, and changes when the other side turns to its screen. */
  function upToDate(element: HTMLVideoElement): HtmlElementTexture {
    if (texture !== null && width === element.videoWidth && height === element.videoHeight) return texture;
    drop();
    width = element.videoWidth;
    height = element.videoHeight;
    texture = new HtmlElementTexture('slate', element, {
      engine: scene.getEngine(),
      scene,
      generateMipMaps: false,
      samplingMode: Texture.BILINEAR_SAMPLINGMODE,
    });
    const material = createTexturedMaterial('slate', texture, scene);
    material.setFloat('strength', STRENGTH);
    mesh.material = material;
    const heightM = Math.min(SLATE_M.mostHeight, (SLATE_M.width * height) / width);
    mesh.scaling.set((heightM * width) / height, heightM, 1);
    placeOnSphere(mesh, SLATE_PLACEMENT, heightM);
    mesh.setEnabled(true);
    return texture;
  }

  function step(timeMs: number): void {
    if (video === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return;
    if (timeMs - uploadedMs < 1000 / MOST_UPLOADS_PER_S || video.currentTime === shownTimeS) return;
    uploadedMs = timeMs;
    shownTimeS = video.currentTime;
    texture = upToDate(video);
    // Babylon flips a video the other way round from a canvas.
    texture.update(false);
  }

  function dispose(): void {
    drop();
    mesh.dispose();
  }

  return { show, step, dispose };
}
