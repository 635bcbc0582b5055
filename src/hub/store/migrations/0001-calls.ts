import type { Migration } from './migration.ts';

export const calls: Migration = {
  version: 1,
  name: 'calls',
  sql: `
    CREATE TABLE calls (
      call_id text PRIMARY KEY,
      tid text NOT NULL,
      kind text NOT NULL,
      meeting_id text,
      created_at_ms bigint NOT NULL,
      ended_at_ms bigint
    );
    CREATE INDEX calls_open ON calls (created_at_ms) WHERE ended_at_ms IS NULL;

    CREATE TABLE call_events (
      call_id text NOT NULL REFERENCES calls,
      seq integer NOT NULL,
      at_ms bigint NOT NULL,
      event jsonb NOT NULL,
      PRIMARY KEY (call_id, seq)
    );

    CREATE TABLE command_outcomes (
      scope text NOT NULL,
      person text NOT NULL,
      command_id text NOT NULL,
      call_id text NOT NULL REFERENCES calls,
      seq integer NOT NULL,
      PRIMARY KEY (scope, person, command_id)
    );
    CREATE INDEX command_outcomes_call ON command_outcomes (call_id);

    CREATE TABLE contacts (
      owner text NOT NULL,
      other text NOT NULL,
      call_id text NOT NULL,
      at_ms bigint NOT NULL,
      outcome text NOT NULL,
      PRIMARY KEY (owner, other)
    );
    CREATE INDEX contacts_newest ON contacts (owner, at_ms DESC);
  `,
};
