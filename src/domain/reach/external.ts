import { type Finding, finding } from './finding.ts';
import type { Account, ExternalMode, PersonalExternalAccess, ReachWorld, TenantPolicy } from './model.ts';

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * What a side says about a domain: the master switch, the person, then the person's own mode or the tenant's. Any denial
 * among them denies.
 */
export function trustFindings(
  tenant: TenantPolicy,
  person: PersonalExternalAccess,
  domain: string | null,
): readonly Finding[] {
  const own = person.mode;
  return [
    finding('external-master', tenant.external.enabled),
    finding('external-person', person.enabled),
    own.kind === 'default'
      ? modeFinding('external-tenant-mode', tenant.external.mode, domain)
      : modeFinding('external-person-mode', own, domain),
  ];
}

/**
 * The domain by which other tenants know somebody: that of their address if it is the tenant's, else the tenant's first. A
 * domain that is not the tenant's alone counts for nothing, or one tenant could pass for another by claiming its name.
 */
export function domainOf(world: ReachWorld, tenant: TenantPolicy, account: Account): string | null {
  const owns = (domain: string): boolean => world.tenantOfDomain(domain)?.tid === tenant.tid;
  const own = account.mail.slice(account.mail.lastIndexOf('@') + 1);
  return owns(own) ? own : (tenant.domains.find(owns) ?? null);
}

/** A tenant without a domain is nobody's partner: no list could name it. */
function modeFinding(rule: Finding['rule'], mode: ExternalMode, domain: string | null): Finding {
  if (domain === null) return finding(rule, false);
  switch (mode.kind) {
    case 'open':
      return finding(rule, true);
    case 'none':
      return finding(rule, false);
    case 'allow': {
      const listed = setOf(mode.domains).has(domain);
      return finding(rule, listed, { entry: listed ? domain : null });
    }
    case 'block': {
      const entry = blockingEntry(mode, domain);
      return finding(rule, entry === null, { entry });
    }
  }
}

function blockingEntry(mode: ExternalMode & { kind: 'block' }, domain: string): string | null {
  const blocked = setOf(mode.domains);
  if (blocked.has(domain)) return domain;
  if (!mode.blockSubdomains) return null;
  for (let dot = domain.indexOf('.'); dot !== -1; dot = domain.indexOf('.', dot + 1)) {
    const parent = domain.slice(dot + 1);
    if (blocked.has(parent)) return parent;
  }
  return null;
}

function setOf(domains: readonly string[]): ReadonlySet<string> {
  let set = sets.get(domains);
  if (set === undefined) {
    set = new Set(domains);
    sets.set(domains, set);
  }
  return set;
}
