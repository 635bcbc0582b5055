import type { PersonKey } from '../call/state.ts';

/** In place of a tenant: no tenant has it, so that every rule of reach refuses whoever is of it. */
export const NO_TENANT = 'anon';

/** Somebody without a sign-in: the name is what they typed, and proves nothing. */
export const isAnonymous = (person: PersonKey): boolean => person.startsWith(`${NO_TENANT}:`);
