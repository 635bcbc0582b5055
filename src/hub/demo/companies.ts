import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { guidSchema } from '../identity/guid.ts';
import { APP_ROLES } from '../identity/identity.ts';

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
  | { readonly ok: true; readonly companies: DemoCompanies }
  | { readonly ok: false; readonly problems: readonly string[] };

const text = v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'));
const mail = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email('must be an e-mail address'));
const minutes = v.pipe(v.number(), v.integer('must be whole minutes'));
const domain = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[a-z0-9.-]+\.[a-z]{2,}$/, 'must be a domain'));

const personSchema = v.strictObject({
  oid: guidSchema,
  displayName: text,
  mail,
  jobTitle: text,
  kind: v.picklist(['internal', 'service', 'guest']),
  usually: v.picklist(['headset', 'desk']),
  roles: v.array(v.picklist(Object.values(APP_ROLES))),
  groups: v.optional(v.array(text), []),
  homeTenantId: v.optional(guidSchema),
});

const meetingSchema = v.strictObject({
  meetingId: text,
  title: text,
  startOffsetMin: minutes,
  durationMin: v.pipe(minutes, v.minValue(1, 'must last a minute')),
  organizer: mail,
  invitees: v.array(mail),
});

const recentContactSchema = v.strictObject({
  of: mail,
  with: mail,
  minutesAgo: v.pipe(minutes, v.minValue(0, 'must not be in the future')),
  outcome: v.picklist(['answered', 'missed', 'outgoing']),
});

const tenantSchema = v.strictObject({
  tenantId: guidSchema,
  name: text,
  domains: v.pipe(v.array(domain), v.minLength(1, 'must name a domain')),
  spaClientId: guidSchema,
  apiClientId: guidSchema,
  people: v.pipe(v.array(personSchema), v.minLength(1, 'must name somebody')),
  meetings: v.array(meetingSchema),
  recentContacts: v.array(recentContactSchema),
});
type RawTenant = v.InferOutput<typeof tenantSchema>;
type RawPerson = v.InferOutput<typeof personSchema>;

const companiesSchema = v.strictObject({
  tenants: v.pipe(v.array(tenantSchema), v.minLength(1, 'must list a tenant')),
});

/**
 * Reads and checks the demo's companies.
 * @param path of a JSON file such as `assets/demo/companies.json`
 */
export function loadCompanies(path: string): CompaniesResult {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return { ok: false, problems: [`${path}: ${error instanceof Error ? error.message : String(error)}`] };
  }
  return parseCompanies(content);
}

/** Checks the shape, then every name that stands for somebody elsewhere in the file. One line per problem. */
export function parseCompanies(content: unknown): CompaniesResult {
  const parsed = v.safeParse(companiesSchema, content);
  if (!parsed.success) {
    return { ok: false, problems: parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`) };
  }
  const { tenants } = parsed.output;
  const problems = [
    ...repeated(
      'tenantId',
      tenants.map((tenant) => tenant.tenantId),
    ),
    ...repeated(
      'domain',
      tenants.flatMap((tenant) => tenant.domains),
    ),
    ...repeated(
      'meetingId',
      tenants.flatMap((tenant) => tenant.meetings.map((meeting) => meeting.meetingId)),
    ),
    ...tenants.flatMap((tenant) => tenantProblems(tenant, tenants)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, companies: { tenants: tenants.map((tenant) => resolveTenant(tenant, tenants)) } };
}

function tenantProblems(tenant: RawTenant, tenants: readonly RawTenant[]): readonly string[] {
  const known = new Set(tenant.people.map((person) => person.mail));
  const named = [
    ...tenant.meetings.flatMap((meeting) => [meeting.organizer, ...meeting.invitees]),
    ...tenant.recentContacts.flatMap((contact) => [contact.of, contact.with]),
  ];
  const strangers = [...new Set(named.filter((address) => !known.has(address)))];
  return [
    ...repeated(
      'oid',
      tenant.people.map((person) => person.oid),
    ),
    ...repeated(
      'mail',
      tenant.people.map((person) => person.mail),
    ),
    ...strangers.map((address) => `${address} is not among the people`),
    ...tenant.people.flatMap((person) => personProblems(person, tenant, tenants)),
  ].map((problem) => `${tenant.name}: ${problem}`);
}

function personProblems(person: RawPerson, tenant: RawTenant, tenants: readonly RawTenant[]): readonly string[] {
  const problems: string[] = [];
  const isOwnAddress = tenant.domains.some((name) => person.mail.endsWith(`@${name}`));
  const isGuest = person.kind === 'guest';
  if (isGuest === isOwnAddress) {
    problems.push(
      `${person.mail} ${isGuest ? 'is a guest with an address of this company' : 'has an address of another company'}`,
    );
  }
  if (person.homeTenantId !== undefined && !isGuest) problems.push(`${person.mail} has a home tenant but is no guest`);
  if (person.homeTenantId !== undefined && homeAccountOf(person, tenants) === undefined) {
    problems.push(`${person.mail} is not among the people of the home tenant`);
  }
  const isVendor = person.roles.includes(APP_ROLES.vendor);
  if ((person.kind === 'service') !== isVendor) {
    problems.push(`${person.mail} must have the role ${APP_ROLES.vendor} exactly when it is a service account`);
  }
  return problems;
}

function homeAccountOf(person: RawPerson, tenants: readonly RawTenant[]): RawPerson | undefined {
  const home = tenants.find((tenant) => tenant.tenantId === person.homeTenantId);
  return home?.people.find((candidate) => candidate.mail === person.mail && candidate.kind !== 'guest');
}

function resolveTenant(tenant: RawTenant, tenants: readonly RawTenant[]): DemoTenant {
  const oids = new Map(tenant.people.map((person) => [person.mail, person.oid]));
  const oidOf = (address: string): string => {
    const oid = oids.get(address);
    if (oid === undefined) throw new Error(`${address} was not checked`);
    return oid;
  };
  return {
    ...tenant,
    people: tenant.people.map((person) => ({
      ...person,
      homeTenantId: person.homeTenantId,
      homeOid: homeAccountOf(person, tenants)?.oid,
    })),
    meetings: tenant.meetings.map(({ organizer, invitees, ...meeting }) => ({
      ...meeting,
      organizerOid: oidOf(organizer),
      inviteeOids: invitees.map(oidOf),
    })),
    recentContacts: tenant.recentContacts.map((contact) => ({
      ownerOid: oidOf(contact.of),
      contactOid: oidOf(contact.with),
      minutesAgo: contact.minutesAgo,
      outcome: contact.outcome,
    })),
  };
}

function repeated(what: string, values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))].map(
    (value) => `${what} ${value} stands twice`,
  );
}
