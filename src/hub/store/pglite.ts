import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Row, type SqlDatabase, SqlError } from './database.ts';
import type { PgliteReply, PgliteRequest, PgliteWorkerData } from './pglite-protocol.ts';
import { StoreError } from './store.ts';

interface Waiting {
  readonly resolve: (rows: readonly (readonly Row[])[]) => void;
  readonly reject: (error: SqlError) => void;
}
/** Omit that keeps the members of a union apart. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/**
 * Opens the embedded database in a thread of its own. The folder must be locked by the caller: PGlite has no lock.
 * @throws StoreError when the folder cannot be opened
 */
export async function openPglite(folder: string): Promise<SqlDatabase> {
  const worker = startWorker({ folder });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let gone: SqlError | null = null;

  const failAll = (message: string): void => {
    gone = new SqlError(message, {});
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on('error', (error) => failAll(`the database's thread failed: ${error.message}`));
  worker.on('exit', () => failAll('the database is closed'));
  await ready(worker);
  worker.on('message', (reply: PgliteReply) => settle(waiting, reply));

  const ask = (request: WithoutId<PgliteRequest>): Promise<readonly (readonly Row[])[]> =>
    new Promise((resolve, reject) => {
      if (gone !== null) return reject(gone);
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ ...request, id: lastId });
    });

  return {
    run: (statements) => ask({ kind: 'run', statements }),
    async script(sql) {
      await ask({ kind: 'script', sql });
    },
    async close() {
      if (gone !== null) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      await ask({ kind: 'close' });
      await ended;
    },
  };
}

function settle(waiting: Map<number, Waiting>, reply: PgliteReply): void {
  if (reply.kind === 'ready' || reply.kind === 'failed') return;
  const one = waiting.get(reply.id);
  waiting.delete(reply.id);
  if (reply.kind === 'result') one?.resolve(reply.rows);
  else one?.reject(new SqlError(reply.message, { code: reply.code, table: reply.table }));
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (message: string): void => reject(new StoreError(`The embedded database does not open: ${message}`));
    worker.once('error', (error) => fail(error.message));
    worker.once('exit', () => fail('its thread ended'));
    worker.once('message', (reply: PgliteReply) => {
      if (reply.kind === 'failed') fail(reply.message);
      else resolve();
    });
  });
}

/** The built hub has the worker beside it as JavaScript; from source a small script loads the TypeScript. */
function startWorker(workerData: PgliteWorkerData): Worker {
  const built = new URL('./pglite-worker.js', import.meta.url);
  const source = new URL('./pglite-worker-source.mjs', import.meta.url);
  return new Worker(existsSync(fileURLToPath(built)) ? built : source, { workerData });
}
