import { P_ANCHOR, P_SESSION, P_SPACE, type XRDevice } from 'iwer';
import type { Vec3 } from '../../domain/registration/pose.ts';

/**
 * The device has learned more of the room and puts every anchor elsewhere, by `by` metres in the room's frame, as
 * HoloLens does when it closes a loop. */
export function moveAnchors(device: Pick<XRDevice, 'activeSession'>, by: Vec3): void {
  for (const anchor of device.activeSession?.[P_SESSION].trackedAnchors ?? []) {
    const space = anchor[P_ANCHOR].anchorSpace;
    if (space === null) continue;
    // The last column of a column-major matrix: where the anchor is in the room.
    const matrix = space[P_SPACE].offsetMatrix;
    by.forEach((metres, axis) => {
      matrix[12 + axis] = (matrix[12 + axis] ?? 0) + metres;
    });
  }
}
