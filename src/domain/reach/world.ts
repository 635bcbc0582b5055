import type { ReachWorld, TenantPolicy } from './model.ts';

/**
 * The world of these tenants. A domain that two tenants claim belongs to neither: nobody is found by it (`reportWorld` names
 * it).
 */
export function createWorld(policies: readonly TenantPolicy[]): ReachWorld {
  const tenants = new Map(policies.map((policy) => [policy.tid, policy]));
  const owners = new Map<string, TenantPolicy>();
  for (const policy of policies) for (const domain of new Set(policy.domains)) owners.set(domain, policy);
  for (const domain of domainsClaimedTwice(policies)) owners.delete(domain);
  return {
    tenant: (tid) => tenants.get(tid),
    tenantOfDomain: (domain) => owners.get(domain),
  };
}

export function domainsClaimedTwice(policies: readonly TenantPolicy[]): readonly string[] {
  const all = policies.flatMap((policy) => [...new Set(policy.domains)]);
  return [...new Set(all.filter((domain, at) => all.indexOf(domain) !== at))];
}
