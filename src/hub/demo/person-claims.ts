import { createHmac } from 'node:crypto';
import { ACCESS_SCOPE } from '../identity/tenants.ts';
import type { DemoPerson, DemoTenant } from './companies.ts';

/** A different subject for each application, as Microsoft Entra ID gives it: no use as a key of a person. */
export function pairwiseSubject(salt: string, oid: string, clientId: string): string {
  return createHmac('sha256', salt).update(`${clientId} ${oid}`).digest('base64url');
}

/** Claims of the ID token, apart from those that every OpenID provider writes. */
export function idTokenClaims(tenant: DemoTenant, person: DemoPerson): Record<string, unknown> {
  return { tid: tenant.tenantId, ver: '2.0', ...accountClaims(person) };
}

export interface AccessTokenFrame {
  readonly issuer: string;
  readonly subjectSalt: string;
  readonly jti: string;
  readonly issuedAtS: number;
  readonly expiresAtS: number;
}

/**
 * The claims of an access token in the shape of Microsoft Entra ID, version 2.0.
 * Source: "Access token claims reference" of the Microsoft identity platform.
 */
export function accessTokenClaims(
  tenant: DemoTenant,
  person: DemoPerson,
  frame: AccessTokenFrame,
): Record<string, unknown> {
  return {
    aud: tenant.apiClientId,
    iss: frame.issuer,
    iat: frame.issuedAtS,
    nbf: frame.issuedAtS,
    exp: frame.expiresAtS,
    azp: tenant.spaClientId,
    azpacr: '0', // a public client: it proved nothing about itself
    ...accountClaims(person),
    roles: person.roles,
    scp: ACCESS_SCOPE,
    sub: pairwiseSubject(frame.subjectSalt, person.oid, tenant.apiClientId),
    tid: tenant.tenantId,
    uti: frame.jti,
    ver: '2.0',
  };
}

function accountClaims(person: DemoPerson): Record<string, unknown> {
  return { oid: person.oid, name: person.displayName, preferred_username: person.mail, ...guestClaims(person) };
}

function guestClaims(person: DemoPerson): Record<string, unknown> {
  if (person.kind !== 'guest') return { acct: 0 };
  const home = person.homeTenantId;
  return { acct: 1, idp: home === undefined ? 'mail' : `https://sts.windows.net/${home}/` };
}

/** Names the account at home; the sign-in library of the pages makes its `homeAccountId` from it. */
export function clientInfo(tenant: DemoTenant, person: DemoPerson): string {
  const info = { uid: person.homeOid ?? person.oid, utid: person.homeTenantId ?? tenant.tenantId };
  return Buffer.from(JSON.stringify(info)).toString('base64url');
}
