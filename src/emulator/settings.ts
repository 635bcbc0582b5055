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

/** What two cores can draw in software beside two browsers. */
export const SOFTWARE_RENDERING: EmulatorOptions = {
  camera: { width: 640, height: 360, framesPerSecond: 15 },
  view: { scale: 0.5, roomFramesPerSecond: 8, displayFramesPerSecond: 30, maxHeightPx: 320, surroundings: 1 },
  quality: 'light',
};

export function completeSettings(options: EmulatorOptions): EmulatorSettings {
  return {
    features: { ...DEFAULTS.features, ...options.features },
    geometry: options.geometry ?? DEFAULTS.geometry,
    camera: { ...DEFAULTS.camera, ...options.camera },
    view: { ...DEFAULTS.view, ...options.view },
    quality: options.quality ?? DEFAULTS.quality,
    controls: options.controls ?? DEFAULTS.controls,
  };
}
