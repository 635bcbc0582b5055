import { describe, expect, it } from 'vitest';
import type { PublicConfig, PublicTenant } from '../../../src/client/sign-in/config.ts';
import { bindHeadset, createTenantMemory, tenantForMail } from '../../../src/client/sign-in/tenant-binding.ts';

function tenant(tenantId: string, ...domains: string[]): PublicTenant {
  return {
    tenantId,
    name: tenantId.toUpperCase(),
    domains,
    authority: `https://login.microsoftonline.com/${tenantId}`,
    knownAuthorities: [],
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    spaClientId: 'spa',
    scope: 'api://api/access_as_user',
  };
}

const ABC = tenant('abc', 'abc.com', 'abc.example.org');
const CONTOSO = tenant('contoso1', 'contoso1.com');
const one: PublicConfig = { product: 'Sightline', demo: false, tenants: [ABC] };
const two: PublicConfig = { ...one, tenants: [ABC, CONTOSO] };

describe('a headset', () => {
  it.each([
    ['belongs to the only tenant of its hub', one, '', undefined, { kind: 'bound', tenant: ABC, source: 'only' }],
    [
      'asks when there are several',
      two,
      '',
      undefined,
      { kind: 'ask', tenants: [ABC, CONTOSO], unknownDomain: undefined },
    ],
    [
      'takes the tenant of its address',
      two,
      '?tenant=Contoso1.com',
      undefined,
      { kind: 'bound', tenant: CONTOSO, source: 'address' },
    ],
    ['keeps what it remembers', two, '', 'contoso1', { kind: 'bound', tenant: CONTOSO, source: 'remembered' }],
    [
      'is not taken over by an address',
      two,
      '?tenant=abc.com',
      'contoso1',
      { kind: 'bound', tenant: CONTOSO, source: 'remembered' },
    ],
    [
      'forgets a tenant that its hub no longer serves',
      two,
      '?tenant=abc.com',
      'gone',
      { kind: 'bound', tenant: ABC, source: 'address' },
    ],
    [
      'asks when its address is unknown',
      two,
      '?tenant=evil.com',
      undefined,
      { kind: 'ask', tenants: [ABC, CONTOSO], unknownDomain: 'evil.com' },
    ],
    [
      'of one tenant ignores addresses',
      one,
      '?tenant=evil.com',
      'gone',
      { kind: 'bound', tenant: ABC, source: 'only' },
    ],
  ] as const)('%s', (_, config, search, remembered, expected) => {
    expect(bindHeadset(config, { search, remembered })).toEqual(expected);
  });
});

describe('the desk', () => {
  it.each([
    ['dana@abc.com', ABC],
    [' Dana@ABC.example.ORG ', ABC],
    ['x@contoso1.com.', CONTOSO],
    ['x@sub.abc.com', undefined],
    ['x@evilabc.com', undefined],
    ['abc.com', undefined],
    ['a@b@abc.com', undefined],
    ['', undefined],
  ])('goes by the domain of %j', (mail, expected) => {
    expect(tenantForMail(two, mail)).toBe(expected);
  });
});

describe('the memory of a tenant', () => {
  it('keeps, gives back and forgets', () => {
    const map = new Map<string, string>();
    const storage = {
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => void map.set(key, value),
      removeItem: (key: string) => void map.delete(key),
    };
    const memory = createTenantMemory(() => storage, 'k');
    expect(memory.read()).toBeUndefined();
    memory.write('abc');
    expect(memory.read()).toBe('abc');
    memory.forget();
    expect(memory.read()).toBeUndefined();
  });

  it('goes on without storage where the browser refuses it', () => {
    const memory = createTenantMemory(() => {
      throw new Error('SecurityError');
    }, 'k');
    memory.write('abc');
    memory.forget();
    expect(memory.read()).toBeUndefined();
  });
});
