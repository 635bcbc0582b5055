import {
  P_DEVICE,
  P_REF_SPACE,
  P_SESSION,
  P_SPACE,
  type XRDevice,
  type XRReferenceSpace,
  XRRigidTransform,
  type XRSession,
} from 'iwer';
import type { Pose } from '../../domain/registration/pose.ts';
import { IDENTITY_POSE } from '../../domain/registration/transform.ts';
import { levelOrientation, yawPitchOf } from '../geometry/orient.ts';

/** Where the session's spaces begin. */
export interface SpaceOrigins {
  /** The pose of `local-floor` and `unbounded` in the room. */
  readonly floor: Pose;
  /** Moves all origins to the wearer, as the system's re-centring does, and lets spaces say `reset`. */
  reset(head: Pose): void;
  /** Puts the spaces that a page has requested since the last frame where they belong. */
  update(head: Pose): void;
}

export function createSpaceOrigins(device: XRDevice, onSession: (session: XRSession) => void): SpaceOrigins {
  let floor: Pose = IDENTITY_POSE;
  let session: XRSession | undefined;
  const placed = new WeakSet<XRReferenceSpace>();

  const place = (space: XRReferenceSpace, head: Pose): void => {
    switch (space[P_REF_SPACE].type as string) {
      case 'local':
        // IWER tilts it with the head; the specification keeps it level.
        setOffset(space, { position: head.position, orientation: levelOf(head) });
        break;
      case 'local-floor':
      case 'unbounded':
        setOffset(space, floor);
        break;
    }
  };
  return {
    get floor() {
      return floor;
    },
    reset(head) {
      floor = { position: [head.position[0], 0, head.position[2]], orientation: levelOf(head) };
      for (const space of device.activeSession?.[P_SESSION].referenceSpaces ?? []) place(space, head);
      device[P_DEVICE].pendingReferenceSpaceReset = true;
    },
    update(head) {
      if (session !== device.activeSession) {
        session = device.activeSession;
        floor = IDENTITY_POSE;
        if (session !== undefined) onSession(session);
      }
      for (const space of session?.[P_SESSION].referenceSpaces ?? []) {
        if (placed.has(space)) continue;
        placed.add(space);
        place(space, head);
      }
    },
  };
}

function levelOf(pose: Pose): Pose['orientation'] {
  return levelOrientation(yawPitchOf(pose.orientation).yawRad, 0);
}

function setOffset(space: XRReferenceSpace, { position, orientation }: Pose): void {
  const [x, y, z] = position;
  const [qx, qy, qz, qw] = orientation;
  const transform = new XRRigidTransform({ x, y, z, w: 1 }, { x: qx, y: qy, z: qz, w: qw });
  transform.matrix.forEach((value, i) => {
    space[P_SPACE].offsetMatrix[i] = value;
  });
}
