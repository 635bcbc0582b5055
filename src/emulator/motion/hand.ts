import type { Pose, Vec3 } from '../../domain/registration/pose.ts';
import { multiply, rotate } from '../../domain/registration/quat.ts';
import { transformPoint } from '../../domain/registration/transform.ts';
import { add, addScaled, normalize } from '../../domain/registration/vec3.ts';
import { levelOrientation, lookRotation, rotationBetween, yawPitchOf } from '../geometry/orient.ts';

/** What the hand points at: a place in the room, a direction in the wearer's view, or nothing in particular. */
export type HandAim =
  | { readonly kind: 'rest' }
  | { readonly kind: 'point'; readonly point: Vec3 }
  /** Tangents to the right and upwards of straight ahead, as seen by the eye whose view is shown. */
  | { readonly kind: 'view'; readonly tangents: readonly [x: number, y: number] };

/** Where a raised right hand is, from between the eyes, in the level frame of the head. */
const HAND_OFFSET: Vec3 = [0.18, -0.24, -0.34];
const REST_PITCH_RAD = -0.12;
/** A ray along the line of sight begins this far from the eye. */
const VIEW_RAY_START_M = 0.3;

/** The pose of the hand's target ray (along its -z). `eyeOffset` is the shown eye's place in the head's frame. */
export function handRay(aim: HandAim, head: Pose, eyeOffset: Vec3): Pose {
  const { yawRad } = yawPitchOf(head.orientation);
  const position = add(head.position, rotate(levelOrientation(yawRad, 0), HAND_OFFSET));
  switch (aim.kind) {
    case 'rest':
      return { position, orientation: levelOrientation(yawRad, REST_PITCH_RAD) };
    case 'point':
      return { position, orientation: lookRotation(position, aim.point) };
    case 'view': {
      // A ray from the hand would miss what lies under the mouse by the parallax; from the eye it cannot.
      const [x, y] = aim.tangents;
      const direction = normalize([x, y, -1]) ?? [0, 0, -1];
      const orientation = multiply(head.orientation, rotationBetween([0, 0, -1], direction));
      const eye = transformPoint(head, eyeOffset);
      return { position: addScaled(eye, rotate(orientation, [0, 0, -1]), VIEW_RAY_START_M), orientation };
    }
  }
}
