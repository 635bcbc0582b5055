import type { Account, ReachWorld, TenantPolicy } from '../../domain/reach/model.ts';
import { plainAccount } from '../directory/directory.ts';

/**
 * Somebody of another tenant of whom nothing is known: what is decided about them follows from the tenants' own settings,
 * and tells nothing about anybody there.
 */
export const anybodyAt = (tid: string, domain: string): Account => ({
  ...plainAccount({ key: `${tid}:anybody@${domain}`, tid, kind: 'internal', mail: '' }),
  mail: `@${domain}`,
});

/** Goes the way of people whom nobody may find: an address where nobody is looks the same. */
export const nobodyAt = (tid: string, domain: string): Account => ({ ...anybodyAt(tid, domain), hidden: true });

/** One for each domain of each other tenant. */
export const anybodyElsewhere = (others: readonly TenantPolicy[], world: ReachWorld): readonly Account[] =>
  others.flatMap(({ tid, domains }) =>
    domains.filter((domain) => world.tenantOfDomain(domain)?.tid === tid).map((domain) => anybodyAt(tid, domain)),
  );
