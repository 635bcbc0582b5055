import { accept, type Result, refuse } from '../call/refusal.ts';
import type { PersonKey } from '../call/state.ts';

/** Somebody as the rules of reach see them. */
export interface Account {
  readonly key: PersonKey;
  readonly tid: string;
  /** A service account is a member made for a vendor's person; a guest's home is elsewhere. */
  readonly kind: 'internal' | 'service' | 'guest';
}

/** What somebody wants to do with another person. */
export type Purpose = 'find' | 'call' | 'meet';

/**
 * Whether two people may have to do with each other. The one place to ask before a list is shown, a call rings or somebody
 * joins. Symmetric but for `call`: nobody calls themselves.
 * Refuses with `not-found` where even the other's existence is none of theirs.
 */
export function mayReach(self: Account, other: Account, purpose: Purpose): Result<null> {
  if (self.key === other.key) return purpose === 'call' ? refuse('not-allowed', 'a call to oneself') : accept(null);
  if (self.tid !== other.tid) return refuse('not-found', 'another tenant');
  return accept(null);
}

/** Whether somebody may come to where others are: every pair has to be permitted. */
export function mayJoin(self: Account, present: readonly Account[]): Result<null> {
  for (const other of present) {
    const pair = mayReach(self, other, 'meet');
    if (!pair.ok) return pair;
  }
  return accept(null);
}
