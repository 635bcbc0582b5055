import { isIn, peopleIn } from '../../domain/call/queries.ts';
import type { CallState, Participant, PersonKey } from '../../domain/call/state.ts';

/** Who a ringing call is from: who rings, or whoever is in it already. */
export function callerOf(state: CallState, me: PersonKey): Participant | null {
  const others = Object.values(state.participants).filter((one) => one.person !== me);
  const rungBy = state.participants[me]?.rungBy;
  return others.find((one) => one.person === rungBy) ?? others.find(isIn) ?? others[0] ?? null;
}

/** Names of those who are in a call, but for some. */
export const othersIn = (state: CallState, but: readonly PersonKey[]): readonly string[] =>
  peopleIn(state).flatMap(({ person, name }) => (but.includes(person) ? [] : [name]));

/** Whom this desk rings while nobody else is in the call; null when it is no ringing-out. */
export function ringingOut(state: CallState, me: PersonKey): Participant | null {
  const others = Object.values(state.participants).filter((one) => one.person !== me && one.state !== 'left');
  if (others.length === 0 || others.some((one) => one.state !== 'ringing')) return null;
  return others[0] ?? null;
}

/** The name of somebody to tell about when a call ended: the last other one. */
export function otherName(state: CallState, me: PersonKey): string | null {
  return Object.values(state.participants).find((one) => one.person !== me)?.name ?? null;
}
