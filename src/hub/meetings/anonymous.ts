import { randomUUID } from 'node:crypto';
import type { PersonKey } from '../../domain/call/state.ts';
import type { Account } from '../../domain/reach/model.ts';
import { plainAccount } from '../directory/directory.ts';

/** In place of a tenant: no tenant has it, so that every rule of reach refuses whoever is of it. */
const NO_TENANT = 'anon';

export const newAnonymous = (): PersonKey => `${NO_TENANT}:${randomUUID()}`;

/** Somebody without a sign-in. */
export const isAnonymous = (person: PersonKey): boolean => person.startsWith(`${NO_TENANT}:`);

export const anonymousAccount = (key: PersonKey): Account =>
  plainAccount({ key, tid: NO_TENANT, kind: 'guest', mail: '' });
