import { type Finding, finding } from './finding.ts';
import type { Account } from './model.ts';
import type { TenantIndex } from './tenant-index.ts';

const OPEN = finding('guest-access', true);
const OFF = finding('guest-access', false);
const WHOLE_TENANT = finding('guest-tenant', true);
const NO_TEAM = finding('guest-team', false);

export const isGuest = (account: Account): boolean => account.kind === 'guest';

export const guestAccessFinding = (index: TenantIndex): Finding => (index.policy.guests.enabled ? OPEN : OFF);

/** Whether a guest reaches somebody of the same tenant, another guest too: by a team that both are in, or everybody. */
export function guestReachFinding(index: TenantIndex, a: Account, b: Account): Finding {
  if (index.policy.guests.reach === 'tenant') return WHOLE_TENANT;
  const others = index.teamsOf(b);
  for (const team of index.teamsOf(a)) {
    if (others.has(team)) return finding('guest-team', true, { entry: index.policy.teams[team]?.name ?? null });
  }
  return NO_TEAM;
}
