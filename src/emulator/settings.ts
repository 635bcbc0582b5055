import type { EmulatorOptions, EmulatorSettings } from './handle.ts';

const DEFAULTS: EmulatorSettings = {
  features: { hitTest: true, anchors: true, handJoints: false, immersiveAr: true },
  geometry: 'full',
  camera: { width: 1280, height: 720, framesPerSecond: 30 },
  view: {
    scale: 1,
    roomFramesPerSecond: 60,
    displayFramesPerSecond: 60,
    maxHeightPx: Number.POSITIVE_INFINITY,
    surroundings: 1.3,
  },
  quality: 'fine',
  controls: true,
};

/** The defaults where no graphics processor draws: the picture stays good, all else is spared. */
const WITHOUT_GRAPHICS_PROCESSOR: EmulatorSettings = {
  ...DEFAULTS,
  camera: { width: 640, height: 360, framesPerSecond: 15 },
  view: {
    scale: 0.75,
    roomFramesPerSecond: 8,
    displayFramesPerSecond: 30,
    maxHeightPx: 480,
    surroundings: 1.1,
  },
  quality: 'light',
};

/** For tests: what two cores can draw in software beside two browsers. */
export const SOFTWARE_RENDERING: EmulatorOptions = {
  camera: { width: 640, height: 360, framesPerSecond: 15 },
  view: { scale: 0.5, roomFramesPerSecond: 8, displayFramesPerSecond: 30, maxHeightPx: 320, surroundings: 1 },
  quality: 'light',
};

/** What is not said is chosen for the machine. */
export function completeSettings(options: EmulatorOptions, drawsInSoftware: boolean): EmulatorSettings {
  const defaults = drawsInSoftware ? WITHOUT_GRAPHICS_PROCESSOR : DEFAULTS;
  return {
    features: { ...defaults.features, ...options.features },
    geometry: options.geometry ?? defaults.geometry,
    camera: { ...defaults.camera, ...options.camera },
    view: { ...defaults.view, ...options.view },
    quality: options.quality ?? defaults.quality,
    controls: options.controls ?? defaults.controls,
  };
}

/** Whether WebGL is drawn by the processor: by SwiftShader, Mesa's llvmpipe or Windows' own "Basic Render Driver". */
export function drawsInSoftware(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  if (!gl || !info) return false;
  const renderer = String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}
