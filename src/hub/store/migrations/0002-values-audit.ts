import type { Migration } from './migration.ts';

export const valuesAndAudit: Migration = {
  version: 2,
  name: 'values and audit',
  sql: `
    CREATE TABLE stored_values (
      collection text NOT NULL,
      id text NOT NULL,
      value jsonb NOT NULL,
      value_group text,
      expires_at_ms bigint,
      PRIMARY KEY (collection, id)
    );
    CREATE INDEX stored_values_group ON stored_values (value_group) WHERE value_group IS NOT NULL;
    CREATE INDEX stored_values_expiry ON stored_values (expires_at_ms) WHERE expires_at_ms IS NOT NULL;

    CREATE TABLE audit (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      at_ms bigint NOT NULL,
      person text NOT NULL,
      kind text NOT NULL,
      call_id text NOT NULL,
      detail text NOT NULL
    );
    CREATE INDEX audit_person ON audit (person, id);
  `,
};
