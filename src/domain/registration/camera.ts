import type { EyeToCamera, Pose, SpacePoint, Vec3, ViewerPose } from './pose.ts';
import { rotate } from './quat.ts';
import { composePoses, IDENTITY_POSE, inverseTransformPoint } from './transform.ts';
import { normalize } from './vec3.ts';

/**
 * A pinhole without distortion, in units of the picture so that it holds at every resolution of one aspect ratio.
 * `focalX` is the focal length in pixels divided by the picture's width, `focalY` the same divided by its height;
 * the principal point is 0..1 from the top left corner.
 */
export interface CameraIntrinsics {
  readonly focalX: number;
  readonly focalY: number;
  readonly principalX: number;
  readonly principalY: number;
}

/** What is known of a device's camera, constant for one device. */
export interface CameraProfile {
  /** `truth`: told by whoever made the picture; `documented`: the maker's figures; `calibrated`: measured here. */
  readonly source: 'truth' | 'documented' | 'calibrated';
  readonly intrinsics: CameraIntrinsics;
  readonly eyeToCamera: EyeToCamera;
  /** Added to a frame's capture time to get the time whose head pose the frame was seen from. */
  readonly timeOffsetMs: number;
}

/** From the camera's centre; `direction` is a unit vector in the headset's reference space. */
export interface Ray {
  readonly origin: SpacePoint;
  readonly direction: Vec3;
}

/**
 * Where a point in the room stands in the picture: `u`, `v` are 0..1 from the top left inside the picture and go on
 * outside of it; `depthM` is the distance along the camera's axis. What is behind the camera stands nowhere.
 */
export type Projection =
  | { readonly kind: 'image'; readonly u: number; readonly v: number; readonly depthM: number }
  | { readonly kind: 'behind' };

/** Closer to the camera's plane than this a point has no sensible place in the picture. */
export const NEAR_DEPTH_M = 0.01;

/** Horizontal field of view of the photo/video camera at 16:9, from Microsoft's "Locatable camera overview". */
const HOLOLENS2_HORIZONTAL_FOV_DEG = 64.69;

/** The intrinsics of a centred camera with square pixels. `aspect` is width / height of the picture. */
export function intrinsicsFromHorizontalFov(horizontalFovDeg: number, aspect: number): CameraIntrinsics {
  const focalX = 0.5 / Math.tan((horizontalFovDeg * Math.PI) / 360);
  return { focalX, focalY: focalX * aspect, principalX: 0.5, principalY: 0.5 };
}

/** The best that is known of a HoloLens 2 that was never calibrated: the camera sits between the eyes. */
export function documentedHoloLens2Profile(): CameraProfile {
  return {
    source: 'documented',
    intrinsics: intrinsicsFromHorizontalFov(HOLOLENS2_HORIZONTAL_FOV_DEG, 16 / 9),
    eyeToCamera: IDENTITY_POSE,
    timeOffsetMs: 0,
  };
}

/** The camera's pose in the headset's reference space while the viewer has `viewerPose`. */
export function cameraPose(viewerPose: ViewerPose, profile: CameraProfile): Pose {
  return composePoses(viewerPose, profile.eyeToCamera);
}

export function project(point: SpacePoint, viewerPose: ViewerPose, profile: CameraProfile): Projection {
  const [x, y, z] = inverseTransformPoint(cameraPose(viewerPose, profile), point);
  const depthM = -z;
  if (!(depthM >= NEAR_DEPTH_M)) return { kind: 'behind' };
  const { focalX, focalY, principalX, principalY } = profile.intrinsics;
  return { kind: 'image', u: principalX + (focalX * x) / depthM, v: principalY - (focalY * y) / depthM, depthM };
}

/** The ray from the camera through the point `u`, `v` of its picture (0..1 from the top left). */
export function unproject(u: number, v: number, viewerPose: ViewerPose, profile: CameraProfile): Ray {
  const camera = cameraPose(viewerPose, profile);
  const { focalX, focalY, principalX, principalY } = profile.intrinsics;
  const inCamera: Vec3 = [(u - principalX) / focalX, (principalY - v) / focalY, -1];
  const direction = normalize(rotate(camera.orientation, inCamera)) ?? inCamera;
  return { origin: camera.position, direction };
}
