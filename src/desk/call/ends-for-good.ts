import type { Loadable, Meeting } from '../../client/types.ts';
import { peopleIn } from '../../domain/call/queries.ts';
import type { CallState, PersonKey } from '../../domain/call/state.ts';

/** Whether leaving ends the call for the other one too, with its link: a one-time call with its customer in it. */
export function endsForGood(meetings: Loadable<readonly Meeting[]>, state: CallState, me: PersonKey): boolean {
  if (meetings.state !== 'ready') return false;
  const isOneTime = meetings.value.some(({ meetingId, kind }) => meetingId === state.meetingId && kind === 'oneTime');
  return isOneTime && peopleIn(state).some(({ person }) => person !== me);
}
