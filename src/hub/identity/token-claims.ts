import * as v from 'valibot';
import { guidSchema } from './guid.ts';

/** Headers that would let a token choose its own key, or demand an extension nobody here understands. */
const FORBIDDEN_HEADERS = ['jku', 'x5u', 'jwk', 'x5c', 'crit'] as const;

const number = v.pipe(v.number(), v.safeInteger());
const filled = v.pipe(v.string(), v.minLength(1));

/** Claims of a version 2.0 access token that this hub reads; all others are ignored. */
export const claimsSchema = v.object({
  iss: filled,
  tid: guidSchema,
  ver: filled,
  aud: filled,
  exp: number,
  nbf: number,
  iat: number,
  azp: filled,
  scp: filled,
  oid: guidSchema,
  roles: v.optional(v.array(v.string()), []),
  name: v.optional(v.string()),
  preferred_username: v.optional(v.string()),
  email: v.optional(v.string()),
  acct: v.optional(v.union([v.number(), v.string()])),
  idp: v.optional(v.string()),
});
export type AccessTokenClaims = v.InferOutput<typeof claimsSchema>;

type HeaderProblem = 'token-algorithm' | 'token-header';

/**
 * Checks the protected header before any key is looked up: RS256 alone, a key named by `kid` alone.
 * Microsoft Entra ID sends `typ: JWT` on access tokens.
 */
export function headerProblem(header: Readonly<Record<string, unknown>>): HeaderProblem | undefined {
  if (header.alg !== 'RS256') return 'token-algorithm';
  if (FORBIDDEN_HEADERS.some((name) => name in header)) return 'token-header';
  const kid = header.kid;
  if (typeof kid !== 'string' || kid === '') return 'token-header';
  return header.typ === undefined || header.typ === 'JWT' ? undefined : 'token-header';
}

/**
 * A guest carries `acct: 1`, or an `idp` that names somebody else than the tenant itself.
 * Source: "Access token claims reference" and "Optional claims reference" of the Microsoft identity platform.
 */
export function isGuest(claims: Pick<AccessTokenClaims, 'acct' | 'idp' | 'iss' | 'tid'>): boolean {
  if (Number(claims.acct) === 1) return true;
  if (claims.idp === undefined) return false;
  const ownNames = [claims.iss, `https://sts.windows.net/${claims.tid}/`];
  return !ownNames.includes(claims.idp);
}
