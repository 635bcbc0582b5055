import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { ReachWorld, TenantPolicy } from '../../domain/reach/model.ts';
import type { Asker, Directory, DirectoryPerson, ListedPerson } from '../directory/directory.ts';
import { listedOfFile } from '../directory/listed-people.ts';
import { parseJsonText } from '../policy/json-text.ts';
import { parsePolicyFile } from '../policy/policy-file.ts';
import { type FileProblem, problemAt } from '../policy/problem.ts';
import { resolvePolicy } from '../policy/resolve.ts';
import type { PolicyFile } from '../policy/schema.ts';
import { describeWith } from './own-policy.ts';

export type ReadPolicy =
  | {
      readonly ok: true;
      readonly policy: TenantPolicy;
      /** Everybody, where the file lists others than there are, or says something else of them; null leaves them as they are. */
      readonly people: readonly ListedPerson[] | null;
    }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

export interface PolicyReader {
  readonly directory: Pick<Directory, 'people' | 'byMail'>;
  readonly world: ReachWorld;
  readonly asker: Asker;
  /** What the tenant has decided so far. */
  readonly current: TenantPolicy;
}

/** As much of a file as has to be known before it is checked. */
const outlineSchema = v.looseObject({
  tenants: v.pipe(v.array(v.looseObject({ tenantId: v.optional(v.unknown()) })), v.minLength(1)),
});
type Outline = v.InferOutput<typeof outlineSchema>;

/**
 * Reads a policy file that the administrator of one tenant hands in: about this tenant alone, under the name and the domains
 * that it has. Without people in it, those stay whom there are.
 */
export async function readOwnPolicy(reader: PolicyReader, text: string): Promise<ReadPolicy> {
  const json = parseJsonText(text);
  if (!json.ok) return json;
  const outline = v.safeParse(outlineSchema, json.value);
  if (!outline.success) return checked(reader, json.value, false);
  const foreign = foreignParts(outline.output, reader.current);
  if (foreign.length > 0) return { ok: false, problems: foreign };
  const [tenant] = outline.output.tenants;
  const listsPeople = Array.isArray(tenant?.people) && tenant.people.length > 0;
  if (!listsPeople) return checked(reader, await withPeople(reader, outline.output), false);
  const read = checked(reader, json.value, true);
  if (!read.ok || read.people === null) return read;
  return isSame(await reader.directory.people(reader.current.tid), read.people) ? { ...read, people: null } : read;
}

function isSame(before: readonly DirectoryPerson[] | null, after: readonly ListedPerson[]): boolean {
  if (before?.length !== after.length) return false;
  const known = new Map(before.map((person) => [person.key, person]));
  return after.every((person) => isDeepStrictEqual(known.get(person.key), person));
}

function checked({ current, world }: PolicyReader, content: unknown, listsPeople: boolean): ReadPolicy {
  const result = parsePolicyFile(content);
  if (!result.ok) return result;
  const problems = fixedParts(result.file, current);
  if (problems.length > 0) return { ok: false, problems };
  const [policy] = resolvePolicy(result.file).policies;
  if (policy === undefined) throw new Error('a checked file has a tenant');
  const people = listedOfFile(result.file).get(policy.tid) ?? [];
  return { ok: true, policy, people: listsPeople ? people.map((person) => withCompany(person, world)) : null };
}

/** Of another tenant nothing can be decided here, and the demo's parts count at its start alone. */
function foreignParts({ tenants }: Outline, { tid, name }: TenantPolicy): readonly FileProblem[] {
  return tenants.flatMap((tenant, index) => {
    const at = ['tenants', index] as const;
    const isOwn = typeof tenant.tenantId === 'string' && tenant.tenantId.toLowerCase() === tid;
    if (tenant.tenantId !== undefined && !isOwn) return [problemAt(at, `is not ${name}: leave it out`)];
    return tenant.demo === undefined ? [] : [problemAt([...at, 'demo'], 'is for the start of a demo: leave it out')];
  });
}

/** What whoever runs the hub decides: another company's name or domain would be one more way to pass for it. */
function fixedParts({ tenants }: PolicyFile, current: TenantPolicy): readonly FileProblem[] {
  return tenants.flatMap(({ name, domains }, index) => [
    ...(name === current.name ? [] : [problemAt(['tenants', index, 'name'], `must stay ${current.name}`)]),
    ...(isDeepStrictEqual(new Set(domains), new Set(current.domains))
      ? []
      : [problemAt(['tenants', index, 'domains'], `must stay ${current.domains.join(', ')}`)]),
  ]);
}

/** A file without people names those who are there: it gets them, so that every name in it can be checked. */
async function withPeople(reader: PolicyReader, outline: Outline): Promise<unknown> {
  const { directory, current } = reader;
  const people = (await directory.people(current.tid)) ?? (await namedIn(reader, outline));
  const described = describeWith(current, people);
  const [own] = described.tenants;
  const others = Array.isArray(outline.otherTenants) ? outline.otherTenants : [];
  const known = new Set(others.map((other: unknown) => tenantIdOf(other)));
  return {
    ...outline,
    tenants: outline.tenants.map((tenant) => ({ ...tenant, people: own?.people ?? [] })),
    otherTenants: [...others, ...described.otherTenants.filter(({ tenantId }) => !known.has(tenantId))],
  };
}

const tenantIdOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'tenantId' in value ? value.tenantId : undefined;

const namesSchema = v.object({
  segments: v.optional(v.array(v.object({ people: v.optional(v.array(v.string()), []) })), []),
  teams: v.optional(v.array(v.object({ members: v.optional(v.array(v.string()), []) })), []),
});

/** Where nobody lists people, those whom the file names by their addresses. */
async function namedIn({ directory, asker }: PolicyReader, { tenants }: Outline): Promise<readonly DirectoryPerson[]> {
  const names = v.safeParse(namesSchema, tenants[0]);
  if (!names.success) return [];
  const { segments, teams } = names.output;
  const mails = new Set([...segments.flatMap(({ people }) => people), ...teams.flatMap(({ members }) => members)]);
  const people = await Promise.all([...mails].map((mail) => directory.byMail(asker, asker.tid, mail)));
  return people.filter((person) => person !== null);
}

/** A file about one tenant does not know the names of the others. */
function withCompany(person: ListedPerson, world: ReachWorld): ListedPerson {
  const { kind, homeTid } = person.account;
  return kind === 'guest' ? { ...person, company: world.tenant(homeTid ?? '')?.name ?? '' } : person;
}
