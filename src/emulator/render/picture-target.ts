import type { FreeCamera } from '@babylonjs/core/Cameras/freeCamera.js';
import { RenderTargetTexture } from '@babylonjs/core/Materials/Textures/renderTargetTexture.js';
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js';
import type { Scene } from '@babylonjs/core/scene.js';
import { createReadback } from './readback.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface PictureTargetOptions {
  readonly scene: Scene;
  readonly meshes: Mesh[];
  readonly camera: FreeCamera;
  readonly fine: boolean;
  readonly gl: WebGL2RenderingContext;
}

/** A picture beside the canvas, read back to memory: that is where frames with times of their own are made. */
export interface PictureTarget {
  /** RGBA rows from the top; the buffer is reused by the next call, which must wait for this one. */
  draw(size: PictureSize): Promise<Uint8Array<ArrayBuffer>>;
  dispose(): void;
}

const SMOOTH_SAMPLES = 4;

export function createPictureTarget(options: PictureTargetOptions): PictureTarget {
  const readback = createReadback(options.gl);
  let texture: RenderTargetTexture | null = null;
  let upsideDown = new Uint8Array(0);
  let rows = new Uint8Array(0);

  const textureOf = (size: PictureSize): RenderTargetTexture => {
    const present = texture?.getSize();
    if (texture !== null && present?.width === size.width && present.height === size.height) return texture;
    texture?.dispose();
    texture = createTexture(options, size);
    upsideDown = new Uint8Array(size.width * size.height * 4);
    rows = new Uint8Array(size.width * size.height * 4);
    return texture;
  };

  return {
    async draw(size) {
      const target = textureOf(size);
      target.render();
      const handle: unknown = target.getInternalTexture()?._hardwareTexture?.underlyingResource;
      if (!(handle instanceof WebGLTexture)) throw new Error('The camera has lost its picture.');
      await readback.read(handle, size, upsideDown);
      turnOver(upsideDown, rows, size);
      return rows;
    },
    dispose() {
      readback.dispose();
      texture?.dispose();
    },
  };
}

function createTexture({ scene, meshes, camera, fine }: PictureTargetOptions, size: PictureSize): RenderTargetTexture {
  const texture = new RenderTargetTexture('camera', size, scene, { generateMipMaps: false });
  texture.samples = fine ? SMOOTH_SAMPLES : 1;
  texture.renderList = meshes;
  texture.activeCamera = camera;
  texture.ignoreCameraViewport = true;
  texture.clearColor = scene.clearColor;
  return texture;
}

/** WebGL reads from the bottom row, a video frame begins with the top one. */
function turnOver(from: Uint8Array, to: Uint8Array, { width, height }: PictureSize): void {
  const stride = width * 4;
  for (let row = 0; row < height; row++) {
    to.set(from.subarray(row * stride, (row + 1) * stride), (height - 1 - row) * stride);
  }
}
