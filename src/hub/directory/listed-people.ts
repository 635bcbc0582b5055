import type { DemoCompanies } from '../demo/companies.ts';
import { resolvePolicy } from '../policy/resolve.ts';
import type { PolicyFile } from '../policy/schema.ts';
import { plainAccount } from './directory.ts';
import type { ListedPerson } from './person.ts';

/** By tenant id. */
export type ListedByTenant = ReadonlyMap<string, readonly ListedPerson[]>;

/** Everybody of a policy file, as the directory keeps them. */
export function listedOfFile(file: PolicyFile): ListedByTenant {
  const names = new Map(file.tenants.map(({ tenantId, name }) => [tenantId, name]));
  const listed = new Map(file.tenants.map(({ tenantId }) => [tenantId, [] as ListedPerson[]]));
  for (const person of resolvePolicy(file).people) {
    const { account, displayName, mail, jobTitle, roles, usually } = person;
    const company = companyOf(account, names);
    const one = {
      key: account.key,
      name: displayName,
      mail,
      jobTitle,
      company,
      account,
      roles,
      usually: usually ?? null,
    };
    listed.get(account.tid)?.push(one);
  }
  return listed;
}

/** Everybody of the demo's companies. */
export function listedOfDemo(companies: DemoCompanies): ListedByTenant {
  const names = new Map(companies.tenants.map(({ tenantId, name }) => [tenantId, name]));
  return new Map(
    companies.tenants.map(({ tenantId: tid, people }) => [
      tid,
      people.map(({ oid, displayName, mail, jobTitle, kind, roles, usually, groups, homeTenantId }) => {
        const key = `${tid}:${oid}`;
        const account = { ...plainAccount({ key, tid, kind, mail }), homeTid: homeTenantId ?? null, groups };
        return { key, name: displayName, mail, jobTitle, company: companyOf(account, names), account, roles, usually };
      }),
    ]),
  );
}

/** What people read beside a name: a guest's company is the one at home, where it is known. */
function companyOf({ kind, tid, homeTid }: ListedPerson['account'], names: ReadonlyMap<string, string>): string {
  return names.get((kind === 'guest' ? homeTid : tid) ?? '') ?? '';
}
