import type { Row, Statement } from './database.ts';
import type { ValueStore } from './store.ts';

type Run = (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]>;

const ALIVE = '(expires_at_ms IS NULL OR expires_at_ms > $2)';
const UPSERT = `INSERT INTO stored_values (collection, id, value, value_group, expires_at_ms)
  VALUES ($1, $2, $3::jsonb, $4, $5)
  ON CONFLICT (collection, id) DO UPDATE
  SET value = excluded.value, value_group = excluded.value_group, expires_at_ms = excluded.expires_at_ms`;

/** Values as rows of one table. */
export function createSqlValues(run: Run): ValueStore {
  return {
    async get(collection, id, nowMs) {
      const sql = `SELECT value FROM stored_values WHERE collection = $1 AND ${ALIVE} AND id = $3`;
      const [rows] = await run([{ sql, params: [collection, nowMs, id] }]);
      return rows?.[0]?.value;
    },
    async set(collection, id, stored) {
      const { value, group, expiresAtMs } = stored;
      await run([{ sql: UPSERT, params: [collection, id, JSON.stringify(value), group, expiresAtMs] }]);
    },
    async delete(collection, id) {
      await run([{ sql: 'DELETE FROM stored_values WHERE collection = $1 AND id = $2', params: [collection, id] }]);
    },
    async list(collection, nowMs) {
      const sql = `SELECT id, value FROM stored_values WHERE collection = $1 AND ${ALIVE} ORDER BY id`;
      const [rows] = await run([{ sql, params: [collection, nowMs] }]);
      return (rows ?? []).map((row) => ({ id: String(row.id), value: row.value }));
    },
    async deleteGroup(group) {
      await run([{ sql: 'DELETE FROM stored_values WHERE value_group = $1', params: [group] }]);
    },
  };
}
