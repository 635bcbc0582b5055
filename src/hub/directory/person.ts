import type { Account } from '../../domain/reach/model.ts';
import type { Person } from '../../protocol/types.ts';

/** Somebody as people and the rules of reach see them. */
export interface DirectoryPerson extends Person {
  readonly account: Account;
  /** Where the person usually works, as far as somebody has said so. */
  readonly usually?: 'headset' | 'desk' | null;
}

/** The collection of the store in which those are kept who have signed in, or were found in a directory elsewhere. */
export const rememberedIn = (tid: string): string => `people/${tid}`;

/** Somebody as a policy file names them: kept so that the file can be given back whole. */
export interface ListedPerson extends DirectoryPerson {
  /** App roles; what counts is the token's. */
  readonly roles: readonly string[];
  /** A hint for whoever plays this person in the demo; it decides nothing. */
  readonly usually: 'headset' | 'desk' | null;
}
