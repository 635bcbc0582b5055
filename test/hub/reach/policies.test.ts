import { describe, expect, test } from 'vitest';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import { createPolicies, defaultPolicy, type PolicySeeds } from '../../../src/hub/reach/policies.ts';
import { newReference } from '../../../src/hub/reach/reference.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';

const ABC = defaultPolicy({ tid: 'abc', name: 'ABC', domains: ['abc.com'] });
const open = (store: ReturnType<typeof createMemoryStore>, seed: TenantPolicy, from: PolicySeeds['from'] = 'file') =>
  createPolicies({ store: store.policies, seeds: { from, policies: [seed] }, nowMs: () => 5, newReference });

describe('the policies of the tenants', () => {
  test('come from the file at the first start, and from the store after that', async () => {
    const store = createMemoryStore();
    expect((await open(store, ABC)).of('abc')).toEqual({ tid: 'abc', revision: 1, policy: ABC, by: 'file', atMs: 5 });
    await open(store, ABC);
    expect(await store.policies.current()).toMatchObject([{ revision: 1 }]);
    expect(await store.reachAudit.newest('abc', null, 9)).toHaveLength(1);
  });

  test('are taken from a changed file, until somebody has applied another one by hand', async () => {
    const store = createMemoryStore();
    await open(store, ABC);
    const edited = { ...ABC, auditRetentionDays: 30 };
    const second = await open(store, edited);
    expect(second.of('abc')).toMatchObject({ revision: 2, by: 'file', policy: { auditRetentionDays: 30 } });
    const byHand = { policy: { ...ABC, auditRetentionDays: 7 }, by: 'abc:1', withPeople: false, afterRevision: null };
    await second.change(byHand);
    const third = await open(store, { ...ABC, auditRetentionDays: 90 });
    expect(third.of('abc')).toMatchObject({ revision: 3, by: 'abc:1', policy: { auditRetentionDays: 7 } });
  });

  test('of a configured tenant take its name and domains from the configuration, and nothing else', async () => {
    const store = createMemoryStore();
    const first = await open(store, ABC, 'configuration');
    const external = { enabled: false, mode: { kind: 'open' } } as const;
    await first.change({ policy: { ...ABC, external }, by: 'abc:1', withPeople: false, afterRevision: 1 });
    const renamed = { ...ABC, name: 'ABC Ltd', domains: ['abc.com', 'abc.example'] };
    expect((await open(store, renamed, 'configuration')).of('abc')).toMatchObject({
      revision: 3,
      policy: { ...renamed, external },
    });
  });

  test('of tenants that are no longer served count for nothing', async () => {
    const store = createMemoryStore();
    await open(store, ABC);
    const other = await open(store, defaultPolicy({ tid: 'xyz', name: 'XYZ', domains: ['xyz.com'] }));
    expect(other.world().tenant('abc')).toBeUndefined();
    expect(other.world().tenantOfDomain('abc.com')).toBeUndefined();
    expect(other.all().map(({ tid }) => tid)).toEqual(['xyz']);
  });

  test('make the world anew with each change, and not before it is stored', async () => {
    const store = createMemoryStore();
    const policies = await open(store, ABC);
    const before = policies.world();
    const change = { policy: { ...ABC, name: 'New' }, by: 'console', withPeople: true, afterRevision: 1 } as const;
    const failing = { ...store.policies, add: () => Promise.reject(new Error('gone')) };
    const seeds: PolicySeeds = { from: 'file', policies: [ABC] };
    const broken = await createPolicies({ store: failing, seeds, nowMs: () => 5, newReference });
    await expect(broken.change(change)).rejects.toThrow('gone');
    expect(broken.world().tenant('abc')?.name).toBe('ABC');
    await policies.change(change);
    expect(before.tenant('abc')?.name).toBe('ABC');
    expect(policies.world().tenant('abc')?.name).toBe('New');
    const [record] = await store.reachAudit.newest('abc', null, 1);
    expect(record?.what).toEqual({ kind: 'policy-changed', by: 'console', revision: 2, changed: ['name', 'people'] });
  });
});

test('a reference has eight letters and digits, none of which is taken for another one', () => {
  const references = Array.from({ length: 1_000 }, newReference);
  for (const reference of references) expect(reference).toMatch(/^[2-9ABCDEFGHJKMNPQRSTWXYZ]{8}$/);
  expect(new Set(references).size).toBe(1_000);
});
