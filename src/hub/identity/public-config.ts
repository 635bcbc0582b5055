import type { DemoTenant } from '../demo/companies.ts';
import { demoIssuerOf, ROUTES } from '../demo/issuer.ts';
import { entraIssuerOf, scopeOf, type Tenant } from './tenants.ts';

/** One tenant as the pages see it; the schema in the pages' code is the other half. */
export interface PublicTenantConfig {
  readonly tenantId: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly authority: string;
  readonly knownAuthorities: readonly string[];
  readonly authorityMetadata?: string;
  readonly issuer: string;
  readonly spaClientId: string;
  readonly scope: string;
}

/** The body of `/config.json`. Nothing in it is secret. */
export interface PublicConfigBody {
  readonly product: string;
  readonly demo: boolean;
  readonly tenants: readonly PublicTenantConfig[];
}

/** Reserved by RFC 2606 never to exist: a request that goes there by mistake reaches nobody. */
const DEMO_AUTHORITY_HOST = 'demo-idp.invalid';

export function publicConfigOfTenants(tenants: readonly Tenant[]): PublicConfigBody {
  return {
    product: 'Sightline',
    demo: false,
    tenants: tenants.map((tenant) => ({
      ...common(tenant),
      authority: tenant.authority,
      knownAuthorities: [new URL(tenant.authority).host],
      issuer: entraIssuerOf(tenant),
    })),
  };
}

/**
 * The sign-in library of the pages refuses an `http:` authority, also on localhost. So the demo, with or without
 * HTTPS, names an authority that does not exist and hands the true endpoints over as metadata.
 * @param origin under which browsers reach the hub
 */
export function publicConfigOfDemo(tenants: readonly DemoTenant[], origin: string): PublicConfigBody {
  return {
    product: 'Sightline',
    demo: true,
    tenants: tenants.map((tenant) => ({
      ...common(tenant),
      authority: `https://${DEMO_AUTHORITY_HOST}/${tenant.tenantId}`,
      knownAuthorities: [DEMO_AUTHORITY_HOST],
      authorityMetadata: JSON.stringify(demoMetadata(origin, tenant.tenantId)),
      issuer: demoIssuerOf(origin, tenant.tenantId),
    })),
  };
}

/**
 * Origins that the pages' Content-Security-Policy must allow in `connect-src`, `frame-src` and `form-action`.
 * None in the demo, whose sign-in is on the hub's own origin.
 */
export function signInOriginsOf(tenants: readonly Pick<Tenant, 'authority'>[]): readonly string[] {
  return [...new Set(tenants.map((tenant) => new URL(tenant.authority).origin))];
}

function common(tenant: Pick<Tenant, 'tenantId' | 'name' | 'domains' | 'spaClientId' | 'apiClientId'>) {
  const { tenantId, name, domains, spaClientId } = tenant;
  return { tenantId, name, domains, spaClientId, scope: scopeOf(tenant) };
}

function demoMetadata(origin: string, tenantId: string): Readonly<Record<string, string>> {
  const issuer = demoIssuerOf(origin, tenantId);
  return {
    issuer,
    authorization_endpoint: issuer + ROUTES.authorization,
    token_endpoint: issuer + ROUTES.token,
    end_session_endpoint: issuer + ROUTES.end_session,
    jwks_uri: issuer + ROUTES.jwks,
  };
}
