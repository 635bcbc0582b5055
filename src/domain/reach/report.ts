import { reportBarriers } from './barrier-report.ts';
import { isGuest } from './guests.ts';
import type { Account, TenantPolicy } from './model.ts';
import type { PolicyProblem } from './problem.ts';
import { indexOf } from './tenant-index.ts';
import { domainsClaimedTwice } from './world.ts';

/** As published for organisations in single and in multi mode. */
export const MAX_SEGMENTS = { single: 1, multi: 10 } as const;

/** Of people with the same problem: of more nobody reads the last. */
const MAX_NAMED = 100;

/** Lower case, no trailing dot, at least two labels. */
const DOMAIN = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)+$/;

/**
 * What an administrator should know about a tenant's policy: what contradicts the published rules, and what is allowed but
 * may surprise. Nothing of it stops the rules: each problem's kind says how it is decided.
 *
 * @param accounts the tenant's people, to report on them too; others are ignored
 */
export function reportPolicy(policy: TenantPolicy, accounts: readonly Account[] = []): readonly PolicyProblem[] {
  const own = accounts.filter((account) => account.tid === policy.tid);
  return [...reportBarriers(policy), ...reportDomains(policy), ...(own.length === 0 ? [] : reportPeople(policy, own))];
}

/** What is wrong between tenants. */
export function reportWorld(policies: readonly TenantPolicy[]): readonly PolicyProblem[] {
  return domainsClaimedTwice(policies).map((domain) => ({
    kind: 'domain-claimed-twice',
    domain,
    tenants: policies.filter((policy) => policy.domains.includes(domain)).map(({ tid }) => tid),
  }));
}

function reportDomains({ domains, external }: TenantPolicy): readonly PolicyProblem[] {
  const { mode } = external;
  const listed = mode.kind === 'allow' || mode.kind === 'block' ? mode.domains : [];
  const malformed = [...domains, ...listed].filter((domain) => !DOMAIN.test(domain));
  return [
    ...(domains.length === 0 ? [{ kind: 'domain-missing' } as const] : []),
    ...malformed.map((domain) => ({ kind: 'domain-malformed', domain }) as const),
  ];
}

function reportPeople(policy: TenantPolicy, accounts: readonly Account[]): readonly PolicyProblem[] {
  const index = indexOf(policy);
  const segmentsOf = accounts.map((account) => ({ account, segments: index.segmentsOf(account).names }));
  const inhabited = new Set(segmentsOf.flatMap(({ segments }) => segments));
  const lonely = policy.guests.reach === 'teams' ? accounts.filter(isGuest) : [];
  return [
    ...segmentsOf
      .filter(({ segments }) => segments.length > MAX_SEGMENTS[policy.barriers.mode])
      .slice(0, MAX_NAMED)
      .map(({ account, segments }) => ({ kind: 'too-many-segments', person: account.key, segments }) as const),
    ...policy.segments
      .filter(({ name }) => !inhabited.has(name))
      .map(({ name }) => ({ kind: 'segment-empty', segment: name }) as const),
    ...lonely
      .filter((guest) => index.teamsOf(guest).size === 0)
      .slice(0, MAX_NAMED)
      .map((guest) => ({ kind: 'guest-without-team', person: guest.key }) as const),
  ];
}
