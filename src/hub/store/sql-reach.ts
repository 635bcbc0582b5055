import { type Row, SqlError, type Statement, UNIQUE_VIOLATION } from './database.ts';
import type { PlacedRecord, PolicyRevision, PolicyStore, ReachAudit, ReachRecord } from './reach-store.ts';
import { replacePeople } from './sql-people.ts';
import { StoreError } from './store.ts';

type Run = (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]>;

const CURRENT = 'SELECT DISTINCT ON (tid) * FROM tenant_policies ORDER BY tid, revision DESC';
const NEWEST_REVISIONS = 'SELECT tid, max(revision) AS revision FROM tenant_policies GROUP BY tid';
const PRUNE_REVISIONS = `DELETE FROM tenant_policies WHERE tid = $1 AND at_ms < $2
  AND revision <= (SELECT max(revision) FROM tenant_policies WHERE tid = $1) - $3::integer`;
const ADD = `INSERT INTO tenant_policies (tid, revision, policy, changed_by, at_ms)
  VALUES ($1, $2, $3::jsonb, $4, $5)`;
const WRITE = 'INSERT INTO reach_audit (tid, reference, at_ms, what) VALUES ($1, $2, $3, $4::jsonb)';
const NEWEST = `SELECT * FROM reach_audit WHERE tid = $1 AND ($2::bigint IS NULL OR place < $2)
  ORDER BY place DESC LIMIT $3`;
const BY_REFERENCE = `SELECT * FROM reach_audit WHERE tid = $1 AND reference = $2 ORDER BY place DESC LIMIT 1`;

/** Policies of tenants as rows, every revision of them. */
export function createSqlPolicies(run: Run): PolicyStore {
  return {
    async current() {
      const [rows] = await run([{ sql: CURRENT, params: [] }]);
      return (rows ?? []).map(toRevision);
    },
    async newest() {
      const [rows] = await run([{ sql: NEWEST_REVISIONS, params: [] }]);
      return new Map((rows ?? []).map(({ tid, revision }) => [String(tid), Number(revision)]));
    },
    async add({ tid, revision, policy, by, atMs }, record, people = null) {
      const params = [tid, revision, JSON.stringify(policy), by, atMs];
      try {
        const list = people === null ? [] : replacePeople(tid, people);
        await run([{ sql: ADD, params }, insertRecord(record), ...list]);
        return true;
      } catch (error) {
        const cause = error instanceof StoreError ? error.cause : null;
        // Somebody may stand twice in the list of people.
        if (cause instanceof SqlError && cause.code === UNIQUE_VIOLATION && cause.table !== 'people') return false;
        throw error;
      }
    },
    async prune(tid, beforeMs, keep) {
      await run([{ sql: PRUNE_REVISIONS, params: [tid, beforeMs, keep] }]);
    },
  };
}

export function createSqlReachAudit(run: Run): ReachAudit {
  return {
    async write(records) {
      if (records.length > 0) await run(records.map(insertRecord));
    },
    async newest(tid, beforePlace, limit) {
      const [rows] = await run([{ sql: NEWEST, params: [tid, beforePlace, limit] }]);
      return (rows ?? []).map(toRecord);
    },
    async byReference(tid, reference) {
      const [rows] = await run([{ sql: BY_REFERENCE, params: [tid, reference] }]);
      const row = rows?.[0];
      return row === undefined ? null : toRecord(row);
    },
    async prune(tid, beforeMs) {
      await run([{ sql: 'DELETE FROM reach_audit WHERE tid = $1 AND at_ms < $2', params: [tid, beforeMs] }]);
    },
  };
}

const insertRecord = ({ tid, reference, atMs, what }: ReachRecord): Statement => ({
  sql: WRITE,
  params: [tid, reference, atMs, JSON.stringify(what)],
});

/** Rows were written by this module: their shape is trusted. */
const toRevision = (row: Row): PolicyRevision => ({
  tid: String(row.tid),
  revision: Number(row.revision),
  policy: row.policy as PolicyRevision['policy'],
  by: String(row.changed_by),
  atMs: Number(row.at_ms),
});

const toRecord = (row: Row): PlacedRecord => ({
  place: Number(row.place),
  tid: String(row.tid),
  reference: String(row.reference),
  atMs: Number(row.at_ms),
  what: row.what as PlacedRecord['what'],
});
