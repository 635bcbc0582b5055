import { isIn } from '../call/queries.ts';
import type { DeviceKind, Participant } from '../call/state.ts';

/** What marks on somebody's picture become: annotations in their room, or marks on a still of it. */
export type MarkSurface = 'room' | 'still';

/** Null: this person's page shows nothing that is drawn on its picture. */
export function surfaceOf(participant: Participant | null | undefined): MarkSurface | null {
  if (participant === null || !isIn(participant) || participant.device === null) return null;
  return surfaceOfDevice(participant.device.kind);
}

function surfaceOfDevice(kind: DeviceKind): MarkSurface | null {
  switch (kind) {
    case 'headset':
      return 'room';
    case 'phone':
    case 'join':
      return 'still';
    case 'desk':
      return null;
  }
}
