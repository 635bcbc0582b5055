import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { backUpFolder } from './backup.ts';
import type { SqlDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { createSqlStore } from './sql-store.ts';
import type { Store } from './store.ts';

export interface EmbeddedOptions {
  /** Absolute, and locked by the caller. */
  readonly dataFolder: string;
  /** Told where a copy was laid before the schema changed. */
  readonly onBackup?: (folder: string) => void;
  /** Other than the hub's own in tests. */
  readonly migrations?: readonly Migration[];
}

/** Opens the embedded database under the data folder, made at the first start, with its schema up to date. */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<Store> {
  const pgFolder = join(options.dataFolder, 'pg');
  if (!existsSync(pgFolder)) await makeDatabase(pgFolder);
  const database = await openPglite(pgFolder);
  const beforeChange = async (): Promise<void> => {
    await database.run([{ sql: 'CHECKPOINT', params: [] }]);
    options.onBackup?.(await backUpFolder(pgFolder, join(options.dataFolder, 'backups'), new Date()));
  };
  const { migrations } = options;
  return migrated(database, { beforeChange, ...(migrations === undefined ? {} : { migrations }) });
}

/** Opens a PostgreSQL server's database; its backups are its owner's. */
export async function openServerStore(databaseUrl: string, onLost: (error: Error) => void): Promise<Store> {
  return migrated(openPostgres(databaseUrl, onLost), {});
}

async function migrated(database: SqlDatabase, options: Parameters<typeof migrate>[1]): Promise<Store> {
  try {
    await migrate(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
  return createSqlStore(database);
}

/** Made beside and moved into place, so that a kill halfway leaves no half database to start from. */
async function makeDatabase(pgFolder: string): Promise<void> {
  const unfinished = `${pgFolder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await openPglite(unfinished);
  await database.close();
  await rename(unfinished, pgFolder);
}
