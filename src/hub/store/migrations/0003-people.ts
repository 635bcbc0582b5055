import type { Migration } from './migration.ts';

export const people: Migration = {
  version: 3,
  name: 'people',
  sql: `
    CREATE TABLE people (
      tid text NOT NULL,
      person_key text NOT NULL,
      person jsonb NOT NULL,
      PRIMARY KEY (tid, person_key)
    );
  `,
};
