import type { PersonKey } from '../../domain/call/state.ts';
import type { CallSession } from '../types.ts';

/**
 * Whether leaving now ends the call for the other one too, with its link: a one-time call whose customer is or was in it. Who
 * was lost may still come back, as long as nobody ends it. For the moment in which a page asks what kind of meeting it is in, it
 * is taken for one: a question too many costs less than a call.
 */
export function endsForGood({ meetingKind, state }: CallSession, me: PersonKey): boolean {
  const kind = meetingKind.peek();
  if (kind !== 'oneTime' && kind !== 'unknown') return false;
  return Object.keys(state.peek().participants).some((person) => person !== me);
}
