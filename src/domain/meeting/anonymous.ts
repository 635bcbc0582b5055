import type { PersonKey } from '../call/state.ts';
import { tidOf } from '../call/tenant-of.ts';

/** In place of a tenant: no tenant has it, so that every rule of reach refuses whoever is of it. */
export const NO_TENANT = 'anon';

/** Somebody without a sign-in: the name is what they typed, and proves nothing. */
export const isAnonymous = (person: PersonKey): boolean => person.startsWith(`${NO_TENANT}:`);

/**
 * What has to stand beside somebody's name: that nobody vouches for it, or that another company does, whose names may look like
 * one's own people's. Null for people and guests of one's own company, and for whoever has none to compare with.
 */
export function strangeness(person: PersonKey, me: PersonKey): 'notSignedIn' | 'otherCompany' | null {
  if (isAnonymous(person)) return 'notSignedIn';
  return isAnonymous(me) || tidOf(person) === tidOf(me) ? null : 'otherCompany';
}
