import type { Account, BarrierPolicy, Barriers, Segment, TenantPolicy } from '../../src/domain/reach/model.ts';

/** An account whose key follows from the tenant and the address. */
export function createAccount(tid: string, mail: string, more: Partial<Account> = {}): Account {
  return {
    key: `${tid}:${mail}`,
    tid,
    kind: 'internal',
    mail,
    homeTid: null,
    groups: [],
    hidden: false,
    external: { enabled: true, mode: { kind: 'default' } },
    ...more,
  };
}

/** A tenant as it is when nobody has decided anything. */
export function createTenant(tid: string, domain: string, more: Partial<TenantPolicy> = {}): TenantPolicy {
  return {
    tid,
    name: tid,
    domains: [domain],
    segments: [],
    barriers: createBarriers([]),
    external: { enabled: true, mode: { kind: 'open' } },
    guests: { enabled: true, reach: 'teams' },
    teams: [],
    auditRetentionDays: 180,
    ...more,
  };
}

export const createBarriers = (policies: readonly BarrierPolicy[], more: Partial<Barriers> = {}): Barriers => ({
  mode: 'single',
  legacy: false,
  policies,
  ...more,
});

/** The segment of whoever is in the group of that name. */
export const segmentOfGroup = (name: string): Segment => ({ name, groups: [name], people: [] });

export const allow = (segment: string, targets: readonly string[]): BarrierPolicy => ({
  name: `${segment} allows`,
  segment,
  active: true,
  rule: 'allow',
  targets,
});

export const block = (segment: string, targets: readonly string[]): BarrierPolicy => ({
  name: `${segment} blocks`,
  segment,
  active: true,
  rule: 'block',
  targets,
});
