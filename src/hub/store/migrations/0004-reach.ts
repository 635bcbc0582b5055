import type { Migration } from './migration.ts';

export const reach: Migration = {
  version: 4,
  name: 'reach',
  sql: `
    CREATE TABLE tenant_policies (
      tid text NOT NULL,
      revision integer NOT NULL,
      policy jsonb NOT NULL,
      changed_by text NOT NULL,
      at_ms bigint NOT NULL,
      PRIMARY KEY (tid, revision)
    );

    CREATE TABLE reach_audit (
      place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      tid text NOT NULL,
      reference text NOT NULL,
      at_ms bigint NOT NULL,
      what jsonb NOT NULL
    );
    CREATE INDEX reach_audit_newest ON reach_audit (tid, place DESC);
    CREATE INDEX reach_audit_reference ON reach_audit (tid, reference);
    CREATE INDEX reach_audit_age ON reach_audit (tid, at_ms);
  `,
};
