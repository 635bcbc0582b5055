import type { Account, Barriers, ExternalMode, TenantPolicy } from '../../src/domain/reach/model.ts';

/**
 * The tables once more, as plainly as they can be written, to hold the rules against: for tenants of one domain each that keep
 * to the published rules (one policy for a segment, one segment for a person in single mode).
 */
export function permitted(policies: readonly TenantPolicy[], a: Account, b: Account): boolean {
  if (a.key === b.key) return true;
  if (a.hidden || b.hidden) return false;
  const tenantOf = ({ tid }: Account) => policies.find((policy) => policy.tid === tid);
  const [tenantA, tenantB] = [tenantOf(a), tenantOf(b)];
  if (tenantA === undefined || tenantB === undefined) return false;
  if (tenantA === tenantB) return permittedInside(tenantA, a, b);
  if (a.kind === 'guest' || b.kind === 'guest') return false;
  return trusts(tenantA, a, tenantB) && trusts(tenantB, b, tenantA);
}

function permittedInside(tenant: TenantPolicy, a: Account, b: Account): boolean {
  if (a.kind === 'guest' || b.kind === 'guest') {
    const together = tenant.teams.some(({ members }) => members.includes(a.key) && members.includes(b.key));
    if (!tenant.guests.enabled || (tenant.guests.reach === 'teams' && !together)) return false;
  }
  const { barriers } = tenant;
  if (barriers.mode === 'multi' && governed(barriers, a) && governed(barriers, b)) {
    return groupsOf(a).some((one) =>
      groupsOf(b).some((other) => lists(barriers, one, other) && lists(barriers, other, one)),
    );
  }
  return mayTowards(barriers, a, b) && mayTowards(barriers, b, a);
}

/** The oracle's people are all read. */
const groupsOf = ({ groups }: Account): readonly string[] => groups ?? [];
const policyOf = ({ policies }: Barriers, segment: string) =>
  policies.find((policy) => policy.active && policy.segment === segment);
const governed = (barriers: Barriers, account: Account): boolean =>
  groupsOf(account).some((segment) => policyOf(barriers, segment) !== undefined);
const lists = (barriers: Barriers, segment: string, other: string): boolean =>
  policyOf(barriers, segment)?.targets.includes(other) === true;

function mayTowards(barriers: Barriers, a: Account, b: Account): boolean {
  const own = groupsOf(a).flatMap((segment) => policyOf(barriers, segment) ?? []);
  if (own.length === 0) return true;
  return own.some(({ rule, targets }) => {
    const hit = groupsOf(b).some((segment) => targets.includes(segment));
    if (rule === 'block') return !hit;
    return groupsOf(b).length === 0 ? !barriers.legacy : hit;
  });
}

function trusts(tenant: TenantPolicy, person: Account, other: TenantPolicy): boolean {
  if (!tenant.external.enabled || !person.external.enabled) return false;
  const mode = person.external.mode.kind === 'default' ? tenant.external.mode : person.external.mode;
  return lets(mode, other.domains[0] ?? '');
}

function lets(mode: ExternalMode, domain: string): boolean {
  if (mode.kind === 'open') return true;
  if (mode.kind === 'none') return false;
  if (mode.kind === 'allow') return mode.domains.some((one) => one === domain);
  return !mode.domains.some((one) => one === domain || (mode.blockSubdomains && domain.endsWith(`.${one}`)));
}
