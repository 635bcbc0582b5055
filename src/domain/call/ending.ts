import type { CallEvent, EndReason, LeaveReason } from './event.ts';
import { peopleIn, peopleRinging } from './queries.ts';
import type { CallState, PersonKey } from './state.ts';

/**
 * Somebody leaves: their frozen picture and marks that waited for their headset end with them.
 * A direct call ends when nobody is left to talk to, a meeting when the last one has gone.
 */
export function afterLeaving(state: CallState, person: PersonKey, reason: LeaveReason): readonly CallEvent[] {
  const events: CallEvent[] = [...orphanedMarks(state, person), { type: 'left', person, reason }];
  const stay = peopleIn(state).filter((one) => one.person !== person);
  const ringing = peopleRinging(state).filter((one) => one.person !== person);
  const over = state.kind === 'meeting' ? stay.length === 0 : stay.length === 0 || stay.length + ringing.length < 2;
  if (!over) return events;
  for (const one of ringing) events.push({ type: 'left', person: one.person, reason: 'cancelled' });
  for (const one of stay) events.push({ type: 'left', person: one.person, reason: 'left' });
  events.push({ type: 'ended', reason: endReason(reason, ringing.length > 0) });
  return events;
}

/** Everybody leaves at once. */
export function endForAll(state: CallState): readonly CallEvent[] {
  const [last, ...others] = peopleIn(state).toReversed();
  if (last === undefined) return [];
  const marks = others.flatMap(({ person }) => orphanedMarks(state, person));
  const left = others.map(({ person }) => ({ type: 'left', person, reason: 'left' }) as const);
  const rest = { ...state, participants: { [last.person]: last } };
  return [...marks, ...left, ...cancelled(state), ...afterLeaving(rest, last.person, 'left')];
}

const cancelled = (state: CallState): readonly CallEvent[] =>
  peopleRinging(state).map(({ person }) => ({ type: 'left', person, reason: 'cancelled' }));

function endReason(reason: LeaveReason, nobodyAnswered: boolean): EndReason {
  if (reason !== 'left') return reason;
  return nobodyAnswered ? 'cancelled' : 'ended';
}

function orphanedMarks(state: CallState, person: PersonKey): readonly CallEvent[] {
  return Object.values(state.pendingMarks)
    .filter((pending) => pending.target === person)
    .map(({ markId, author }) => ({ type: 'markRefused', markId, author, code: 'headset-gone' }) as const);
}
