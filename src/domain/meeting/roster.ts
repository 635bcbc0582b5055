import { admitters } from './admitting.ts';
import { askEntry } from './entry.ts';
import { doorOf, type LobbyContext } from './lobby-context.ts';
import { type LobbyState, waiterOf } from './lobby-state.ts';
import { type Caller, isVerified } from './model.ts';

/**
 * Whether somebody is told who is in a meeting now: those who have a seat in it, those who decide at its door, and those to whom it
 * is open, since they could go and look. Whoever would have to wait, or waits, is told nobody's name.
 */
export function mayKnowWhoIsIn(state: LobbyState, caller: Caller, context: LobbyContext): boolean {
  if (state.inside[caller.person] !== undefined) return true;
  if (!isVerified(caller) || waiterOf(state, caller.person) !== undefined) return false;
  return admitters(context.meeting).includes(caller.person) || askEntry(caller, doorOf(state, context)).kind === 'in';
}
