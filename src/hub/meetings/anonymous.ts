import { randomUUID } from 'node:crypto';
import type { PersonKey } from '../../domain/call/state.ts';
import { NO_TENANT } from '../../domain/meeting/anonymous.ts';
import type { Account } from '../../domain/reach/model.ts';
import { plainAccount } from '../directory/directory.ts';

export const newAnonymous = (): PersonKey => `${NO_TENANT}:${randomUUID()}`;

export const anonymousAccount = (key: PersonKey): Account =>
  plainAccount({ key, tid: NO_TENANT, kind: 'guest', mail: '' });
