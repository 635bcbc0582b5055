import type { AdminClient, AdminResult, AuditPage, DryRun } from '../../src/client/admin-api/admin-client.ts';

/** Answers nothing unless told to. */
export function fakeClient(answers: Partial<AdminClient>): AdminClient {
  const never = () => new Promise<never>(() => {});
  return {
    session: never,
    people: never,
    policy: never,
    policyFile: never,
    check: never,
    apply: never,
    tryReach: never,
    matrix: never,
    audit: never,
    auditLines: never,
    ...answers,
  };
}

export const offline: AdminResult<never> = { ok: false, failure: { kind: 'offline' } };

export const record = (place: number): AuditPage['records'][number] => ({
  ...{ kind: 'exported', place, reference: `REF${place}`, atMs: place, what: 'audit' },
  by: { kind: 'hub', by: 'console' },
});

export const DRY_RUN: DryRun = {
  ...{ ok: true, revision: 3, changed: ['teams'], gains: [], losses: [], remarks: [], calls: [], meetings: null },
  added: { count: 0, people: [] },
  removed: { count: 0, people: [] },
};
