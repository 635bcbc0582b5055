import type { PersonKey } from '../../../src/domain/call/state.ts';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import { loadCompanies } from '../../../src/hub/demo/companies.ts';
import { listedOfFile } from '../../../src/hub/directory/listed-people.ts';
import { type SeedPerson, seedPerson } from '../../support/seed-figures.ts';
import type { BenchWorld } from './wire-bench.ts';

function loadDemo() {
  const result = loadCompanies('assets/demo/companies.json');
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result;
}
const demo = loadDemo();

/** The companies of the demo, with the policies that they start with. */
export const DEMO_WORLD: BenchWorld = {
  companies: demo.companies,
  seeds: { from: 'file', policies: demo.resolved.policies },
  listed: listedOfFile(demo.file),
};

const tenantOf = (domain: string) => {
  const tenant = demo.companies.tenants.find(({ domains }) => domains.includes(domain));
  if (tenant === undefined) throw new Error(`no tenant has ${domain}`);
  return tenant;
};

export const demoPolicy = (domain: string): TenantPolicy => {
  const policy = demo.resolved.policies.find(({ tid }) => tid === tenantOf(domain).tenantId);
  if (policy === undefined) throw new Error(`no policy of ${domain}`);
  return policy;
};

/** @param who `expert1@abc.com`, or `expert1@abc.com in contoso1.com` for the guest account there */
export function demoPerson(who: string | SeedPerson): { readonly key: PersonKey; readonly name: string } {
  const { mail, domain } = typeof who === 'string' ? seedPerson(who) : who;
  const tenant = tenantOf(domain);
  const person = tenant.people.find((one) => one.mail === mail);
  if (person === undefined) throw new Error(`${mail} is not in ${domain}`);
  return { key: `${tenant.tenantId}:${person.oid}`, name: person.displayName };
}

export const demoKey = (who: string): PersonKey => demoPerson(who).key;
