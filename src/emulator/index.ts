export type { CameraAccess } from './camera/mediaDevices.ts';
export type { CameraMode } from './camera/modes.ts';
export { trueCameraProfile } from './camera/trueProfile.ts';
export type { CameraTruth, FrameTruth } from './camera/truth.ts';
export type { TrackingState } from './device/tracking.ts';
export type {
  DeviceFeatures,
  EmulatorHandle,
  EmulatorOptions,
  EmulatorSettings,
  Geometry,
  HeadAnimation,
  Target,
  ViewSettings,
} from './handle.ts';
export type { Landmark } from './room/room.ts';
export { SOFTWARE_RENDERING } from './settings.ts';
export { startEmulator } from './startEmulator.ts';
