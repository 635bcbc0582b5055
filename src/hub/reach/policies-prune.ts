import type { TenantPolicy } from '../../domain/reach/model.ts';
import type { Store } from '../store/store.ts';

const DAY_MS = 86_400_000;
/** Older revisions are kept for a year, and the newest ones however old they are. */
const REVISIONS_KEPT_MS = 365 * DAY_MS;
const REVISIONS_KEPT = 50;

/** Forgets what a tenant no longer keeps: records of its audit, and old revisions of its policy. */
export async function prunePolicy(
  store: Pick<Store, 'policies' | 'reachAudit'>,
  { tid, auditRetentionDays }: Pick<TenantPolicy, 'tid' | 'auditRetentionDays'>,
  nowMs: number,
): Promise<void> {
  await store.reachAudit.prune(tid, nowMs - auditRetentionDays * DAY_MS);
  await store.policies.prune(tid, nowMs - REVISIONS_KEPT_MS, REVISIONS_KEPT);
}
