import * as v from 'valibot';
import { expect, test } from 'vitest';
import { tenantsSchema } from '../../../src/hub/identity/tenants.ts';

const GUID = '3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10';
const withDomains = (...domains: readonly string[]) =>
  v.safeParse(tenantsSchema, [{ tenantId: GUID, name: 'Bücher', domains, spaClientId: GUID, apiClientId: GUID }]);

test('a tenant’s domains are taken in the one form in which the rules compare them', () => {
  const result = withDomains('Bücher.Example', 'abc.com.');
  expect(result.success && result.output[0]?.tenant.domains).toEqual(['xn--bcher-kva.example', 'abc.com']);
});

test.each(['10.0.0.1', '*.abc.com', 'abc', 'https://abc.com', ''])('no domain of a tenant: %s', (domain) => {
  const result = withDomains(domain);
  expect(result.issues?.map(({ message }) => message)).toEqual(['must be a domain such as abc.com']);
});

test('one domain in two spellings stands twice', () => {
  expect(withDomains('bücher.example', 'xn--bcher-kva.example').issues?.[0]?.message).toBe('lists a domain twice');
});
