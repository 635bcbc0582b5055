import { checkBarriers } from './check-barriers.ts';
import { checkDemo } from './check-demo.ts';
import { checkPeople, type Homes, lookAround } from './check-people.ts';
import { type FileProblem, type PathPart, problemAt, repeated } from './problem.ts';
import type { FileExternalAccess, FilePersonalExternalAccess, FileTenant, PolicyFile } from './schema.ts';

/** Everything that a schema can't see: names that stand for something elsewhere in the file. */
export function checkReferences(file: PolicyFile): readonly FileProblem[] {
  const { tenants } = file;
  const homes = lookAround(file);
  return [
    ...repeated(
      tenants.map((tenant) => tenant.tenantId),
      (index) => ['tenants', index, 'tenantId'],
    ),
    ...repeated(
      tenants.map((tenant) => tenant.name.toLowerCase()),
      (index) => ['tenants', index, 'name'],
    ),
    ...repeatedDomains(tenants),
    ...checkOtherTenants(file),
    ...tenants.flatMap((tenant, index) => checkTenant(tenant, homes, ['tenants', index])),
  ];
}

function checkTenant(tenant: FileTenant, homes: Homes, at: readonly PathPart[]): readonly FileProblem[] {
  return [
    ...checkPeople(tenant, homes, at),
    ...checkBarriers(tenant, at),
    ...checkExternalAccess(tenant.externalAccess, [...at, 'externalAccess']),
    ...tenant.people.flatMap((person, index) =>
      checkExternalAccess(person.externalAccess, [...at, 'people', index, 'externalAccess']),
    ),
    ...checkTeams(tenant, at),
    ...checkDemo(tenant, at),
  ];
}

function checkOtherTenants({ tenants, otherTenants }: PolicyFile): readonly FileProblem[] {
  const decided = new Set(tenants.map((tenant) => tenant.tenantId));
  const pathOfOther = (index: number): readonly PathPart[] => ['otherTenants', index, 'tenantId'];
  return [
    ...repeated(
      otherTenants.map((other) => other.tenantId),
      pathOfOther,
    ),
    ...otherTenants.flatMap(({ tenantId }, index) =>
      decided.has(tenantId) ? [problemAt(pathOfOther(index), `${tenantId} is in tenants already`)] : [],
    ),
  ];
}

function repeatedDomains(tenants: readonly FileTenant[]): readonly FileProblem[] {
  const all = tenants.flatMap((tenant, index) =>
    tenant.domains.map((domain, place) => ({ domain, path: ['tenants', index, 'domains', place] as const })),
  );
  return repeated(
    all.map(({ domain }) => domain),
    (index) => all[index]?.path ?? [],
  );
}

/** A list that its mode does not read is a mistake about what the file does. */
function checkExternalAccess(
  access: FileExternalAccess | FilePersonalExternalAccess,
  at: readonly PathPart[],
): readonly FileProblem[] {
  const { mode, domains, blockSubdomains } = access;
  const problems: FileProblem[] = [];
  if (mode !== 'allow' && mode !== 'block' && domains.length > 0) {
    problems.push(problemAt([...at, 'domains'], `means nothing with the mode ${mode}`));
  }
  if (mode !== 'block' && blockSubdomains) {
    problems.push(problemAt([...at, 'blockSubdomains'], `means nothing with the mode ${mode}`));
  }
  return problems;
}

function checkTeams({ people, teams }: FileTenant, at: readonly PathPart[]): readonly FileProblem[] {
  const known = new Set(people.map((person) => person.mail));
  return [
    ...repeated(
      teams.map((team) => team.name),
      (index) => [...at, 'teams', index, 'name'],
    ),
    ...teams.flatMap((team, index) =>
      team.members.flatMap((mail, place) =>
        known.has(mail) ? [] : [notAmongPeople([...at, 'teams', index, 'members', place], mail)],
      ),
    ),
  ];
}

const notAmongPeople = (at: readonly PathPart[], mail: string): FileProblem =>
  problemAt(at, `${mail} is not among the people of this tenant`);
