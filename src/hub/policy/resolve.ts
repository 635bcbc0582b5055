import type { PersonKey } from '../../domain/call/state.ts';
import type {
  Account,
  BarrierPolicy,
  ExternalMode,
  PersonalExternalAccess,
  TenantPolicy,
} from '../../domain/reach/model.ts';
import type {
  FileBarrierPolicy,
  FileExternalAccess,
  FilePerson,
  FilePersonalExternalAccess,
  FileTenant,
  PolicyFile,
} from './schema.ts';

/** Somebody of the file, with the account that the rules see. */
export interface PolicyPerson extends FilePerson {
  readonly account: Account;
  /** A guest's account at home, where the file lists it; null for everybody else. */
  readonly homeKey: PersonKey | null;
}

export interface ResolvedPolicy {
  readonly policies: readonly TenantPolicy[];
  readonly people: readonly PolicyPerson[];
}

/** @param file as `parsePolicyFile` gives it: every name in it stands for something */
export function resolvePolicy({ tenants }: PolicyFile): ResolvedPolicy {
  const keys = new Map(tenants.map((tenant) => [tenant.tenantId, keysByMail(tenant)] as const));
  const keysOf = (tenantId: string): ReadonlyMap<string, PersonKey> => keys.get(tenantId) ?? new Map();
  return {
    policies: tenants.map((tenant) => toPolicy(tenant, keysOf(tenant.tenantId))),
    people: tenants.flatMap((tenant) =>
      tenant.people.map((person) => ({
        ...person,
        account: toAccount(tenant, person),
        homeKey: person.homeTenantId === undefined ? null : (keysOf(person.homeTenantId).get(person.mail) ?? null),
      })),
    ),
  };
}

const keyOf = (tenant: FileTenant, person: FilePerson): PersonKey => `${tenant.tenantId}:${person.oid}`;

const keysByMail = (tenant: FileTenant): ReadonlyMap<string, PersonKey> =>
  new Map(tenant.people.map((person) => [person.mail, keyOf(tenant, person)]));

function toAccount(tenant: FileTenant, person: FilePerson): Account {
  return {
    key: keyOf(tenant, person),
    tid: tenant.tenantId,
    kind: person.kind,
    mail: person.mail,
    homeTid: person.homeTenantId ?? null,
    groups: person.groups,
    hidden: person.hidden,
    external: toPersonalAccess(person.externalAccess),
  };
}

function toPolicy(tenant: FileTenant, keys: ReadonlyMap<string, PersonKey>): TenantPolicy {
  const keysOf = (mails: readonly string[]): readonly PersonKey[] =>
    mails.map((mail) => {
      const key = keys.get(mail);
      if (key === undefined) throw new Error(`${mail} was not checked`);
      return key;
    });
  const { barriers, externalAccess, guestAccess } = tenant;
  return {
    tid: tenant.tenantId,
    name: tenant.name,
    domains: tenant.domains,
    segments: tenant.segments.map(({ name, groups, people }) => ({ name, groups, people: keysOf(people) })),
    barriers: {
      mode: barriers.mode,
      legacy: barriers.legacyBarriers,
      policies: barriers.policies.map(toBarrierPolicy),
    },
    external: { enabled: externalAccess.enabled, mode: toMode(externalAccess) },
    guests: guestAccess,
    teams: tenant.teams.map(({ name, members }) => ({ name, members: keysOf(members) })),
    ...(tenant.meetings === undefined ? {} : { meetings: tenant.meetings }),
    auditRetentionDays: tenant.auditRetentionDays,
  };
}

function toBarrierPolicy({ name, segment, state, allow, block }: FileBarrierPolicy): BarrierPolicy {
  const common = { name, segment, active: state === 'active' };
  return allow === undefined
    ? { ...common, rule: 'block', targets: block ?? [] }
    : { ...common, rule: 'allow', targets: allow };
}

function toPersonalAccess({ enabled, mode, ...lists }: FilePersonalExternalAccess): PersonalExternalAccess {
  return { enabled, mode: mode === 'default' ? { kind: 'default' } : toMode({ mode, ...lists }) };
}

function toMode({ mode, domains, blockSubdomains }: Omit<FileExternalAccess, 'enabled'>): ExternalMode {
  switch (mode) {
    case 'open':
    case 'none':
      return { kind: mode };
    case 'allow':
      return { kind: mode, domains };
    case 'block':
      return { kind: mode, domains, blockSubdomains };
  }
}
