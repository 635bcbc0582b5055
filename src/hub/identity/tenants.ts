import * as v from 'valibot';
import { toAsciiDomain } from '../policy/address.ts';
import { guidSchema } from './guid.ts';

/** One customer organisation whose accounts this hub accepts. GUIDs and domains in lower case. */
export interface Tenant {
  readonly tenantId: string;
  readonly name: string;
  readonly domains: readonly string[];
  /** Without a trailing slash and without `/v2.0`, e.g. `https://login.microsoftonline.com/<tenantId>`. */
  readonly authority: string;
  readonly spaClientId: string;
  readonly apiClientId: string;
}

const DEFAULT_AUTHORITY_HOST = 'https://login.microsoftonline.com';

/** The scope every page asks for and every access token must carry, as a whole word. */
export const ACCESS_SCOPE = 'access_as_user';

export function scopeOf(tenant: Pick<Tenant, 'apiClientId'>): string {
  return `api://${tenant.apiClientId}/${ACCESS_SCOPE}`;
}

/** Exact `iss` of version 2.0 tokens of this tenant. */
export function entraIssuerOf(tenant: Pick<Tenant, 'authority'>): string {
  return `${tenant.authority}/v2.0`;
}

/** Where Microsoft Entra ID publishes the keys of this tenant. */
export function entraKeysUrlOf(tenant: Pick<Tenant, 'authority'>): URL {
  return new URL(`${tenant.authority}/discovery/v2.0/keys`);
}

function defaultAuthorityOf(tenantId: string): string {
  return `${DEFAULT_AUTHORITY_HOST}/${tenantId}`;
}

/** In the one form in which domains are compared: a company may write its own in its own letters. */
const domainSchema = v.pipe(
  v.string('must be a text'),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    const domain = toAsciiDomain(dataset.value);
    if (domain !== null) return domain;
    addIssue({ message: 'must be a domain such as abc.com' });
    return NEVER;
  }),
);

const authoritySchema = v.pipe(v.string('must be a text'), v.trim(), v.toLowerCase());

/** A tenant as it is configured. The secret is kept apart: tenants are shown to pages and in logs. */
export interface TenantEntry {
  readonly tenant: Tenant;
  /** With which the hub reads the tenant's directory on behalf of its people; null when it may not. */
  readonly graphClientSecret: string | null;
}

const tenantSchema = v.pipe(
  v.strictObject({
    tenantId: guidSchema,
    name: v.pipe(v.string('must be a text'), v.trim(), v.minLength(1, 'must not be empty')),
    domains: v.array(domainSchema, 'must be a list of domains'),
    authority: v.optional(authoritySchema),
    spaClientId: guidSchema,
    apiClientId: guidSchema,
    graphClientSecret: v.optional(v.pipe(v.string('must be a text'), v.minLength(1, 'must not be empty'))),
  }),
  v.transform(
    ({ graphClientSecret = null, authority, ...tenant }): TenantEntry => ({
      tenant: { ...tenant, authority: authority ?? defaultAuthorityOf(tenant.tenantId) },
      graphClientSecret,
    }),
  ),
  v.check(
    ({ tenant }) => isAuthorityOf(tenant),
    'authority must be an https address that ends in the tenantId: "common" and "organizations" are never used',
  ),
);

function isAuthorityOf(tenant: Tenant): boolean {
  const url = URL.canParse(tenant.authority) ? new URL(tenant.authority) : undefined;
  return url?.protocol === 'https:' && tenant.authority === `${url.origin}/${tenant.tenantId}`;
}

/** A list of tenants in which no tenant and no domain stands twice: a domain decides where somebody signs in. */
export const tenantsSchema = v.pipe(
  v.array(tenantSchema, 'must be a list of tenants'),
  v.minLength(1, 'must list at least one tenant'),
  v.check(
    (tenants) => tenants.length === 1 || tenants.every(({ tenant }) => tenant.domains.length > 0),
    'must name a domain for each of several tenants',
  ),
  v.check((tenants) => isUnique(tenants.map(({ tenant }) => tenant.tenantId)), 'lists a tenantId twice'),
  v.check((tenants) => isUnique(tenants.flatMap(({ tenant }) => tenant.domains)), 'lists a domain twice'),
);

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
