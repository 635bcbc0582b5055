import { GamepadMappingType, type XRDeviceConfig } from 'iwer';
import type { DeviceFeatures } from '../handle.ts';

/** What the display shows at once: HoloLens 2, 43 x 29 degrees. */
export const DISPLAY_FOV_DEG = { horizontal: 43, vertical: 29 } as const;
export const DISPLAY_TANGENTS = {
  x: Math.tan((DISPLAY_FOV_DEG.horizontal * Math.PI) / 360),
  y: Math.tan((DISPLAY_FOV_DEG.vertical * Math.PI) / 360),
} as const;
export const EYE_DISTANCE_M = 0.063;

/** The id under which the pinch is found; it has no `eventTrigger`, because its events are sent in the order of the specification. */
export const PINCH_BUTTON = 'trigger';

const gamepad = {
  mapping: GamepadMappingType.XRStandard,
  buttons: [{ id: PINCH_BUTTON, type: 'analog' as const }],
  axes: [],
};

const handAsPointer: XRDeviceConfig['controllerConfig'] = {
  profileId: 'generic-hand-select-grasp',
  fallbackProfileIds: ['generic-hand-select'],
  layout: {
    left: { gamepad, numHapticActuators: 0 },
    right: { gamepad, numHapticActuators: 0 },
  },
};

/**
 * HoloLens 2 as its Edge presents it: additive, 60 Hz, hands as rays with a pinch. IWER's enumerations are not
 * exported, so their values are written out and the whole is given its type at the end.
 */
export function hololens2Config(features: DeviceFeatures): XRDeviceConfig {
  const config = {
    name: 'Microsoft HoloLens 2 (emulated)',
    controllerConfig: handAsPointer,
    supportedSessionModes: ['inline', 'immersive-vr', ...(features.immersiveAr ? ['immersive-ar'] : [])],
    supportedFeatures: [
      'viewer',
      'local',
      'local-floor',
      'unbounded',
      ...(features.anchors ? ['anchors'] : []),
      ...(features.hitTest ? ['hit-test'] : []),
      ...(features.handJoints ? ['hand-tracking'] : []),
    ],
    supportedFrameRates: [60],
    isSystemKeyboardSupported: true,
    internalNominalFrameRate: 60,
    environmentBlendModes: { 'immersive-ar': 'additive', 'immersive-vr': 'additive' },
    interactionMode: 'world-space',
    // The browser's own: libraries look at it to find out what the browser can do.
    userAgent: navigator.userAgent,
  };
  return config as unknown as XRDeviceConfig;
}
