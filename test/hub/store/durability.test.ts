import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { takeDataFolder } from '../../../src/hub/data-folder.ts';
import { StartError } from '../../../src/hub/start-error.ts';
import { MIGRATIONS } from '../../../src/hub/store/migrations/all.ts';
import type { Migration } from '../../../src/hub/store/migrations/migration.ts';
import { openEmbeddedStore } from '../../../src/hub/store/open.ts';
import { StoreError } from '../../../src/hub/store/store.ts';
import { placeEmptyDatabase } from '../support/database-template.ts';
import { folderOfThisTest } from '../support/temporary-folder.ts';

const CHILD = fileURLToPath(new URL('./writing-child.ts', import.meta.url));
const CALL = 'the-call';
const folderWithDatabase = async (): Promise<string> => {
  const folder = folderOfThisTest();
  await placeEmptyDatabase(folder);
  return folder;
};
type Child = ChildProcessByStdio<null, Readable, null>;

/** Runs the process that writes until it is killed. @returns the last number that the store acknowledged */
async function writeUntilKilled(folder: string, lastSeq: number, endSeq: number): Promise<number> {
  const child = startChild(folder, lastSeq, endSeq);
  const ended = once(child, 'exit');
  let acknowledged = lastSeq;
  for await (const line of createInterface({ input: child.stdout })) acknowledged = Number(line);
  const [code, signal] = await ended;
  if (signal !== 'SIGKILL') throw new Error(`the writing process ended by itself with ${code}`);
  return acknowledged;
}

function startChild(folder: string, lastSeq: number, endSeq: number): Child {
  const args = ['--import', 'tsx', CHILD, folder, CALL, String(lastSeq), String(endSeq)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('the embedded database', () => {
  test('loses nothing it acknowledged when the process is killed, again and again', async () => {
    const folder = await folderWithDatabase();
    let last = 0;
    for (const further of [7, 150]) {
      last = await writeUntilKilled(folder, last, last + further);
      const data = takeDataFolder(folder, { alone: true });
      const store = await openEmbeddedStore({ dataFolder: folder });
      const seqs = (await store.eventsAfter(CALL, 0)).map((logged) => logged.seq);
      expect(seqs.length).toBeGreaterThanOrEqual(last);
      expect(seqs).toEqual(seqs.map((_, at) => at + 1));
      expect(await store.outcomeOf({ scope: CALL, person: 'p', commandId: String(last) })).toEqual({
        callId: CALL,
        seq: last,
      });
      // What was written but not acknowledged before the kill may be there too; the next writer goes on after it.
      last = seqs.length;
      await store.close();
      data.release();
    }
  }, 180_000);

  test('starts again after a kill in the middle of its making', async () => {
    const folder = folderOfThisTest();
    const child = startChild(folder, 0, 1);
    const ended = once(child, 'exit');
    await expect.poll(() => existsSync(join(folder, 'pg.new', 'global')), { timeout: 60_000, interval: 5 }).toBe(true);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(join(folder, 'pg'))).toBe(false);
    const store = await openEmbeddedStore({ dataFolder: folder });
    expect(await store.openCalls()).toEqual([]);
    await store.close();
  }, 180_000);

  test('is copied before its schema changes, and only then; three copies are kept', async () => {
    const folder = await folderWithDatabase();
    const backups: string[] = [];
    const open = (migrations: readonly Migration[]) =>
      openEmbeddedStore({ dataFolder: folder, migrations, onBackup: (path) => backups.push(path) });
    const step = (version: number): Migration => ({
      version,
      name: `step ${version}`,
      sql: `CREATE TABLE step_${version} ()`,
    });
    const store = await open(MIGRATIONS);
    await store.recordContacts([{ owner: 'a', other: 'b', callId: 'c', atMs: 1, outcome: 'missed' }]);
    await store.close();
    const all = [...MIGRATIONS];
    for (let round = 0; round < 4; round += 1) {
      all.push(step(all.length + 1));
      await (await open(all)).close();
    }
    await (await open(all)).close();
    expect(backups).toHaveLength(4);
    expect((await readdir(join(folder, 'backups'))).map((name) => join(folder, 'backups', name)).sort()).toEqual(
      backups.slice(1),
    );

    await expect(open(MIGRATIONS)).rejects.toThrow(StoreError);
    const restored = await openEmbeddedStore({
      dataFolder: copyAsData(backups[3] ?? ''),
      migrations: all.slice(0, -1),
    });
    expect(await restored.recentContacts('a', 1)).toHaveLength(1);
    await restored.close();
  }, 180_000);

  test('is not changed at all by a migration that fails', async () => {
    const folder = await folderWithDatabase();
    const broken = {
      version: (MIGRATIONS.at(-1)?.version ?? 0) + 1,
      name: 'broken',
      sql: 'CREATE TABLE half (); CREATE TABLE half ()',
    };
    await expect(openEmbeddedStore({ dataFolder: folder, migrations: [...MIGRATIONS, broken] })).rejects.toThrow(
      /half/,
    );
    const repaired = { ...broken, sql: 'CREATE TABLE half ()' };
    const store = await openEmbeddedStore({ dataFolder: folder, migrations: [...MIGRATIONS, repaired] });
    await store.close();
  }, 180_000);
});

/** A data folder whose database is the backup itself. */
function copyAsData(backup: string): string {
  const folder = folderOfThisTest();
  cpSync(backup, join(folder, 'pg'), { recursive: true });
  return folder;
}

describe('the data folder', () => {
  test('belongs to one hub at a time, which one clear line says', () => {
    const folder = folderOfThisTest();
    const first = takeDataFolder(folder, { alone: true });
    expect(() => takeDataFolder(folder, { alone: true })).toThrow(StartError);
    expect(() => takeDataFolder(folder, { alone: true })).toThrow(/in use by another hub/);
    first.release();
    first.release();
    takeDataFolder(folder, { alone: true }).release();
  });

  test('is shared when the database is elsewhere', () => {
    const folder = folderOfThisTest();
    takeDataFolder(folder, { alone: false });
    takeDataFolder(folder, { alone: false });
  });

  test('that cannot be made is named', () => {
    expect(() => takeDataFolder(join(CHILD, 'data'), { alone: true })).toThrow(/cannot be written \(ENOTDIR\)/);
  });
});
