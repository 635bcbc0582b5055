import type { Presence } from '../../protocol/types.ts';
import type { Elsewhere } from '../directory/directory.ts';

/**
 * What is shown of somebody: the hub knows best who can be rung and who is in a call of its own; of those who can be rung, the
 * directory may know that they are in a call elsewhere, or away from their desk.
 */
export function mergePresence(here: Presence, elsewhere: Elsewhere | undefined): Presence {
  return here === 'available' && elsewhere !== undefined ? elsewhere : here;
}
