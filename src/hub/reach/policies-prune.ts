import { DEFAULT_MEETING_SETTINGS } from '../../domain/meeting/model.ts';
import type { TenantPolicy } from '../../domain/reach/model.ts';
import type { Store } from '../store/store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Older revisions are kept for a year, and the newest ones however old they are. */
const REVISIONS_KEPT_MS = 365 * DAY_MS;
const REVISIONS_KEPT = 50;

type Kept = Pick<TenantPolicy, 'tid' | 'auditRetentionDays' | 'meetings'>;

/**
 * Forgets what a tenant no longer keeps: records of its audit, old revisions of its policy, and, for as long as the audit is kept,
 * meetings that are over, with their links and doors. A link that still opens its meeting is not forgotten.
 */
export async function prunePolicy(
  store: Pick<Store, 'policies' | 'reachAudit' | 'meetings'>,
  { tid, auditRetentionDays, meetings = DEFAULT_MEETING_SETTINGS }: Kept,
  nowMs: number,
): Promise<void> {
  await store.reachAudit.prune(tid, nowMs - auditRetentionDays * DAY_MS);
  const meetingsKeptMs = Math.max(auditRetentionDays * DAY_MS, meetings.oneTimeLinkHours * HOUR_MS);
  await store.meetings.prune(tid, nowMs - meetingsKeptMs);
  await store.policies.prune(tid, nowMs - REVISIONS_KEPT_MS, REVISIONS_KEPT);
}
