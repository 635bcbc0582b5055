import type { AdminRecord, AuditPage } from '../../protocol/admin-api/answers.ts';
import type { PlacedRecord, Repeated } from '../store/reach-store.ts';
import type { AdminContext } from './administrator.ts';
import type { Viewer } from './viewer.ts';

export interface AuditQuery {
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
  readonly reference?: string | undefined;
}

const RECORDS_PER_PAGE = 50;
/** Of one look into the store while all records are handed out. */
const RECORDS_PER_READ = 500;

type Source = Pick<AdminContext, 'store'>;

/** A page of a tenant's records, newest first; with a reference that record alone. */
export async function auditPage({ store }: Source, viewer: Viewer, tid: string, query: AuditQuery): Promise<AuditPage> {
  if (query.reference !== undefined && query.reference !== '') {
    const record = await store.reachAudit.byReference(tid, query.reference);
    return { records: record === null ? [] : [await toRecord(viewer, record)], next: null };
  }
  const limit = query.limit ?? RECORDS_PER_PAGE;
  const placed = await store.reachAudit.newest(tid, query.before ?? null, limit);
  const records = await Promise.all(placed.map((record) => toRecord(viewer, record)));
  return { records, next: placed.length < limit ? null : (placed.at(-1)?.place ?? null) };
}

/** All records of a tenant as lines of JSON, newest first, read as fast as somebody takes them. */
export function auditLines({ store }: Source, viewer: Viewer, tid: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before: number | null = null;
  return new ReadableStream({
    async pull(controller) {
      const placed = await store.reachAudit.newest(tid, before, RECORDS_PER_READ);
      const records = await Promise.all(placed.map((record) => toRecord(viewer, record)));
      const lines = records.map((record) => `${JSON.stringify(record)}\n`);
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.join('')));
      before = placed.at(-1)?.place ?? null;
      if (placed.length < RECORDS_PER_READ) controller.close();
    },
  });
}

async function toRecord(viewer: Viewer, { place, reference, atMs, what }: PlacedRecord): Promise<AdminRecord> {
  const entries = { place, reference, atMs };
  switch (what.kind) {
    case 'refused':
      return {
        ...entries,
        ...(await toRefusal(viewer, what)),
        kind: what.kind,
        action: what.action,
        target: what.target === null ? null : await viewer.someone(what.target),
        domain: what.domain,
      };
    case 'removed':
      return { ...entries, ...(await toRefusal(viewer, what)), kind: what.kind };
    case 'sign-in-refused':
      return {
        ...entries,
        ...repeated(what),
        kind: what.kind,
        actor: await viewer.someone(what.actor),
        code: what.code,
      };
    case 'door-refused': {
      const { kind, meetingId, code } = what;
      const [actor, meeting] = await Promise.all([viewer.someone(what.actor), viewer.meeting(meetingId)]);
      return { ...entries, ...repeated(what), kind, actor, meetingId, meeting, code };
    }
    case 'policy-changed': {
      const { kind, revision } = what;
      // Of the tenant's id, which never changes, the first record says that it was nothing before.
      const changed = what.changed.filter((part) => part !== 'tid');
      return { ...entries, kind, by: await viewer.author(what.by), revision, changed };
    }
    case 'exported':
      return { ...entries, kind: what.kind, by: await viewer.author(what.by), what: what.what };
    case 'administrator-changed': {
      const [by, person] = await Promise.all([viewer.author(what.by), viewer.someone(what.person)]);
      return { ...entries, kind: what.kind, by, person, granted: what.granted };
    }
  }
}

const repeated = ({ times, isLast }: Repeated): Repeated => ({
  ...(times === undefined ? {} : { times }),
  ...(isLast === undefined ? {} : { isLast }),
});

async function toRefusal(viewer: Viewer, what: Extract<PlacedRecord['what'], { kind: 'refused' | 'removed' }>) {
  return {
    ...repeated(what),
    actor: await viewer.someone(what.actor),
    present: await viewer.everyone(what.present),
    code: what.code,
    rules: await viewer.audited(what.rules),
  };
}
