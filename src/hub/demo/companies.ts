import { readFileSync } from 'node:fs';
import { type PolicyFileResult, parsePolicyFile, parsePolicyText } from '../policy/policy-file.ts';
import { type FileProblem, lineOf, problemAt, repeated } from '../policy/problem.ts';
import { type PolicyPerson, type ResolvedPolicy, resolvePolicy } from '../policy/resolve.ts';
import type { FileDemo, FileTenant, PolicyFile } from '../policy/schema.ts';

/** One account of a demo company. */
export interface DemoPerson {
  readonly oid: string;
  readonly displayName: string;
  /** In lower case; unique within the tenant. */
  readonly mail: string;
  readonly jobTitle: string;
  readonly kind: 'internal' | 'service' | 'guest';
  /** A hint for whoever plays this person; it decides nothing. */
  readonly usually: 'headset' | 'desk';
  readonly roles: readonly string[];
  /** Groups that segments are made of. */
  readonly groups: readonly string[];
  /** The other tenant that a guest comes from; a guest without one signs in with a private address. */
  readonly homeTenantId: string | undefined;
  /** The guest's `oid` in that tenant. */
  readonly homeOid: string | undefined;
}

/** A meeting, relative to the start of the hub. People are named by `oid`. */
export interface DemoMeeting {
  readonly meetingId: string;
  readonly title: string;
  readonly startOffsetMin: number;
  readonly durationMin: number;
  readonly organizerOid: string;
  readonly inviteeOids: readonly string[];
}

/** A call that somebody already has in the list of recent contacts when the hub starts. */
export interface DemoRecentContact {
  readonly ownerOid: string;
  readonly contactOid: string;
  readonly minutesAgo: number;
  readonly outcome: 'answered' | 'missed' | 'outgoing';
}

export interface DemoTenant {
  readonly tenantId: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly spaClientId: string;
  readonly apiClientId: string;
  readonly people: readonly DemoPerson[];
  readonly meetings: readonly DemoMeeting[];
  readonly recentContacts: readonly DemoRecentContact[];
}

export interface DemoCompanies {
  readonly tenants: readonly DemoTenant[];
}

export type CompaniesResult =
  | {
      readonly ok: true;
      readonly companies: DemoCompanies;
      /** The same file as the rules of reach see it. */
      readonly resolved: ResolvedPolicy;
      /** And as it stands. */
      readonly file: PolicyFile;
    }
  /** One line per problem, each beginning with the JSON path of the bad value. */
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads and checks the demo's companies: a policy file in which every tenant has its `demo` part.
 * @param path of a JSON file such as `assets/demo/companies.json`
 */
export function loadCompanies(path: string): CompaniesResult {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    return { ok: false, problems: [`${path}: ${error instanceof Error ? error.message : String(error)}`] };
  }
  return toCompanies(parsePolicyText(content));
}

export const parseCompanies = (content: unknown): CompaniesResult => toCompanies(parsePolicyFile(content));

function toCompanies(result: PolicyFileResult): CompaniesResult {
  if (!result.ok) return { ok: false, problems: result.problems.map(lineOf) };
  const problems = demoProblems(result.file);
  if (problems.length > 0) return { ok: false, problems: problems.map(lineOf) };
  const resolved = resolvePolicy(result.file);
  return {
    ok: true,
    companies: { tenants: result.file.tenants.map((tenant) => toTenant(tenant, resolved.people)) },
    resolved,
    file: result.file,
  };
}

/** What only the demo needs: somebody to play, on a known surface, and applications to sign in to. */
function demoProblems({ tenants }: PolicyFile): readonly FileProblem[] {
  const meetings = tenants.flatMap(({ demo }, index) =>
    (demo?.meetings ?? []).map(({ meetingId }, place) => ({
      meetingId,
      path: ['tenants', index, 'demo', 'meetings', place, 'meetingId'],
    })),
  );
  return [
    ...tenants.flatMap((tenant, index) => [
      ...(tenant.demo === undefined ? [problemAt(['tenants', index, 'demo'], 'is missing')] : []),
      ...(tenant.people.length === 0 ? [problemAt(['tenants', index, 'people'], 'must name somebody')] : []),
      ...tenant.people.flatMap((person, place) =>
        person.usually === undefined ? [problemAt(['tenants', index, 'people', place, 'usually'], 'is missing')] : [],
      ),
    ]),
    ...repeated(
      meetings.map(({ meetingId }) => meetingId),
      (index) => meetings[index]?.path ?? [],
    ),
  ];
}

function toTenant(tenant: FileTenant, everybody: readonly PolicyPerson[]): DemoTenant {
  const people = everybody.filter(({ account }) => account.tid === tenant.tenantId).map(toPerson);
  const oids = new Map(people.map((person) => [person.mail, person.oid]));
  const oidOf = (address: string): string => {
    const oid = oids.get(address);
    if (oid === undefined) throw new Error(`${address} was not checked`);
    return oid;
  };
  const { spaClientId, apiClientId, meetings, recentContacts } = checked(tenant.demo);
  return {
    tenantId: tenant.tenantId,
    name: tenant.name,
    domains: tenant.domains,
    spaClientId,
    apiClientId,
    people,
    meetings: meetings.map(({ organizer, invitees, ...meeting }) => ({
      ...meeting,
      organizerOid: oidOf(organizer),
      inviteeOids: invitees.map(oidOf),
    })),
    recentContacts: recentContacts.map((contact) => ({
      ownerOid: oidOf(contact.of),
      contactOid: oidOf(contact.with),
      minutesAgo: contact.minutesAgo,
      outcome: contact.outcome,
    })),
  };
}

function toPerson({ homeKey, ...person }: PolicyPerson): DemoPerson {
  const { oid, displayName, mail, jobTitle, kind, roles, groups, homeTenantId } = person;
  return {
    oid,
    displayName,
    mail,
    jobTitle,
    kind,
    usually: checked(person.usually),
    roles,
    groups,
    homeTenantId,
    homeOid: homeKey === null ? undefined : homeKey.slice(homeKey.indexOf(':') + 1),
  };
}

/** For what `demoProblems` has made sure of. */
function checked<T extends FileDemo | string>(value: T | undefined): T {
  if (value === undefined) throw new Error('the companies were not checked');
  return value;
}
