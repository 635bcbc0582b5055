import type { PersonKey } from '../../domain/call/state.ts';
import type { Account, BarrierPolicy, ExternalMode, TenantPolicy } from '../../domain/reach/model.ts';
import { FILE_VERSION, type FileBarrierPolicy, type FilePerson, type FileTenant, type PolicyFile } from './schema.ts';

/** What a file says of somebody, apart from what the account says. */
export interface DescribedPerson extends Pick<FilePerson, 'oid' | 'displayName' | 'jobTitle' | 'roles'> {
  readonly account: Account;
}

/**
 * The other way round than `resolvePolicy`: policies as a file.
 * @param people everybody whom a segment or a team names, at least; a name that stands for nobody here any more is left out
 */
export function describePolicy(policies: readonly TenantPolicy[], people: readonly DescribedPerson[]): PolicyFile {
  const mails = new Map(people.map(({ account }) => [account.key, account.mail]));
  const decided = new Set(policies.map((policy) => policy.tid));
  const homes = new Set(people.flatMap(({ account }) => (decided.has(account.tid) ? (account.homeTid ?? []) : [])));
  return {
    version: FILE_VERSION,
    tenants: policies.map((policy) =>
      describeTenant(
        policy,
        people.filter(({ account }) => account.tid === policy.tid),
        (keys) => keys.flatMap((key) => mails.get(key) ?? []),
      ),
    ),
    otherTenants: [...homes].filter((tid) => !decided.has(tid)).map((tenantId) => ({ tenantId })),
  };
}

function describeTenant(
  policy: TenantPolicy,
  people: readonly DescribedPerson[],
  mailsOf: (keys: readonly PersonKey[]) => readonly string[],
): FileTenant {
  const { barriers, external } = policy;
  return {
    tenantId: policy.tid,
    name: policy.name,
    domains: policy.domains,
    people: people.map(describePerson),
    segments: policy.segments.map((segment) => ({ ...segment, people: mailsOf(segment.people) })),
    barriers: {
      mode: barriers.mode,
      legacyBarriers: barriers.legacy,
      policies: barriers.policies.map(describeBarrierPolicy),
    },
    externalAccess: { enabled: external.enabled, ...describeMode(external.mode) },
    teams: policy.teams.map(({ name, members }) => ({ name, members: mailsOf(members) })),
    guestAccess: policy.guests,
    ...(policy.meetings === undefined ? {} : { meetings: policy.meetings }),
    auditRetentionDays: policy.auditRetentionDays,
  };
}

function describePerson({ account, oid, displayName, jobTitle, roles }: DescribedPerson): FilePerson {
  const { mail, kind, groups, homeTid, hidden, external } = account;
  const { mode, enabled } = external;
  return {
    oid,
    displayName,
    mail,
    jobTitle,
    kind,
    roles,
    groups: groups ?? [],
    ...(homeTid === null ? {} : { homeTenantId: homeTid }),
    hidden,
    externalAccess: {
      enabled,
      ...(mode.kind === 'default' ? { mode: 'default', domains: [], blockSubdomains: false } : describeMode(mode)),
    },
  };
}

function describeBarrierPolicy({ name, segment, active, rule, targets }: BarrierPolicy): FileBarrierPolicy {
  const common = { name, segment, state: active ? 'active' : 'inactive' } as const;
  return rule === 'allow' ? { ...common, allow: targets } : { ...common, block: targets };
}

function describeMode(mode: ExternalMode): Omit<FileTenant['externalAccess'], 'enabled'> {
  switch (mode.kind) {
    case 'open':
    case 'none':
      return { mode: mode.kind, domains: [], blockSubdomains: false };
    case 'allow':
      return { mode: mode.kind, domains: mode.domains, blockSubdomains: false };
    case 'block':
      return { mode: mode.kind, domains: mode.domains, blockSubdomains: mode.blockSubdomains };
  }
}
