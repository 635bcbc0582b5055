import { describe, expect, test } from 'vitest';
import { loadDemo } from '../../src/hub/demo-parts.ts';
import { createLogger } from '../../src/hub/log.ts';
import { parseSettings } from '../../src/hub/settings.ts';
import { createMemoryStore } from '../../src/hub/store/memory-store.ts';
import type { Store } from '../../src/hub/store/store.ts';
import { createDemoStore } from '../support/demo-hub.ts';
import { demoKey, demoPolicy } from './support/demo-world.ts';

async function load(store: Store) {
  const parsed = parseSettings({ HOST: '127.0.0.1' }, []);
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  const origin = 'http://localhost:4400';
  const options = { rootDir: '.', announceCode: () => {} };
  return loadDemo({
    settings: parsed.settings,
    store,
    origin,
    options,
    logger: createLogger('silent'),
    needsGroups: () => false,
  });
}

const demoStore = async (): Promise<Store> => ({ ...createMemoryStore(), values: await createDemoStore() }) as Store;

describe('the demo', () => {
  test('starts with the people and the policies of its file, hidden people and personal settings included', async () => {
    const { directory, seeds } = await load(await demoStore());
    expect((await directory.person(demoKey('walter.brandt@abc.com')))?.account.hidden).toBe(true);
    expect((await directory.person(demoKey('noor.rahimi@abc.com')))?.account.external.enabled).toBe(false);
    expect(seeds.from).toBe('file');
    expect(seeds.policies.map(({ name }) => name)).toEqual(['ABC', 'Contoso1', 'Contoso2']);
  });

  test('leaves people alone where somebody has applied a policy by hand', async () => {
    const store = await demoStore();
    const policy = demoPolicy('abc.com');
    const what = { kind: 'policy-changed', by: 'console', revision: 1, changed: [] } as const;
    await store.policies.add(
      { tid: policy.tid, revision: 1, policy, by: 'console', atMs: 0 },
      { tid: policy.tid, reference: 'ABCD2345', atMs: 0, what },
    );
    await load(store);
    expect(await store.people.list(policy.tid)).toEqual([]);
    expect(await store.people.list(demoPolicy('contoso1.com').tid)).not.toEqual([]);
  });
});
