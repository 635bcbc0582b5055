import type { CameraProfile } from '../../domain/registration/camera.ts';
import { fromAxisAngle, multiply } from '../../domain/registration/quat.ts';

const DEGREE = Math.PI / 180;
const ASPECT = 16 / 9;
/** Measured devices lie between 65.5 and 66.9 degrees; the documented 64.69 is none of them. */
const HORIZONTAL_FOV_DEG = 66.02;
/** The optical axis meets the picture off its middle, by 14 and 9 px of 1080p. */
const PRINCIPAL_X = 0.5 + 14 / 1920;
const PRINCIPAL_Y = 0.5 - 9 / 1080;

/**
 * The emulated camera as it is: above the eyes and a little to the left, looking slightly up and aside, with a
 * field of view that is not the documented one, so that nothing comes out right by assuming a perfect camera.
 */
export function trueCameraProfile(): CameraProfile {
  const focalX = 0.5 / Math.tan((HORIZONTAL_FOV_DEG * DEGREE) / 2);
  return {
    source: 'truth',
    intrinsics: { focalX, focalY: focalX * ASPECT, principalX: PRINCIPAL_X, principalY: PRINCIPAL_Y },
    eyeToCamera: {
      position: [-0.012, 0.043, -0.058],
      orientation: multiply(
        multiply(fromAxisAngle([0, 1, 0], -2.1 * DEGREE), fromAxisAngle([1, 0, 0], 0.9 * DEGREE)),
        fromAxisAngle([0, 0, 1], 0.5 * DEGREE),
      ),
    },
    timeOffsetMs: 0,
  };
}
