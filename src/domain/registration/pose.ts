/**
 * Positions and orientations. Everything is right-handed, in metres, as WebXR has it:
 * +x right, +y up, a viewer looks along -z. Quaternions are unit, in the order x, y, z, w.
 */
export type Vec3 = readonly [x: number, y: number, z: number];
export type Quat = readonly [x: number, y: number, z: number, w: number];

/** A rigid transform: maps a point p of the local frame to `position + orientation * p` of the outer frame. */
export interface Pose {
  readonly position: Vec3;
  readonly orientation: Quat;
}

/** The viewer's pose (between the eyes) in the headset's reference space. */
export type ViewerPose = Pose & { readonly __frame?: 'viewer in space' };
/** An anchor's pose in the headset's reference space. */
export type AnchorPose = Pose & { readonly __frame?: 'anchor in space' };
/** The camera's pose in the viewer's frame: constant for one device, part of its camera profile. */
export type EyeToCamera = Pose & { readonly __frame?: 'camera in viewer' };

/** A point in the headset's reference space. */
export type SpacePoint = Vec3 & { readonly __frame?: 'space' };
/** A point in an anchor's own frame: this is what is stored. */
export type AnchorLocalPoint = Vec3 & { readonly __frame?: 'anchor' };
