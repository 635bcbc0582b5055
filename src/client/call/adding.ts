import { MAX_PEOPLE_IN_DIRECT_CALL } from '../../domain/call/decide-by-hub.ts';
import { audience, isRinging, peopleIn } from '../../domain/call/queries.ts';
import type { RefusalCode } from '../../domain/call/refusal.ts';
import type { CallState, PersonKey } from '../../domain/call/state.ts';
import { MAX_PEOPLE_IN_MEETING } from '../../domain/meeting/capacity.ts';
import type { Loadable, Meeting } from '../types.ts';

/** Whether more people can be rung into a call: offered, and if not now, why. The hub decides; this is what pages show. */
export type AddingPeople =
  | { readonly offered: false }
  | { readonly offered: true; readonly refused: Extract<RefusalCode, `${string}-full` | 'outsiders-no-adding'> | null };

const NEVER: AddingPeople = { offered: false };

/**
 * A call of one rings already, or is about to end; a one-time call has its two. Of a meeting that is not in one's list (by a
 * link, or rung into) nothing is known, so that it is tried.
 */
export function askAdding(state: CallState, meetings: Loadable<readonly Meeting[]>): AddingPeople {
  const count = audience(state).length;
  if (state.kind === 'direct') {
    if (peopleIn(state).length < 2) return NEVER;
    return { offered: true, refused: count >= MAX_PEOPLE_IN_DIRECT_CALL ? 'call-full' : null };
  }
  const listed = meetings.state === 'ready' ? meetings.value : [];
  const meeting = listed.find(({ meetingId }) => meetingId === state.meetingId);
  if (meeting?.kind === 'oneTime') return NEVER;
  if (meeting?.may.add === false) return { offered: true, refused: 'outsiders-no-adding' };
  return { offered: true, refused: count >= MAX_PEOPLE_IN_MEETING ? 'meeting-full' : null };
}

/** Whether one's own ring can be called off alone: while a direct call has nobody else, ending it is the same. */
export function mayCallOff(state: CallState, me: PersonKey, person: PersonKey): boolean {
  const rung = state.participants[person];
  return isRinging(rung) && rung.rungBy === me && (state.kind === 'meeting' || peopleIn(state).length > 1);
}
