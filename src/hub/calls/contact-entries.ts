import type { CallEvent, LoggedEvent } from '../../domain/call/event.ts';
import { isIn, peopleIn } from '../../domain/call/queries.ts';
import type { CallState, PersonKey } from '../../domain/call/state.ts';
import { isAnonymous } from '../../domain/meeting/anonymous.ts';
import type { ContactEntry, ContactOutcome } from '../store/store.ts';

/**
 * What one event means for Recent Contacts. Ringing is `outgoing` for the caller at once; for the one who is rung it is
 * `answered` on joining and `missed` when the ringing ends otherwise. Who meets in a meeting has `answered` each other.
 * @param before the call before the event
 */
export function contactEntries(before: CallState, logged: LoggedEvent): readonly ContactEntry[] {
  const { event, atMs } = logged;
  const entry = (owner: PersonKey, other: PersonKey, outcome: ContactOutcome): ContactEntry => ({
    owner,
    other,
    callId: before.callId,
    atMs,
    outcome,
  });
  switch (event.type) {
    case 'rang':
      return [entry(event.from, event.person, 'outgoing')];
    case 'joined':
      return onJoined(before, event, entry);
    case 'left': {
      if (before.participants[event.person]?.state !== 'ringing') return [];
      return callersOf(before, event.person).map((caller) => entry(event.person, caller, 'missed'));
    }
    default:
      return [];
  }
}

/** Who is in the call; after a caller who gave up, and so left before the ringing stopped, whoever was in it. */
function callersOf(before: CallState, rung: PersonKey): readonly PersonKey[] {
  const inCall = peopleIn(before).map((one) => one.person);
  if (inCall.length > 0) return inCall;
  const others = Object.values(before.participants).filter((one) => one.person !== rung && one.state === 'left');
  return others.map((one) => one.person);
}

function onJoined(
  before: CallState,
  event: Extract<CallEvent, { type: 'joined' }>,
  entry: (owner: PersonKey, other: PersonKey, outcome: ContactOutcome) => ContactEntry,
): readonly ContactEntry[] {
  const self = before.participants[event.person];
  if (isIn(self)) return [];
  // Who has no sign-in is nobody to call again.
  if (isAnonymous(event.person)) return [];
  const others = peopleIn(before)
    .map((one) => one.person)
    .filter((other) => !isAnonymous(other));
  if (self?.state === 'ringing') return others.map((other) => entry(event.person, other, 'answered'));
  if (before.kind !== 'meeting') return [];
  return others.flatMap((other) => [entry(event.person, other, 'answered'), entry(other, event.person, 'answered')]);
}
