import type { LoggedEvent } from '../../domain/call/event.ts';
import { type Row, type SqlDatabase, SqlError, type Statement, toSqlError, UNIQUE_VIOLATION } from './database.ts';
import { createSqlMeetings } from './sql-meetings.ts';
import { createSqlPeople } from './sql-people.ts';
import { createSqlPolicies, createSqlReachAudit } from './sql-reach.ts';
import { createSqlValues } from './sql-values.ts';
import type {
  AppendRequest,
  AppendResult,
  AuditEntry,
  CallRecord,
  CommandKey,
  CommandOutcome,
  ContactEntry,
  Store,
} from './store.ts';
import { StoreError } from './store.ts';

/** The store on PostgreSQL, embedded or not. The schema must be up to date (`migrate`). */
export function createSqlStore(database: SqlDatabase): Store {
  const run = (statements: readonly Statement[]) => runOrFail(database, statements);
  const rows = async (sql: string, params: Statement['params']): Promise<readonly Row[]> =>
    (await run([{ sql, params }]))[0] ?? [];

  const outcomeOf = async (key: CommandKey): Promise<CommandOutcome | null> => {
    const [row] = await rows(SELECT_OUTCOME, [key.scope, key.person, key.commandId]);
    return row === undefined ? null : { callId: String(row.call_id), seq: Number(row.seq) };
  };

  return {
    append: (request) => append(run, outcomeOf, request),
    outcomeOf,
    async eventsAfter(callId, afterSeq) {
      return (await rows(SELECT_EVENTS, [callId, afterSeq])).map(toLoggedEvent);
    },
    async call(callId) {
      const [row] = await rows('SELECT * FROM calls WHERE call_id = $1', [callId]);
      return row === undefined ? null : toCallRecord(row);
    },
    async openCalls() {
      return (await rows('SELECT * FROM calls WHERE ended_at_ms IS NULL ORDER BY created_at_ms', [])).map(toCallRecord);
    },
    async recordContacts(entries) {
      if (entries.length > 0) await run(entries.map(upsertContact));
    },
    async recentContacts(owner, limit) {
      return (await rows(SELECT_CONTACTS, [owner, limit])).map(toContact);
    },
    async audit(entry) {
      await run([{ sql: INSERT_AUDIT, params: [entry.atMs, entry.person, entry.kind, entry.callId, entry.detail] }]);
    },
    async auditOf(person) {
      return (await rows('SELECT * FROM audit WHERE person = $1 ORDER BY id', [person])).map(toAudit);
    },
    values: createSqlValues(run),
    people: createSqlPeople(run),
    policies: createSqlPolicies(run),
    reachAudit: createSqlReachAudit(run),
    meetings: createSqlMeetings(run),
    async prune(beforeMs) {
      await run([
        { sql: PRUNE_OUTCOMES, params: [beforeMs] },
        { sql: 'DELETE FROM stored_values WHERE expires_at_ms < $1', params: [beforeMs] },
      ]);
    },
    close: () => database.close(),
  };
}

export type RunStatements = (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]>;

const SELECT_EVENTS = 'SELECT seq, at_ms, event FROM call_events WHERE call_id = $1 AND seq > $2 ORDER BY seq';
const SELECT_OUTCOME = 'SELECT call_id, seq FROM command_outcomes WHERE scope = $1 AND person = $2 AND command_id = $3';
const SELECT_CONTACTS = 'SELECT * FROM contacts WHERE owner = $1 ORDER BY at_ms DESC, other LIMIT $2';
const INSERT_CALL = 'INSERT INTO calls (call_id, tid, kind, meeting_id, created_at_ms) VALUES ($1, $2, $3, $4, $5)';
/** One statement however many events: a row each of the array. */
const INSERT_EVENTS = `INSERT INTO call_events (call_id, seq, at_ms, event)
  SELECT $1, (entry->>'seq')::integer, (entry->>'atMs')::bigint, entry->'event'
  FROM jsonb_array_elements($2::jsonb) AS entry`;
const INSERT_OUTCOME =
  'INSERT INTO command_outcomes (scope, person, command_id, call_id, seq) VALUES ($1, $2, $3, $4, $5)';
const END_CALL = 'UPDATE calls SET ended_at_ms = $2 WHERE call_id = $1';
const UPSERT_CONTACT = `INSERT INTO contacts (owner, other, call_id, at_ms, outcome) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (owner, other) DO UPDATE SET call_id = excluded.call_id, at_ms = excluded.at_ms, outcome = excluded.outcome
  WHERE contacts.at_ms <= excluded.at_ms`;
const INSERT_AUDIT = 'INSERT INTO audit (at_ms, person, kind, call_id, detail) VALUES ($1, $2, $3, $4, $5)';
const PRUNE_OUTCOMES = `DELETE FROM command_outcomes WHERE call_id IN
  (SELECT call_id FROM calls WHERE ended_at_ms < $1)`;

async function append(
  run: RunStatements,
  outcomeOf: (key: CommandKey) => Promise<CommandOutcome | null>,
  request: AppendRequest,
): Promise<AppendResult> {
  try {
    await run(appendStatements(request));
    return { kind: 'appended' };
  } catch (error) {
    if (!(error instanceof StoreError && error.cause instanceof SqlError)) throw error;
    if (error.cause.code !== UNIQUE_VIOLATION) throw error;
    const earlier = request.command === null ? null : await outcomeOf(request.command);
    return earlier === null ? { kind: 'conflict' } : { kind: 'duplicate', outcome: earlier };
  }
}

/** The outcome comes before the events: a repeated command is known as such before its events collide. */
function appendStatements(request: AppendRequest): readonly Statement[] {
  const { callId, create, command, outcome, events, endedAtMs } = request;
  const statements: Statement[] = [];
  if (create !== null) {
    const { tid, kind, meetingId, createdAtMs } = create;
    statements.push({ sql: INSERT_CALL, params: [callId, tid, kind, meetingId, createdAtMs] });
  }
  if (command !== null) {
    const { scope, person, commandId } = command;
    statements.push({ sql: INSERT_OUTCOME, params: [scope, person, commandId, outcome.callId, outcome.seq] });
  }
  if (events.length > 0) statements.push({ sql: INSERT_EVENTS, params: [callId, JSON.stringify(events)] });
  if (endedAtMs !== null) statements.push({ sql: END_CALL, params: [callId, endedAtMs] });
  return statements.concat(request.contacts.map(upsertContact));
}

const upsertContact = (entry: ContactEntry): Statement => ({
  sql: UPSERT_CONTACT,
  params: [entry.owner, entry.other, entry.callId, entry.atMs, entry.outcome],
});

async function runOrFail(database: SqlDatabase, statements: readonly Statement[]) {
  try {
    return await database.run(statements);
  } catch (error) {
    const cause = toSqlError(error);
    throw new StoreError(`The database refused: ${cause.message}`, { cause });
  }
}

/** Rows were written by this module: their shape is trusted. */
const toLoggedEvent = (row: Row): LoggedEvent => ({
  seq: Number(row.seq),
  atMs: Number(row.at_ms),
  event: row.event as LoggedEvent['event'],
});

const toCallRecord = (row: Row): CallRecord => ({
  callId: String(row.call_id),
  tid: String(row.tid),
  kind: row.kind as CallRecord['kind'],
  meetingId: row.meeting_id as string | null,
  createdAtMs: Number(row.created_at_ms),
});

const toContact = (row: Row): ContactEntry => ({
  owner: String(row.owner),
  other: String(row.other),
  callId: String(row.call_id),
  atMs: Number(row.at_ms),
  outcome: row.outcome as ContactEntry['outcome'],
});

const toAudit = (row: Row): AuditEntry => ({
  atMs: Number(row.at_ms),
  person: String(row.person),
  kind: row.kind as AuditEntry['kind'],
  callId: String(row.call_id),
  detail: String(row.detail),
});
