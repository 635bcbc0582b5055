import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import * as v from 'valibot';
import type { Identity } from './identity.ts';
import { ACCESS_SCOPE, entraIssuerOf, entraKeysUrlOf, type Tenant } from './tenants.ts';
import { type AccessTokenClaims, claimsSchema, headerProblem, isGuest } from './token-claims.ts';

/** Every reason for which a token is refused. The words for people are elsewhere. */
export const TOKEN_REFUSALS = [
  'token-malformed',
  'token-encrypted',
  'token-algorithm',
  'token-header',
  'token-issuer',
  'token-key-unknown',
  'token-signature',
  'token-tenant',
  'token-version',
  'token-audience',
  'token-app-only',
  'token-claim-missing',
  'token-claim-invalid',
  'token-expired',
  'token-not-yet-valid',
  'token-client',
  'token-scope',
  'keys-unavailable',
] as const;
export type TokenRefusalCode = (typeof TOKEN_REFUSALS)[number];

export interface TokenRefusal {
  readonly code: TokenRefusalCode;
  /** The claim at fault, for the log; never its value. */
  readonly claim?: string;
  readonly cause?: unknown;
}

export type TokenResult =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly refusal: TokenRefusal };

/** One tenant whose tokens count, with the one issuer and the one source of keys that may vouch for it. */
export interface TrustedTenant {
  readonly tenantId: string;
  /** Compared as it stands. */
  readonly issuer: string;
  /** The client id of the hub's own application, the only accepted `aud`. */
  readonly audience: string;
  /** Applications that may hold tokens for this hub (`azp`). */
  readonly clientIds: readonly string[];
  readonly keys: JWTVerifyGetKey;
}

export interface TokenValidator {
  /** @param tenantId when given, a token of any other tenant is refused as `token-tenant` */
  validate(token: string, tenantId?: string): Promise<TokenResult>;
}

/** Clocks of servers differ; more than this is a fault to repair. */
const CLOCK_TOLERANCE_S = 60;
/** A full Entra token is about 2.5 kB; a browser's address line carries it, so it cannot be much more. */
const MAX_TOKEN_CHARS = 16_384;
/** An unknown `kid` asks for the keys again, at most this often: anybody may invent one. */
const KEYS_COOLDOWN_MS = 30_000;
/** Entra rolls keys over weeks and asks clients to look again once a day; hours also cover a withdrawn key. */
const KEYS_MAX_AGE_MS = 6 * 3_600_000;
const KEYS_TIMEOUT_MS = 5_000;

/** Trusts a real tenant: version 2.0 tokens of its authority, keys from its fixed address. */
export function trustEntraTenant(tenant: Tenant): TrustedTenant {
  return {
    tenantId: tenant.tenantId,
    issuer: entraIssuerOf(tenant),
    audience: tenant.apiClientId,
    clientIds: [tenant.spaClientId],
    keys: createRemoteJWKSet(entraKeysUrlOf(tenant), {
      cooldownDuration: KEYS_COOLDOWN_MS,
      cacheMaxAge: KEYS_MAX_AGE_MS,
      timeoutDuration: KEYS_TIMEOUT_MS,
    }),
  };
}

/**
 * Checks access tokens of several tenants. A token counts only for the tenant whose issuer signed it.
 * Never throws: what is wrong comes back as a code.
 * @param nowMs the clock, ms since 1970
 */
export function createTokenValidator(
  tenants: readonly TrustedTenant[],
  nowMs: () => number = Date.now,
): TokenValidator {
  const byIssuer = new Map(tenants.map((tenant) => [tenant.issuer, tenant]));
  return {
    async validate(token, tenantId) {
      const opened = open(token);
      if (typeof opened === 'string') return refuse(opened);
      const tenant = byIssuer.get(opened.issuer);
      if (tenant === undefined) return refuse('token-issuer', 'iss');
      if (tenantId !== undefined && tenant.tenantId !== tenantId) return refuse('token-tenant', 'tid');
      try {
        const { payload } = await jwtVerify(token, tenant.keys, {
          algorithms: ['RS256'],
          issuer: tenant.issuer,
          clockTolerance: CLOCK_TOLERANCE_S,
          currentDate: new Date(nowMs()),
        });
        return checkClaims(payload, tenant, nowMs());
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

function refuse(code: TokenRefusalCode, claim?: string, cause?: unknown): TokenResult {
  const refusal = { code, ...(claim === undefined ? {} : { claim }), ...(cause === undefined ? {} : { cause }) };
  return { ok: false, refusal };
}

/** Reads header and issuer without believing them: the issuer only chooses whose keys are tried. */
function open(token: string): { readonly issuer: string } | TokenRefusalCode {
  if (token.length > MAX_TOKEN_CHARS) return 'token-malformed';
  const parts = token.split('.');
  if (parts.length === 5) return 'token-encrypted';
  if (parts.length !== 3) return 'token-malformed';
  try {
    const problem = headerProblem({ ...decodeProtectedHeader(token) });
    if (problem !== undefined) return problem;
    const { iss } = decodeJwt(token);
    return typeof iss === 'string' ? { issuer: iss } : 'token-issuer';
  } catch {
    return 'token-malformed';
  }
}

/** The signature holds; now every claim must fit the tenant. */
function checkClaims(payload: JWTPayload, tenant: TrustedTenant, nowMs: number): TokenResult {
  if (payload.idtyp === 'app') return refuse('token-app-only', 'idtyp');
  const parsed = v.safeParse(claimsSchema, payload, { abortEarly: true });
  if (!parsed.success) {
    const claim = v.getDotPath(parsed.issues[0]) ?? undefined;
    const isMissing = claim !== undefined && !(claim in payload);
    return refuse(isMissing ? 'token-claim-missing' : 'token-claim-invalid', claim);
  }
  const claims = parsed.output;
  if (claims.tid !== tenant.tenantId) return refuse('token-tenant', 'tid');
  if (claims.ver !== '2.0') return refuse('token-version', 'ver');
  if (claims.aud !== tenant.audience) return refuse('token-audience', 'aud');
  if (claims.iat > nowMs / 1000 + CLOCK_TOLERANCE_S) return refuse('token-not-yet-valid', 'iat');
  if (!tenant.clientIds.includes(claims.azp)) return refuse('token-client', 'azp');
  if (!claims.scp.split(' ').includes(ACCESS_SCOPE)) return refuse('token-scope', 'scp');
  return { ok: true, identity: identityOf(claims) };
}

function identityOf(claims: AccessTokenClaims): Identity {
  return {
    tid: claims.tid,
    oid: claims.oid,
    personKey: `${claims.tid}:${claims.oid}`,
    name: claims.name,
    mail: claims.preferred_username ?? claims.email,
    roles: claims.roles,
    isGuest: isGuest(claims),
    expiresAtMs: claims.exp * 1000,
    azp: claims.azp,
  };
}

function refusalOf(error: unknown): TokenResult {
  if (error instanceof errors.JWTExpired) return refuse('token-expired', 'exp');
  if (error instanceof errors.JWTClaimValidationFailed) return claimRefusal(error);
  if (error instanceof errors.JWSSignatureVerificationFailed) return refuse('token-signature');
  if (error instanceof errors.JWKSNoMatchingKey) return refuse('token-key-unknown');
  if (error instanceof errors.JWKSMultipleMatchingKeys) return refuse('token-key-unknown');
  if (error instanceof errors.JOSEAlgNotAllowed) return refuse('token-algorithm');
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return refuse('token-malformed');
  // What is left is the way to the keys: no network, a time-out, an answer that holds no keys.
  return refuse('keys-unavailable', undefined, error);
}

function claimRefusal(error: errors.JWTClaimValidationFailed): TokenResult {
  if (error.reason === 'missing') return refuse('token-claim-missing', error.claim);
  if (error.claim === 'nbf' && error.reason === 'check_failed') return refuse('token-not-yet-valid', 'nbf');
  if (error.claim === 'iss') return refuse('token-issuer', 'iss');
  return refuse('token-claim-invalid', error.claim);
}
