import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { type Row, type Statement, toSqlError } from './database.ts';
import { DURABLE_START_PARAMS, DurableNodeFS } from './durable-node-fs.ts';
import type { PgliteReply, PgliteRequest, PgliteWorkerData } from './pglite-protocol.ts';

/** Entry of the database's own thread: PGlite runs queries synchronously, and here they hold up nobody. */
async function serve(folder: string, port: NonNullable<typeof parentPort>): Promise<void> {
  const reply = (message: PgliteReply): void => port.postMessage(message);
  let database: PGlite;
  try {
    database = await PGlite.create({ fs: new DurableNodeFS(folder), startParams: DURABLE_START_PARAMS });
  } catch (error) {
    reply({ kind: 'failed', message: toSqlError(error).message });
    port.close();
    return;
  }
  port.on('message', async (request: PgliteRequest) => {
    try {
      reply({ kind: 'result', id: request.id, rows: await perform(database, request) });
    } catch (error) {
      const { message, code, table } = toSqlError(error);
      reply({ kind: 'error', id: request.id, message, code, table });
    }
    if (request.kind === 'close') port.close();
  });
  reply({ kind: 'ready' });
}

async function perform(database: PGlite, request: PgliteRequest): Promise<readonly (readonly Row[])[]> {
  switch (request.kind) {
    case 'run':
      return runAll(database, request.statements);
    case 'script':
      await database.transaction((transaction) => transaction.exec(request.sql));
      return [];
    case 'close':
      await database.close();
      return [];
  }
}

/** A single statement is its own transaction: no need for two more round trips into the database. */
async function runAll(database: PGlite, statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
  const [first] = statements;
  if (first === undefined) return [];
  if (statements.length === 1) return [(await database.query<Row>(first.sql, [...first.params])).rows];
  return database.transaction(async (transaction) => {
    const results: Row[][] = [];
    for (const { sql, params } of statements) results.push((await transaction.query<Row>(sql, [...params])).rows);
    return results;
  });
}

if (parentPort !== null) await serve((workerData as PgliteWorkerData).folder, parentPort);
