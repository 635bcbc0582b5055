import type { Migration } from './migration.ts';

export const meetings: Migration = {
  version: 5,
  name: 'meetings',
  sql: `
    CREATE TABLE meetings (
      meeting_id text PRIMARY KEY,
      tid text NOT NULL,
      organizer text NOT NULL,
      command_id text NOT NULL,
      start_ms bigint NOT NULL,
      end_ms bigint NOT NULL,
      revision integer NOT NULL,
      meeting jsonb NOT NULL,
      UNIQUE (organizer, command_id)
    );
    CREATE INDEX meetings_end ON meetings (tid, end_ms);

    CREATE TABLE meeting_people (
      meeting_id text NOT NULL REFERENCES meetings,
      who text NOT NULL,
      PRIMARY KEY (who, meeting_id)
    );
    CREATE INDEX meeting_people_meeting ON meeting_people (meeting_id);

    CREATE TABLE join_links (
      token_hash text PRIMARY KEY,
      tid text NOT NULL,
      meeting_id text NOT NULL,
      at_ms bigint NOT NULL
    );
    CREATE INDEX join_links_meeting ON join_links (meeting_id);

    CREATE TABLE lobbies (
      meeting_id text PRIMARY KEY,
      tid text NOT NULL,
      version integer NOT NULL,
      busy boolean NOT NULL,
      state jsonb NOT NULL
    );
    CREATE INDEX lobbies_busy ON lobbies (meeting_id) WHERE busy;
  `,
};
