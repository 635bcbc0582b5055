/** One SQL statement with its parameters (`$1`, `$2`, …). JSON goes in as text, cast in the statement. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}
export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

/** The little that the SQL store needs of a database; whole transactions travel at once, so a worker needs one trip. */
export interface SqlDatabase {
  /** Runs all statements in one transaction; the rows of each. Rejects with `SqlError`, and then nothing happened. */
  run(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
  /** Runs a script of several statements in one transaction. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** SQLSTATE of a violated unique or primary key (PostgreSQL manual, appendix A). */
export const UNIQUE_VIOLATION = '23505';

export class SqlError extends Error {
  override readonly name = 'SqlError';
  /** SQLSTATE, or empty when the failure is not the database's. */
  readonly code: string;
  /** Table of the violated constraint, or empty. */
  readonly table: string;

  constructor(message: string, from: { readonly code?: unknown; readonly table?: unknown; readonly cause?: unknown }) {
    super(message, { cause: from.cause });
    this.code = typeof from.code === 'string' ? from.code : '';
    this.table = typeof from.table === 'string' ? from.table : '';
  }
}

/** Wraps what a driver threw. */
export function toSqlError(cause: unknown): SqlError {
  if (cause instanceof SqlError) return cause;
  const fields = typeof cause === 'object' && cause !== null ? (cause as Record<string, unknown>) : {};
  const message = typeof fields.message === 'string' ? fields.message : wordsOf(cause);
  return new SqlError(message, { code: fields.code, table: fields.table, cause });
}

/** The embedded database's file system throws objects with nothing but a number. */
function wordsOf(cause: unknown): string {
  const errno = typeof cause === 'object' && cause !== null && 'errno' in cause ? cause.errno : undefined;
  return errno === undefined ? String(cause) : `its files cannot be used (error ${String(errno)})`;
}
