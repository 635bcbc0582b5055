import type { PersonKey } from '../../domain/call/state.ts';
import type { TenantPolicy } from '../../domain/reach/model.ts';
import type { Directory, DirectoryPerson, ListedPerson } from '../directory/directory.ts';
import { APP_ROLES, type AppRole } from '../identity/identity.ts';
import { domainOfMail, toMail } from '../policy/address.ts';
import { type DescribedPerson, describePolicy } from '../policy/describe.ts';
import type { FilePerson, PolicyFile } from '../policy/schema.ts';

/**
 * The policy of one tenant as a file: with everybody, where the directory lists people; else with those whom segments and
 * teams name.
 */
export async function describeOwnPolicy(
  directory: Pick<Directory, 'people' | 'person'>,
  policy: TenantPolicy,
): Promise<PolicyFile> {
  const people = (await directory.people(policy.tid)) ?? (await namedPeople(directory, policy));
  return describeWith(policy, people);
}

/** @param people those of the tenant that the file lists; whom no file could list is left out */
export function describeWith(policy: TenantPolicy, people: readonly DirectoryPerson[]): PolicyFile {
  const listable = people.filter((person) => isListable(policy, person));
  const usually = new Map(listable.map((person) => [person.key, isListed(person) ? person.usually : null]));
  const { tenants, ...file } = describePolicy([policy], listable.map(toDescribed));
  return {
    ...file,
    tenants: tenants.map((tenant) => ({
      ...tenant,
      people: tenant.people.map((person) => withHint(person, usually.get(`${policy.tid}:${person.oid}`) ?? null)),
    })),
  };
}

const withHint = (person: FilePerson, usually: ListedPerson['usually']): FilePerson =>
  usually === null ? person : { ...person, usually };

async function namedPeople(
  directory: Pick<Directory, 'person'>,
  { segments, teams }: TenantPolicy,
): Promise<readonly DirectoryPerson[]> {
  const keys = new Set<PersonKey>([
    ...segments.flatMap((segment) => segment.people),
    ...teams.flatMap((team) => team.members),
  ]);
  const people = await Promise.all([...keys].map((key) => directory.person(key)));
  return people.filter((person) => person !== null);
}

/** What a file says of people has rules of its own: e.g. only a guest has an address of another domain. */
function isListable({ domains }: TenantPolicy, { name, account }: DirectoryPerson): boolean {
  if (name.trim() === '' || toMail(account.mail) !== account.mail) return false;
  return domains.includes(domainOfMail(account.mail)) !== (account.kind === 'guest');
}

const isListed = (person: DirectoryPerson): person is ListedPerson => 'roles' in person;

const ROLES: ReadonlySet<string> = new Set(Object.values(APP_ROLES));
const isRole = (role: string): role is AppRole => ROLES.has(role);

function toDescribed(person: DirectoryPerson): DescribedPerson {
  const { key, name, jobTitle, account } = person;
  return {
    oid: key.slice(key.indexOf(':') + 1),
    displayName: name,
    jobTitle,
    roles: isListed(person) ? person.roles.filter(isRole) : [],
    account,
  };
}
