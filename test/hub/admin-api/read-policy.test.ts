import { describe, expect, test } from 'vitest';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { readOwnPolicy } from '../../../src/hub/admin-api/read-policy.ts';
import { defaultPolicy } from '../../../src/hub/reach/policies.ts';
import { ABC, asks, PUMPS, ZOE } from '../directory/company.ts';

const current = defaultPolicy({ tid: ABC, name: 'ABC', domains: ['abc.com'] });
const read = (groups: readonly string[], people: readonly [] | null) => {
  const tenant = { tenantId: ABC, name: 'ABC', domains: ['abc.com'], segments: [{ name: 'Pumps', groups }] };
  const directory = { people: async () => people, byMail: async () => null };
  const reader = { directory, world: createWorld([current]), asker: asks(ZOE), current };
  return readOwnPolicy(reader, JSON.stringify({ version: 1, tenants: [tenant] }));
};

describe('a policy of a tenant', () => {
  test('names groups by their object ids where another directory knows them', async () => {
    expect(await read([PUMPS], null)).toMatchObject({ ok: true, policy: { segments: [{ groups: [PUMPS] }] } });
    expect(await read([PUMPS, 'Pumps'], null)).toEqual({
      ok: false,
      problems: [{ path: 'tenants[0].segments[0].groups[1]', message: 'Pumps is not the object id of a group' }],
    });
  });

  test('names them as it likes where the file itself says who is in them', async () => {
    expect(await read(['Pumps'], [])).toMatchObject({ ok: true });
  });
});
