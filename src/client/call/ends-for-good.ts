import type { PersonKey } from '../../domain/call/state.ts';
import type { CallSession } from '../types.ts';

/**
 * Whether leaving now ends the call for the other one too, with its link: a one-time call whose customer is or was in it. Who
 * was lost may still come back, as long as nobody ends it.
 */
export function endsForGood({ meetingKind, state }: CallSession, me: PersonKey): boolean {
  if (meetingKind.peek() !== 'oneTime') return false;
  return Object.keys(state.peek().participants).some((person) => person !== me);
}
