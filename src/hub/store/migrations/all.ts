import { calls } from './0001-calls.ts';
import { valuesAndAudit } from './0002-values-audit.ts';
import { people } from './0003-people.ts';
import { reach } from './0004-reach.ts';
import { meetings } from './0005-meetings.ts';
import type { Migration } from './migration.ts';

/** In order, numbered 1, 2, 3, … */
export const MIGRATIONS: readonly Migration[] = [calls, valuesAndAudit, people, reach, meetings];
