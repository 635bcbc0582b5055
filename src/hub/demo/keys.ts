import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import * as v from 'valibot';
import type { KeyValueStore } from './adapter.ts';

export interface RsaPrivateJwk extends JWK {
  readonly kty: 'RSA';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
  readonly d: string;
}

/** What the demo's sign-in keeps secret. One set for all tenants, as a real directory has it. */
export interface DemoSecrets {
  /** RS256, with the private half. */
  readonly signingKey: RsaPrivateJwk;
  readonly cookieSecret: string;
  /** Makes `sub` different for each application and useless as a key of a person. */
  readonly subjectSalt: string;
}

/** Where the store keeps them. */
export const SECRETS = { collection: 'demo/secrets', id: 'all-tenants' } as const;
const RSA_BITS = 2048;

const secretsSchema = v.object({
  signingKey: v.looseObject({
    kty: v.literal('RSA'),
    kid: v.string(),
    n: v.string(),
    e: v.string(),
    d: v.string(),
  }),
  cookieSecret: v.pipe(v.string(), v.minLength(32)),
  subjectSalt: v.pipe(v.string(), v.minLength(32)),
});

/** Reads the secrets of this data folder, or makes them at the first start: a restart signs nobody out. */
export async function loadSecrets(store: KeyValueStore, nowMs: () => number): Promise<DemoSecrets> {
  const known = await store.get(SECRETS.collection, SECRETS.id, nowMs());
  if (known !== undefined) return parse(known);
  const made = await makeSecrets();
  await store.set(SECRETS.collection, SECRETS.id, { value: made, group: null, expiresAtMs: null });
  return made;
}

/** The half that anybody may see. */
export function publicJwkOf({ kty, kid, n, e }: RsaPrivateJwk): JWK {
  return { kty, kid, n, e, alg: 'RS256', use: 'sig' };
}

function parse(value: unknown): DemoSecrets {
  const parsed = v.safeParse(secretsSchema, value);
  if (!parsed.success)
    throw new Error(`The keys of the demo's sign-in are damaged in the data folder (${SECRETS.collection}).`);
  return parsed.output;
}

async function makeSecrets(): Promise<DemoSecrets> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: RSA_BITS });
  const kid = randomBytes(12).toString('base64url');
  return parse({
    signingKey: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' },
    cookieSecret: randomBytes(32).toString('base64url'),
    subjectSalt: randomBytes(32).toString('base64url'),
  });
}
