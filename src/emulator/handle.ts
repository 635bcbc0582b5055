import type { CameraProfile, Projection } from '../domain/registration/camera.ts';
import type { Pose, Vec3 } from '../domain/registration/pose.ts';
import type { CameraAccess } from './camera/media-devices.ts';
import type { CameraMode } from './camera/modes.ts';
import type { CameraTruth } from './camera/truth.ts';
import type { TrackingState } from './device/tracking.ts';
import type { Landmark } from './room/room.ts';

/** Which HoloLens is emulated: today's, or one with the features that a later or older Edge may have. */
export interface DeviceFeatures {
  readonly hitTest: boolean;
  readonly anchors: boolean;
  /** Joints of the hands, which HoloLens 2's Edge has lacked since version 110. */
  readonly handJoints: boolean;
  readonly immersiveAr: boolean;
}

/** What hit-tests meet: everything, or (as on the device) the bounding rectangles of large planes near the wearer. */
export type Geometry = 'full' | 'planesOnly';

export interface EmulatorSettings {
  readonly features: DeviceFeatures;
  readonly geometry: Geometry;
  /** The largest picture and the highest rate the camera gives, whatever a page asks for. */
  readonly camera: CameraMode;
  readonly view: ViewSettings;
  /** Smooth edges, for machines with a graphics processor. */
  readonly quality: 'fine' | 'light';
  /** Mouse, keys and their help on the screen. */
  readonly controls: boolean;
}

/** How the wearer's view is drawn. */
export interface ViewSettings {
  /** Pixels drawn per pixel of the page, for the room and for the app. */
  readonly scale: number;
  /** How often the room is redrawn, at most. */
  readonly roomFramesPerSecond: number;
  /** How often a session gets a frame, at most: the device's rate is 60. */
  readonly displayFramesPerSecond: number;
  /** The display's height on the page, at most, in CSS pixels. */
  readonly maxHeightPx: number;
  /** How much higher the room's view is than the display's 29 degrees: what the wearer sees around the holograms. */
  readonly surroundings: number;
}

export type EmulatorOptions = {
  readonly [Key in keyof EmulatorSettings]?: EmulatorSettings[Key] extends object
    ? Partial<EmulatorSettings[Key]>
    : EmulatorSettings[Key];
};

/** A landmark's name, or a point in the room's frame. */
export type Target = string | Vec3;

/** A head movement: to a pose, or by turning to the left (degrees per second); from where the head is if `from` is left out. */
export type HeadAnimation = { readonly from?: Pose; readonly durationMs: number } & (
  | { readonly to: Pose }
  | { readonly yawRateDegPerS: number }
);

/**
 * The emulated headset in the hands of a test or a console. All poses are in the room's frame, in which a session's
 * `local-floor` and `unbounded` spaces start; after `resetSpace`, `spaceOrigin` tells where they went.
 */
export interface EmulatorHandle {
  readonly settings: EmulatorSettings;
  readonly landmarks: readonly Landmark[];
  /** What the camera really saw, frame by frame. */
  readonly truth: CameraTruth;
  readonly trackingState: TrackingState;
  /** The pose of the session's floor-level spaces in the room. */
  readonly spaceOrigin: Pose;
  headPoseAt(timeMs: number): Pose;
  setHeadPose(pose: Pose): void;
  /** Resolves when the movement is over (or was replaced). */
  animateHead(animation: HeadAnimation): Promise<void>;
  /** Turn the head towards something, without roll. */
  lookAt(target: Target): void;
  /** Point the hand's ray at something: it stays on it while the head moves. */
  aimHand(target: Target): void;
  /** A pinch: pressed in one display frame, released in a later one. Resolves after the release was delivered. */
  select(): Promise<void>;
  selectStart(): void;
  selectEnd(): void;
  /** `limited`: orientation only, positions are guessed; `lost`: no poses at all. */
  loseTracking(kind?: Exclude<TrackingState, 'tracked'>): void;
  restoreTracking(): void;
  /** The system re-centres: spaces start anew at the wearer's feet and say `reset`; the room and anchors stay. */
  resetSpace(): void;
  /** The device corrects its map: every anchor goes elsewhere, by metres in the room's frame; the room stays. */
  moveAnchors(by: Vec3): void;
  setCameraAccess(access: CameraAccess): void;
  trueCameraProfile(): CameraProfile;
  /** Where a target really is in a frame's picture; null when that frame is no longer remembered. */
  project(target: Target, frameTimestampMs: number): Projection | null;
  /** Ends the session and gives the browser its own XR and camera back. */
  dispose(): Promise<void>;
}
