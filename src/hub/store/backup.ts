import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Older ones go: each is a whole copy of the database. */
const KEEP_BACKUPS = 3;
const NAME = /^pg-\d{8}T\d{9}Z$/;

/**
 * Copies the database's folder to `backups/pg-<time>`. Nothing may write to it meanwhile.
 * @returns the folder of the copy
 */
export async function backUpFolder(pgFolder: string, backupsFolder: string, now: Date): Promise<string> {
  await mkdir(backupsFolder, { recursive: true, mode: 0o700 });
  const target = join(backupsFolder, `pg-${now.toISOString().replaceAll(/[-:.]/g, '')}`);
  const unfinished = `${target}.part`;
  await cp(pgFolder, unfinished, { recursive: true, preserveTimestamps: true });
  await rename(unfinished, target);
  await removeOld(backupsFolder);
  return target;
}

/** Copies that a crash left half made go as well. */
async function removeOld(backupsFolder: string): Promise<void> {
  const names = await readdir(backupsFolder);
  const complete = names.filter((name) => NAME.test(name)).sort();
  const old = complete.slice(0, Math.max(0, complete.length - KEEP_BACKUPS));
  const halfMade = names.filter((name) => name.endsWith('.part'));
  for (const name of [...old, ...halfMade]) await rm(join(backupsFolder, name), { recursive: true, force: true });
}
