import { describe, expect, it } from 'vitest';
import { loadPublicConfig } from '../../../src/client/sign-in/config.ts';
import {
  type PublicConfigBody,
  publicConfigOfDemo,
  publicConfigOfTenants,
  signInOriginsOf,
} from '../../../src/hub/identity/public-config.ts';
import { demoCompanies } from '../../support/demo-hub.ts';

const REAL = {
  tenantId: '3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10',
  name: 'ABC',
  domains: ['abc.com'],
  authority: 'https://login.microsoftonline.com/3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10',
  spaClientId: '7d2f5b7e-1111-4c2b-8a55-6b1f0a2f9c01',
  apiClientId: '9a1b2c3d-2222-4e4f-9f00-0a1b2c3d4e5f',
};

function answering(body: unknown, status = 200): typeof fetch {
  return async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
}

async function read(body: PublicConfigBody) {
  const result = await loadPublicConfig(answering(body));
  if (!result.ok) throw new Error(result.code);
  return result.config;
}

describe('the configuration of the pages', () => {
  it('of a real tenant is read by the pages as the hub wrote it', async () => {
    const body = publicConfigOfTenants([REAL]);
    expect(await read(body)).toEqual(body);
    expect(body.tenants[0]).toEqual({
      tenantId: REAL.tenantId,
      name: 'ABC',
      domains: ['abc.com'],
      authority: REAL.authority,
      knownAuthorities: ['login.microsoftonline.com'],
      issuer: `${REAL.authority}/v2.0`,
      spaClientId: REAL.spaClientId,
      scope: `api://${REAL.apiClientId}/access_as_user`,
    });
  });

  it.each(['http://localhost:4400', 'https://192.168.1.7:4400'])(
    'of the demo at %s hands over its true endpoints',
    async (origin) => {
      const config = await read(publicConfigOfDemo(demoCompanies().tenants, origin));
      expect(config.demo).toBe(true);
      for (const tenant of config.tenants) {
        expect(new URL(tenant.authority).host).toBe('demo-idp.invalid');
        expect(tenant.knownAuthorities).toEqual(['demo-idp.invalid']);
        const endpoints = Object.values(JSON.parse(tenant.authorityMetadata ?? '{}'));
        expect(endpoints).toHaveLength(5);
        expect(endpoints.every((url) => String(url).startsWith(`${origin}/${tenant.tenantId}/v2.0`))).toBe(true);
        expect(tenant.issuer).toBe(`${origin}/${tenant.tenantId}/v2.0`);
      }
    },
  );

  it('names the one origin that the policy of the pages must allow', () => {
    expect(signInOriginsOf([REAL, REAL])).toEqual(['https://login.microsoftonline.com']);
  });

  it.each([
    ['no answer', () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
    ['a failing hub', answering({}, 503), 'unreachable'],
    ['an answer that is no JSON', answering('<html>'), 'invalid'],
    ['no tenants', answering({ product: 'Sightline', demo: false, tenants: [] }), 'invalid'],
    [
      'an authority without HTTPS',
      answering({ ...publicConfigOfTenants([{ ...REAL, authority: 'http://x.example/a' }]) }),
      'invalid',
    ],
  ] as const)('with %s is a typed refusal', async (_, fetchJson, code) => {
    expect(await loadPublicConfig(fetchJson)).toEqual({ ok: false, code });
  });
});
