import { createGrants, type Grants, type KnownHolder } from '../admin-api/grants.ts';
import { openPeopleBook } from '../directory/people-book.ts';
import type { Tenant } from '../identity/tenants.ts';
import { domainOfMail, toAsciiDomain, toMail } from '../policy/address.ts';
import { newReference } from '../reach/reference.ts';
import type { Store } from '../store/store.ts';
import type { AdminCommand } from './arguments.ts';

/** 0: done. 1: the hub's data cannot be used now. 2: the command is wrong. 3: nobody, or not one person alone, is meant. */
export interface Outcome {
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly lines: readonly string[];
}

export type CommandTenant = Pick<Tenant, 'tenantId' | 'name' | 'domains'>;

export interface AdministerOptions {
  readonly store: Pick<Store, 'values' | 'people' | 'reachAudit'>;
  readonly tenants: readonly CommandTenant[];
  readonly nowMs: () => number;
}

/** Does what the console asks for, in the store alone: a hub on the same database honours it at the next request. */
export async function administer(options: AdministerOptions, command: AdminCommand): Promise<Outcome> {
  const grants = createGrants(options.store.values, options.nowMs);
  if (command.kind === 'list') return list(options, grants, command.tenant);
  const tenant = tenantMeant(options.tenants, command);
  if (tenant === null) return { exitCode: 2, lines: [unknownTenant(options.tenants, command)] };
  const known = command.kind === 'grant' ? await peopleOf(options, grants, tenant) : await grants.list(tenant.tenantId);
  const wanted = toMail(command.who) ?? command.who.toLowerCase();
  const meant = known.filter(({ key, mail }) => mail === wanted || key === wanted);
  const [holder] = meant;
  if (holder === undefined || meant.length > 1) return { exitCode: 3, lines: notOne(command, tenant, meant) };
  const granted = command.kind === 'grant';
  await (granted ? grants.grant(holder) : grants.revoke(holder.key));
  await options.store.reachAudit.write([
    {
      ...{ tid: tenant.tenantId, reference: newReference(), atMs: options.nowMs() },
      what: { kind: 'administrator-changed', by: 'console', person: holder.key, granted },
    },
  ]);
  const now = granted ? 'is now an administrator' : 'is no administrator any more by this hub’s grant';
  return { exitCode: 0, lines: [`${nameOf(holder)} ${now} of ${tenant.name}.`] };
}

async function list({ tenants }: AdministerOptions, grants: Grants, wanted: string | undefined): Promise<Outcome> {
  const chosen = wanted === undefined ? tenants : tenants.filter((tenant) => isCalled(tenant, wanted));
  if (chosen.length === 0) return { exitCode: 2, lines: [unknownTenant(tenants, { tenant: wanted })] };
  const lines = await Promise.all(
    chosen.map(async ({ tenantId, name }) => (await grants.list(tenantId)).map((one) => `${name}: ${nameOf(one)}`)),
  );
  const all = lines.flat();
  return { exitCode: 0, lines: all.length === 0 ? ['Nobody was made an administrator here.'] : all };
}

const nameOf = ({ name, mail, key }: KnownHolder): string =>
  `${[name, mail].filter((part) => part !== '').join(', ')} (${key})`;

const isCalled = ({ tenantId, name, domains }: CommandTenant, wanted: string): boolean =>
  tenantId === wanted.toLowerCase() ||
  name.toLowerCase() === wanted.toLowerCase() ||
  domains.includes(toAsciiDomain(wanted) ?? '');

interface Meant {
  readonly who: string;
  readonly tenant: string | undefined;
}

function tenantMeant(tenants: readonly CommandTenant[], { who, tenant }: Meant): CommandTenant | null {
  if (tenant !== undefined) return tenants.find((one) => isCalled(one, tenant)) ?? null;
  const mail = toMail(who);
  const owner =
    mail === null
      ? tenants.find(({ tenantId }) => who.toLowerCase().startsWith(`${tenantId}:`))
      : tenants.find(({ domains }) => domains.includes(domainOfMail(mail)));
  return owner ?? (tenants.length === 1 ? (tenants[0] ?? null) : null);
}

function unknownTenant(tenants: readonly CommandTenant[], { tenant }: Pick<Meant, 'tenant'>): string {
  const names = tenants.map(({ name }) => name).join(', ');
  return tenant === undefined
    ? `Say which company with --tenant: ${names}.`
    : `This hub serves no company ${tenant}. It serves ${names}.`;
}

/** Everybody of whom the hub knows: by the policy file, by a sign-in, or turned away at `/admin`. */
async function peopleOf(
  { store, nowMs }: AdministerOptions,
  grants: Grants,
  { tenantId }: CommandTenant,
): Promise<readonly KnownHolder[]> {
  const book = await openPeopleBook({ store, tids: [tenantId], nowMs: nowMs() });
  const people = book.people(tenantId).map(({ key, account, name }) => ({ key, mail: account.mail, name }));
  return [...new Map([...(await grants.visitors(tenantId)), ...people].map((one) => [one.key, one])).values()];
}

function notOne(
  { kind, who }: { readonly kind: 'grant' | 'revoke'; readonly who: string },
  { name }: CommandTenant,
  meant: readonly KnownHolder[],
): readonly string[] {
  if (meant.length > 1)
    return [`${who} has several accounts in ${name}. Name one of them instead:`, ...meant.map(nameOf)];
  return kind === 'grant'
    ? [`This hub has never seen ${who} in ${name}. Sign in once at /admin as that person, then run this again.`]
    : [`${who} is no administrator of ${name} by this hub’s grant. The role in Microsoft Entra is taken away there.`];
}
