import type { PersonKey } from './state.ts';

/** The tenant of a person; of somebody without a sign-in none that there is (`NO_TENANT`). Empty for what is no key. */
export const tidOf = (person: PersonKey): string => person.slice(0, Math.max(0, person.indexOf(':')));
