import { Engine } from '@babylonjs/core/Engines/engine.js';
import { Color4 } from '@babylonjs/core/Maths/math.color.pure.js';
import { Scene } from '@babylonjs/core/scene.pure.js';
import '@babylonjs/core/Engines/Extensions/engine.dynamicTexture.js';
import '@babylonjs/core/Engines/Extensions/engine.videoTexture.js';

/** An engine as small as the device: no multisampling, no stencil, nothing drawn outside of a session. */
export function createEngine(canvas: HTMLCanvasElement): Engine {
  return new Engine(canvas, false, {
    xrCompatible: true,
    alpha: true,
    stencil: false,
    antialias: false,
    premultipliedAlpha: true,
    preserveDrawingBuffer: false,
    audioEngine: false,
    powerPreference: 'high-performance',
    disableWebGL2Support: false,
  });
}

/** A scene whose coordinates are WebXR's: right-handed, metres. */
export function createRoomScene(engine: ConstructorParameters<typeof Scene>[0]): Scene {
  const scene = new Scene(engine);
  scene.useRightHandedSystem = true;
  scene.clearColor = new Color4(0, 0, 0, 0);
  scene.ambientColor.set(0, 0, 0);
  // Rays are tested against layouts; Babylon's own picking would walk every mesh each frame.
  scene.skipPointerMovePicking = true;
  scene.skipPointerDownPicking = true;
  scene.skipPointerUpPicking = true;
  scene.lightsEnabled = false;
  scene.fogEnabled = false;
  scene.particlesEnabled = false;
  scene.collisionsEnabled = false;
  scene.skeletonsEnabled = false;
  scene.spritesEnabled = false;
  scene.postProcessesEnabled = false;
  scene.lensFlaresEnabled = false;
  scene.probesEnabled = false;
  return scene;
}
