import { APP_ROLES } from '../identity/identity.ts';
import { domainOfMail } from './address.ts';
import { type FileProblem, type PathPart, problemAt, repeated } from './problem.ts';
import type { FilePerson, FileTenant, PolicyFile } from './schema.ts';

/** Who a person of any tenant may be at home with. */
export interface Homes {
  readonly byDomain: ReadonlyMap<string, FileTenant>;
  /** Tenants that a guest may name, with the addresses of their own people; null where the file does not list them. */
  readonly members: ReadonlyMap<string, ReadonlySet<string> | null>;
}

export function lookAround({ tenants, otherTenants }: PolicyFile): Homes {
  const membersOf = ({ people }: FileTenant): ReadonlySet<string> =>
    new Set(people.filter((person) => person.kind !== 'guest').map((person) => person.mail));
  return {
    byDomain: new Map(tenants.flatMap((one) => one.domains.map((domain) => [domain, one] as const))),
    members: new Map([
      ...otherTenants.map((other) => [other.tenantId, null] as const),
      ...tenants.map((one) => [one.tenantId, membersOf(one)] as const),
    ]),
  };
}

export function checkPeople(tenant: FileTenant, homes: Homes, at: readonly PathPart[]): readonly FileProblem[] {
  const { people } = tenant;
  return [
    ...repeated(
      people.map((person) => person.oid),
      (index) => [...at, 'people', index, 'oid'],
    ),
    ...repeated(
      people.map((person) => person.mail),
      (index) => [...at, 'people', index, 'mail'],
    ),
    ...people.flatMap((person, index) => checkPerson(person, { tenant, homes }, [...at, 'people', index])),
  ];
}

interface Around {
  readonly tenant: FileTenant;
  readonly homes: Homes;
}

function checkPerson(person: FilePerson, around: Around, at: readonly PathPart[]): readonly FileProblem[] {
  const owner = around.homes.byDomain.get(domainOfMail(person.mail));
  const isOwnAddress = owner === around.tenant;
  const isGuest = person.kind === 'guest';
  const problems: FileProblem[] = [];
  if (isGuest && isOwnAddress) {
    problems.push(problemAt([...at, 'mail'], `${person.mail} is an address of this tenant, but a guest`));
  }
  if (!isGuest && !isOwnAddress) {
    problems.push(
      problemAt([...at, 'mail'], `${person.mail} is no address of this tenant; only a guest may have that`),
    );
  }
  const isVendor = person.roles.includes(APP_ROLES.vendor);
  if (person.roles.length > 0 && isVendor !== (person.kind === 'service')) {
    const message = `must name ${APP_ROLES.vendor} for a service account, and for nobody else`;
    problems.push(problemAt([...at, 'roles'], message));
  }
  return [...problems, ...checkHome(person, { ...around, owner, at })];
}

interface AroundGuest extends Around {
  /** The tenant in the file that the person's address belongs to. */
  readonly owner: FileTenant | undefined;
  readonly at: readonly PathPart[];
}

function checkHome(person: FilePerson, { tenant, homes, owner, at }: AroundGuest): readonly FileProblem[] {
  const { homeTenantId, mail } = person;
  const path = [...at, 'homeTenantId'];
  if (person.kind !== 'guest') {
    return homeTenantId === undefined ? [] : [problemAt(path, 'is for guests alone')];
  }
  if (homeTenantId === undefined) {
    const isNeeded = owner !== undefined && owner !== tenant;
    return isNeeded ? [problemAt(path, `must be ${owner.tenantId}: ${mail} is an address of ${owner.name}`)] : [];
  }
  if (homeTenantId === tenant.tenantId) return [problemAt(path, 'is this tenant itself')];
  const members = homes.members.get(homeTenantId);
  if (members === undefined) return [problemAt(path, `${homeTenantId} is neither in tenants nor in otherTenants`)];
  if (members !== null && !members.has(mail)) {
    return [problemAt(path, `${mail} is not among the people of that tenant`)];
  }
  return [];
}
