import { barrierFindings } from './barriers.ts';
import { trustFindings } from './external.ts';
import type { Finding } from './finding.ts';
import type { PersonalExternalAccess, ReachWorld, TenantPolicy } from './model.ts';
import { indexOf, type SegmentSet } from './tenant-index.ts';

/** Who reaches whom at a glance: `allowed[row][column]`, the same both ways. */
export interface ReachMatrix {
  readonly names: readonly string[];
  readonly allowed: readonly (readonly boolean[])[];
}

const NO_SETTING: PersonalExternalAccess = { enabled: true, mode: { kind: 'default' } };

/** The tenant's segments with each other, and as the last row and column (named '') people without a segment. */
export function segmentMatrix(policy: TenantPolicy): ReachMatrix {
  const index = indexOf(policy);
  const names = [...new Set(policy.segments.map(({ name }) => name))];
  const sets = [...names.map((name) => index.segmentSet([name])), index.segmentSet([])];
  const allows = allAllow((a: SegmentSet, b: SegmentSet) => barrierFindings(policy.barriers, a, b));
  return { names: [...names, ''], allowed: sets.map((a) => sets.map((b) => allows(a, b))) };
}

/** Tenants with each other, each by its first domain and without anybody's personal setting. */
export function tenantMatrix(world: ReachWorld, tenants: readonly TenantPolicy[]): ReachMatrix {
  const nameOf = (tenant: TenantPolicy): string | null =>
    tenant.domains.find((domain) => world.tenantOfDomain(domain)?.tid === tenant.tid) ?? null;
  const allows = allAllow((a: TenantPolicy, b: TenantPolicy) => trustFindings(a, NO_SETTING, nameOf(b)));
  return {
    names: tenants.map(({ name }) => name),
    allowed: tenants.map((a) => tenants.map((b) => a.tid === b.tid || allows(a, b))),
  };
}

const allAllow =
  <T>(find: (from: T, to: T) => readonly Finding[]) =>
  (a: T, b: T): boolean =>
    [...find(a, b), ...find(b, a)].every(({ outcome }) => outcome === 'allows');
