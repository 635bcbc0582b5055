import { createHmac } from 'node:crypto';
import {
  CompactEncrypt,
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  SignJWT,
} from 'jose';
import type { TrustedTenant } from '../../src/hub/identity/validate-token.ts';

/** A signing key of an issuer, with both halves. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function createSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, publicKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

export function trustTestTenant(tenant: TestTenant, key: SigningKey): TrustedTenant {
  return {
    tenantId: tenant.tenantId,
    issuer: tenant.issuer,
    audience: tenant.apiClientId,
    clientIds: [tenant.spaClientId],
    keys: createLocalJWKSet({ keys: [key.publicJwk] }),
  };
}

export interface TestTenant {
  readonly tenantId: string;
  readonly issuer: string;
  readonly spaClientId: string;
  readonly apiClientId: string;
}

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of a good access token; a test changes the one that it is about. */
export function accessClaims(tenant: TestTenant, nowMs: number): Claims {
  const nowS = Math.floor(nowMs / 1000);
  return {
    iss: tenant.issuer,
    aud: tenant.apiClientId,
    iat: nowS,
    nbf: nowS,
    exp: nowS + 3600,
    azp: tenant.spaClientId,
    azpacr: '0',
    name: 'Dana Okafor',
    oid: '5b0d7a3e-0001-4000-8000-000000000001',
    preferred_username: 'dana.okafor@abc.com',
    roles: ['RemoteAssist.User', 'Teams.User'],
    scp: 'access_as_user',
    sub: 'pairwise-subject',
    tid: tenant.tenantId,
    ver: '2.0',
  };
}

export function without(claims: Claims, name: string): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
}

/** Signs any claims with any key; `header` adds to or replaces `{ alg, typ, kid }`. */
export function mintToken(claims: Claims, key: SigningKey, header: Claims = {}): Promise<string> {
  const { crit, ...rest } = header;
  const signer = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...rest });
  if (crit === undefined) return signer.sign(key.privateKey);
  return signWithCrit(claims, key, header);
}

/** The library refuses to write an unknown `crit`, so this one is signed by hand. */
async function signWithCrit(claims: Claims, key: SigningKey, header: Claims): Promise<string> {
  const input = `${encode({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header })}.${encode(claims)}`;
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key.privateKey, new TextEncoder().encode(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

export function unsignedToken(claims: Claims, alg = 'none'): string {
  return `${encode({ alg, typ: 'JWT', kid: 'k1' })}.${encode(claims)}.`;
}

/** The classic confusion: HMAC with the text of the public key as the secret. */
export async function hmacWithPublicKey(claims: Claims, key: SigningKey): Promise<string> {
  const input = `${encode({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${encode(claims)}`;
  const secret = await exportSPKI(key.publicKey);
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

export async function encryptedToken(token: string): Promise<string> {
  const { publicKey } = await generateKeyPair('RSA-OAEP-256');
  return new CompactEncrypt(new TextEncoder().encode(token))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' })
    .encrypt(publicKey);
}

/** Changes claims after the signature was made. */
export function tamper(token: string, change: (claims: Record<string, unknown>) => void): string {
  const [header, payload, signature] = token.split('.');
  const claims: Record<string, unknown> = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
  change(claims);
  return `${header}.${encode(claims)}.${signature}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
