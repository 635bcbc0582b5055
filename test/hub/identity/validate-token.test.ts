import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { createRemoteJWKSet } from 'jose';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createTokenValidator,
  TOKEN_REFUSALS,
  type TokenRefusalCode,
  type TokenValidator,
  trustEntraTenant,
} from '../../../src/hub/identity/validate-token.ts';
import {
  accessClaims,
  type Claims,
  createSigningKey,
  encryptedToken,
  hmacWithPublicKey,
  mintToken,
  type SigningKey,
  type TestTenant,
  tamper,
  trustTestTenant,
  unsignedToken,
  without,
} from '../../support/tokens.ts';

const NOW_MS = Date.parse('2026-03-02T09:00:00Z');
const NOW_S = NOW_MS / 1000;

function entraTenant(tenantId: string, n: number): TestTenant {
  return {
    tenantId,
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    spaClientId: `7d2f5b7e-1111-4c2b-8a55-00000000000${n}`,
    apiClientId: `9a1b2c3d-2222-4e4f-9f00-00000000000${n}`,
  };
}

const ABC = entraTenant('3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10', 1);
const CONTOSO = entraTenant('c0a1b2c3-8d0b-4e0e-9d53-0d6f6c1f7a20', 2);
const GOOD = accessClaims(ABC, NOW_MS);

let key: SigningKey;
let foreignKey: SigningKey;
let validator: TokenValidator;

beforeAll(async () => {
  key = await createSigningKey('k1');
  foreignKey = await createSigningKey('k1');
  // Entra signs for all tenants with the same keys, so the keys alone prove no tenant.
  validator = createTokenValidator([trustTestTenant(ABC, key), trustTestTenant(CONTOSO, key)], () => NOW_MS);
});

async function codeOf(token: string, tenantId?: string): Promise<TokenRefusalCode | 'accepted'> {
  const result = await validator.validate(token, tenantId);
  return result.ok ? 'accepted' : result.refusal.code;
}

const sign = (change: Claims, header: Claims = {}) => mintToken({ ...GOOD, ...change }, key, header);

describe('a good access token', () => {
  it('gives the person, the roles and the end', async () => {
    expect(await validator.validate(await sign({}))).toEqual({
      ok: true,
      identity: {
        tid: ABC.tenantId,
        oid: GOOD.oid,
        personKey: `${ABC.tenantId}:${GOOD.oid}`,
        name: 'Dana Okafor',
        mail: 'dana.okafor@abc.com',
        roles: ['RemoteAssist.User', 'Teams.User'],
        isGuest: false,
        expiresAtMs: NOW_MS + 3_600_000,
        azp: ABC.spaClientId,
      },
    });
  });

  it('counts for the tenant whose issuer signed it', async () => {
    const token = await mintToken(accessClaims(CONTOSO, NOW_MS), key);
    expect(await validator.validate(token)).toMatchObject({ ok: true, identity: { tid: CONTOSO.tenantId } });
    expect(await codeOf(token, CONTOSO.tenantId)).toBe('accepted');
    expect(await codeOf(token, ABC.tenantId)).toBe('token-tenant');
  });

  it('may have no roles: what they allow is decided later', async () => {
    const result = await validator.validate(await mintToken(without(GOOD, 'roles'), key));
    expect(result).toMatchObject({ ok: true, identity: { roles: [] } });
  });

  it.each([
    [{ acct: 1 }, true],
    [{ acct: '1' }, true],
    [{ acct: 0 }, false],
    [{ idp: `https://sts.windows.net/${CONTOSO.tenantId}/` }, true],
    [{ idp: 'live.com' }, true],
    [{ acct: 0, idp: 'mail' }, true],
    [{ idp: `https://sts.windows.net/${ABC.tenantId}/` }, false],
    [{ idp: ABC.issuer }, false],
    [{}, false],
  ])('with %o is a guest: %s', async (claims, isGuest) => {
    expect(await validator.validate(await sign(claims))).toMatchObject({ ok: true, identity: { isGuest } });
  });

  it.each([
    ['ended 59 s ago', { exp: NOW_S - 59 }, 'accepted'],
    ['ended 61 s ago', { exp: NOW_S - 61 }, 'token-expired'],
    ['starts in 60 s', { nbf: NOW_S + 60 }, 'accepted'],
    ['starts in 61 s', { nbf: NOW_S + 61 }, 'token-not-yet-valid'],
    ['issued in 60 s', { iat: NOW_S + 60 }, 'accepted'],
    ['issued in 61 s', { iat: NOW_S + 61 }, 'token-not-yet-valid'],
  ])('that %s by this clock is %s', async (_, claims, code) => {
    expect(await codeOf(await sign(claims))).toBe(code);
  });

  it('may carry other scopes beside ours', async () => {
    expect(await codeOf(await sign({ scp: 'files.read access_as_user' }))).toBe('accepted');
  });
});

describe('an attack', () => {
  const idToken = { ...without(without(GOOD, 'scp'), 'azp'), aud: ABC.spaClientId };
  const v1Issuer = `https://sts.windows.net/${ABC.tenantId}/`;
  const attacks: readonly [name: string, token: () => Promise<string>, code: TokenRefusalCode][] = [
    ['alg none', async () => unsignedToken(GOOD), 'token-algorithm'],
    ['alg None in another case', async () => unsignedToken(GOOD, 'nOnE'), 'token-algorithm'],
    ['RS256 without a signature', async () => unsignedToken(GOOD, 'RS256'), 'token-signature'],
    ['HS256 with the public key as secret', () => hmacWithPublicKey(GOOD, key), 'token-algorithm'],
    ['a foreign key with the same kid', () => mintToken(GOOD, foreignKey), 'token-signature'],
    ['an unknown kid', () => sign({}, { kid: 'k2' }), 'token-key-unknown'],
    ['a kid that walks the file system', () => sign({}, { kid: '../../../../dev/null' }), 'token-key-unknown'],
    ['a kid that is SQL', () => sign({}, { kid: "' OR 1=1 --" }), 'token-key-unknown'],
    ['no kid', () => sign({}, { kid: undefined }), 'token-header'],
    ['jwk injection', () => mintToken(GOOD, foreignKey, { jwk: foreignKey.publicJwk }), 'token-header'],
    ['jku injection', () => mintToken(GOOD, foreignKey, { jku: 'https://evil.example/keys' }), 'token-header'],
    ['x5u injection', () => mintToken(GOOD, foreignKey, { x5u: 'https://evil.example/cert' }), 'token-header'],
    ['x5c injection', () => mintToken(GOOD, foreignKey, { x5c: ['MIIB'] }), 'token-header'],
    ['an unknown critical header', () => sign({}, { crit: ['exp'] }), 'token-header'],
    ['another typ', () => sign({}, { typ: 'logout+jwt' }), 'token-header'],
    ['a wrong tid with the right keys', () => sign({ tid: '11111111-2222-4333-8444-555555555555' }), 'token-tenant'],
    ['our tid under the issuer of another tenant', () => sign({ iss: CONTOSO.issuer }), 'token-tenant'],
    ['the tid of another tenant under our issuer', () => sign({ tid: CONTOSO.tenantId }), 'token-tenant'],
    ['the version 1 issuer', () => sign({ iss: v1Issuer }), 'token-issuer'],
    ['version 1 with the version 2 issuer', () => sign({ ver: '1.0' }), 'token-version'],
    [
      'a look-alike issuer host',
      () => sign({ iss: `https://login.microsoftonline.com.evil.example/${ABC.tenantId}/v2.0` }),
      'token-issuer',
    ],
    ['an issuer with a slash more', () => sign({ iss: `${ABC.issuer}/` }), 'token-issuer'],
    ['the issuer in capitals', () => sign({ iss: ABC.issuer.toUpperCase() }), 'token-issuer'],
    [
      'a tenant nobody configured',
      () => sign({ iss: 'https://login.microsoftonline.com/common/v2.0' }),
      'token-issuer',
    ],
    ['an issuer that is a list', () => sign({ iss: [ABC.issuer] }), 'token-issuer'],
    ['a token that has ended', () => sign({ exp: NOW_S - 3600 }), 'token-expired'],
    ['a token of the future', () => sign({ nbf: NOW_S + 3600 }), 'token-not-yet-valid'],
    ['exp as a text', () => sign({ exp: String(NOW_S + 3600) }), 'token-claim-invalid'],
    ['nbf as a text', () => sign({ nbf: String(NOW_S) }), 'token-claim-invalid'],
    ['iat as a text', () => sign({ iat: String(NOW_S) }), 'token-claim-invalid'],
    ['exp beyond numbers', () => sign({ exp: 1e300 }), 'token-claim-invalid'],
    ['aud as a list', () => sign({ aud: [ABC.apiClientId] }), 'token-claim-invalid'],
    ['aud of another application', () => sign({ aud: CONTOSO.apiClientId }), 'token-audience'],
    ['aud as the address of the application', () => sign({ aud: `api://${ABC.apiClientId}` }), 'token-audience'],
    ['an ID token', () => mintToken(idToken, key), 'token-claim-missing'],
    ['an ID token with the rest of the claims', () => sign({ aud: ABC.spaClientId }), 'token-audience'],
    ['an app-only token', () => mintToken({ ...without(GOOD, 'scp'), idtyp: 'app' }, key), 'token-app-only'],
    ['an app-only token that adds a scope', () => sign({ idtyp: 'app' }), 'token-app-only'],
    ['an app-only token that hides its kind', () => mintToken(without(GOOD, 'scp'), key), 'token-claim-missing'],
    ['a scope that only starts like ours', () => sign({ scp: 'access_as_user.read' }), 'token-scope'],
    ['a scope that ours is the end of', () => sign({ scp: 'no_access_as_user' }), 'token-scope'],
    ['a scope as a list', () => sign({ scp: ['access_as_user'] }), 'token-claim-invalid'],
    ['a foreign azp', () => sign({ azp: CONTOSO.spaClientId }), 'token-client'],
    [
      'a tampered payload',
      async () => tamper(await sign({}), (claims) => Object.assign(claims, { oid: 'x' })),
      'token-signature',
    ],
    ['an encrypted token', async () => encryptedToken(await sign({})), 'token-encrypted'],
    ['an oid that is no GUID', () => sign({ oid: 'dana' }), 'token-claim-invalid'],
    ['nothing', async () => '', 'token-malformed'],
    ['garbage', async () => 'a.b.c', 'token-malformed'],
    ['garbage with dots', async () => '..', 'token-malformed'],
    ['an endless token', async () => `${'A'.repeat(20_000)}.e30.A`, 'token-malformed'],
  ];

  it.each(attacks)('with %s is refused', async (_, token, code) => {
    expect(await codeOf(await token())).toBe(code);
  });

  it.each(['tid', 'ver', 'aud', 'exp', 'nbf', 'iat', 'azp', 'scp', 'oid'])(
    'without the claim %s is refused',
    async (name) => {
      const result = await validator.validate(await mintToken(without(GOOD, name), key));
      expect(result).toMatchObject({ ok: false, refusal: { code: 'token-claim-missing', claim: name } });
    },
  );

  it('without an issuer is refused', async () => {
    expect(await codeOf(await mintToken(without(GOOD, 'iss'), key))).toBe('token-issuer');
  });

  it('of any other kind never throws, and is refused with a code of the list', async () => {
    const token = await sign({});
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.string({ maxLength: 3 }), async (at, put) => {
        const changed = token.slice(0, at) + put + token.slice(at + 1);
        const result = await validator.validate(changed);
        if (result.ok) return changed === token || sameSignatureBytes(changed, token);
        return TOKEN_REFUSALS.includes(result.refusal.code);
      }),
      { numRuns: 300 },
    );
  });
});

/** The last character of a base64url text has bits that mean nothing. */
function sameSignatureBytes(a: string, b: string): boolean {
  const parts = (token: string) => token.split('.');
  const bytes = (token: string) => Buffer.from(parts(token)[2] ?? '', 'base64url').toString('hex');
  return parts(a).slice(0, 2).join() === parts(b).slice(0, 2).join() && bytes(a) === bytes(b);
}

describe('the keys of a real tenant', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    await Promise.all(closers.splice(0).map((close) => close()));
  });

  async function serveKeys(answer: () => { status: number; body: string }) {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      const { status, body } = answer();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
    return { url, requests: () => requests };
  }

  it('come from its authority alone, whatever a token says', () => {
    const trusted = trustEntraTenant({
      ...ABC,
      name: 'ABC',
      domains: ['abc.com'],
      authority: ABC.issuer.replace('/v2.0', ''),
    });
    expect(trusted).toMatchObject({
      issuer: ABC.issuer,
      audience: ABC.apiClientId,
      clientIds: [ABC.spaClientId],
    });
  });

  it('are fetched once, and not again for every invented kid', async () => {
    const served = await serveKeys(() => ({ status: 200, body: JSON.stringify({ keys: [key.publicJwk] }) }));
    const keys = createRemoteJWKSet(served.url, { cooldownDuration: 30_000 });
    const remote = createTokenValidator([{ ...trustTestTenant(ABC, key), keys }], () => NOW_MS);
    expect((await remote.validate(await sign({}))).ok).toBe(true);
    for (const kid of ['a', 'b', 'c']) {
      expect(await remote.validate(await sign({}, { kid }))).toMatchObject({ refusal: { code: 'token-key-unknown' } });
    }
    expect(served.requests()).toBe(1);
  });

  it('that cannot be had are no fault of the token', async () => {
    const served = await serveKeys(() => ({ status: 503, body: '{}' }));
    const remote = createTokenValidator(
      [{ ...trustTestTenant(ABC, key), keys: createRemoteJWKSet(served.url) }],
      () => NOW_MS,
    );
    expect(await remote.validate(await sign({}))).toMatchObject({ refusal: { code: 'keys-unavailable' } });
  });
});
