import pg from 'pg';
import { type Row, type SqlDatabase, type Statement, toSqlError } from './database.ts';

/** Connections of one hub: the embedded database has one, a server's are cheap, and most work is short. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * A PostgreSQL server.
 * @param onLost told when an idle connection breaks; the pool replaces it by itself
 */
export function openPostgres(databaseUrl: string, onLost: (error: Error) => void): SqlDatabase {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'sightline',
  });
  pool.on('error', onLost);
  return {
    run: (statements) => runAll(pool, statements),
    async script(sql) {
      await inTransaction(pool, (client) => client.query(sql));
    },
    close: () => pool.end(),
  };
}

async function runAll(pool: pg.Pool, statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
  const [first] = statements;
  if (first === undefined) return [];
  if (statements.length === 1) {
    try {
      return [(await pool.query<Row>(first.sql, [...first.params])).rows];
    } catch (error) {
      throw toSqlError(error);
    }
  }
  return inTransaction(pool, async (client) => {
    const results: Row[][] = [];
    for (const { sql, params } of statements) results.push((await client.query<Row>(sql, [...params])).rows);
    return results;
  });
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  let broken = true;
  const client = await pool.connect().catch((error: unknown) => {
    throw toSqlError(error);
  });
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    broken = false;
    return result;
  } catch (error) {
    broken = !(await rolledBack(client));
    throw toSqlError(error);
  } finally {
    client.release(broken);
  }
}

/** False when the connection itself is gone: the pool must not hand it out again. */
async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
