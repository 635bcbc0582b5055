import { DEFAULT_MEETING_SETTINGS } from '../../domain/meeting/model.ts';
import { trustFindings } from '../../domain/reach/external.ts';
import { segmentMatrix } from '../../domain/reach/matrix.ts';
import type { Account, TenantPolicy } from '../../domain/reach/model.ts';
import { reportPolicy } from '../../domain/reach/report.ts';
import { indexOf } from '../../domain/reach/tenant-index.ts';
import type { AdminMatrix } from '../../protocol/admin-api/answers.ts';
import { plainAccount } from '../directory/directory.ts';
import type { AdminContext } from './administrator.ts';
import type { Viewer } from './viewer.ts';

/** Who reaches whom at a glance: the tenant's segments, and the other companies of this hub. */
export async function overviewOf(context: AdminContext, viewer: Viewer, policy: TenantPolicy): Promise<AdminMatrix> {
  const people = (await context.directory.people(policy.tid))?.map(({ account }) => account) ?? null;
  const { names, allowed } = segmentMatrix(policy);
  const { external, guests } = policy;
  return {
    segments: { names, allowed, counts: people === null ? null : countsOf(policy, names, people) },
    companies: companiesOf(context, policy),
    external: { enabled: external.enabled, ...listsOf(external.mode) },
    meetings: policy.meetings ?? DEFAULT_MEETING_SETTINGS,
    guests: { ...guests, count: people?.filter(({ kind }) => kind === 'guest').length ?? null },
    remarks: await Promise.all(reportPolicy(policy, people ?? []).map(viewer.remark)),
  };
}

function countsOf(policy: TenantPolicy, names: readonly string[], people: readonly Account[]): readonly number[] {
  const index = indexOf(policy);
  const counts = new Map<string, number>();
  for (const account of people) {
    const segments = index.segmentsOf(account).names;
    for (const name of segments.length === 0 ? [''] : segments) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return names.map((name) => counts.get(name) ?? 0);
}

/** Without anybody's personal setting. Of another company only whether it accepts this one's first domain. */
function companiesOf({ hub }: AdminContext, policy: TenantPolicy): AdminMatrix['companies'] {
  const world = hub.reach.world();
  const domainOf = (tenant: TenantPolicy): string | null =>
    tenant.domains.find((domain) => world.tenantOfDomain(domain)?.tid === tenant.tid) ?? null;
  const accepts = (a: TenantPolicy, b: TenantPolicy): boolean =>
    trustFindings(a, NO_SETTING, domainOf(b)).every(({ outcome }) => outcome === 'allows');
  return hub.policies
    .all()
    .map((one) => one.policy)
    .filter(({ tid }) => tid !== policy.tid)
    .map((other) => ({
      name: other.name,
      domain: domainOf(other) ?? '',
      accepted: accepts(policy, other),
      accepts: accepts(other, policy),
    }));
}

const NO_SETTING = plainAccount({ key: '', tid: '', kind: 'internal', mail: '' }).external;

function listsOf(mode: TenantPolicy['external']['mode']): Omit<AdminMatrix['external'], 'enabled'> {
  return {
    mode: mode.kind,
    domains: mode.kind === 'allow' || mode.kind === 'block' ? mode.domains : [],
    blockSubdomains: mode.kind === 'block' && mode.blockSubdomains,
  };
}
