import type { SqlDatabase } from './database.ts';
import { MIGRATIONS } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';
import { StoreError } from './store.ts';

const TABLE = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version integer PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;
/** Any constant: hubs that start at the same moment on one server wait for each other. */
const LOCK = 'SELECT pg_advisory_xact_lock(728114, 1)';

export interface MigrateOptions {
  readonly migrations?: readonly Migration[];
  /** Called once, before the first change to a database that already holds a schema. */
  readonly beforeChange?: () => Promise<void>;
}

/**
 * Brings the schema up to date, each step in a transaction of its own.
 * @returns the versions that were applied now
 * @throws StoreError when the database was written by a newer release
 */
export async function migrate(database: SqlDatabase, options: MigrateOptions = {}): Promise<readonly number[]> {
  const migrations = options.migrations ?? MIGRATIONS;
  await database.script(`${LOCK}; ${TABLE}`);
  const done = await appliedVersions(database);
  const newest = migrations.at(-1)?.version ?? 0;
  const unknown = done.filter((version) => version > newest);
  if (unknown.length > 0) {
    throw new StoreError(
      `The database has schema version ${Math.max(...unknown)}, this hub knows ${newest}: start a newer hub.`,
    );
  }
  const pending = migrations.filter((migration) => !done.includes(migration.version));
  if (pending.length > 0 && done.length > 0) await options.beforeChange?.();
  const applied: number[] = [];
  for (const migration of pending) {
    if (await applyOne(database, migration)) applied.push(migration.version);
  }
  return applied;
}

async function appliedVersions(database: SqlDatabase): Promise<readonly number[]> {
  const [rows] = await database.run([{ sql: 'SELECT version FROM schema_migrations ORDER BY version', params: [] }]);
  return (rows ?? []).map((row) => Number(row.version));
}

/** The row goes in first: when another hub was quicker, it collides there and nothing is done twice. */
async function applyOne(database: SqlDatabase, migration: Migration): Promise<boolean> {
  const name = migration.name.replaceAll("'", "''");
  try {
    await database.script(
      `${LOCK}; INSERT INTO schema_migrations (version, name) VALUES (${migration.version}, '${name}'); ${migration.sql}`,
    );
    return true;
  } catch (error) {
    if ((await appliedVersions(database)).includes(migration.version)) return false;
    throw error;
  }
}
