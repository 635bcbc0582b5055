import type { CallState, Participant, PersonKey } from '../../domain/call/state.ts';

/** Who a ringing call is from: whoever is in it already. */
export function callerOf(state: CallState, me: PersonKey): Participant | null {
  const others = Object.values(state.participants).filter((one) => one.person !== me);
  return others.find((one) => one.state === 'joined' || one.state === 'reconnecting') ?? others[0] ?? null;
}

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
