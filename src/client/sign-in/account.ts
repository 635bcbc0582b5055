import type { PublicTenant } from './config.ts';

/** Who is signed in on this page, as the ID token says. For display; the hub decides by the access token. */
export interface SignedInAccount {
  readonly tid: string;
  readonly oid: string;
  /** `tid:oid`. */
  readonly personKey: string;
  readonly name: string;
  readonly mail: string;
}

/** The part of the sign-in library's account that is read here. */
export interface LibraryAccount {
  readonly username: string;
  readonly name?: string | undefined;
  readonly idTokenClaims?: { readonly [claim: string]: unknown } | undefined;
}

/**
 * The account, if its ID token is of exactly the wanted tenant. The sign-in library compares neither `tid` nor `iss`
 * with the configured tenant, so with the metadata of another one it would let anybody pass.
 * @returns undefined for an account of another tenant
 */
export function accountOfTenant(account: LibraryAccount, tenant: PublicTenant): SignedInAccount | undefined {
  const { tid, iss, oid } = account.idTokenClaims ?? {};
  if (tid !== tenant.tenantId || iss !== tenant.issuer || typeof oid !== 'string') return undefined;
  return {
    tid,
    oid,
    personKey: `${tid}:${oid}`,
    name: account.name ?? account.username,
    mail: account.username,
  };
}
