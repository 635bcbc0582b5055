import { describe, expect, onTestFinished, test } from 'vitest';
import { REACH_ACTIONS } from '../../../src/domain/reach/model.ts';
import { demoKey, demoPolicy } from '../support/demo-world.ts';
import { ADMIN, createAdminBench } from './admin-bench.ts';

const V1 = 'v1_remoteassistuser@abc.com';
const HENRIK = 'henrik.dahl@abc.com';
const AMARA = 'amara.diallo@abc.com';
const ROSA = 'rosa.delgado@contoso1.com';

async function start() {
  const bench = await createAdminBench();
  onTestFinished(() => bench.close());
  return {
    bench,
    tried: (from: string, to: string, action = 'call', present?: readonly string[]) =>
      bench.read(ADMIN, '/try', { body: { from, to, action, ...(present === undefined ? {} : { present }) } }),
  };
}

describe('trying a policy', () => {
  test('says yes with the rules of both sides', async () => {
    const { tried } = await start();
    expect(await tried(V1, HENRIK)).toMatchObject({
      ...{ kind: 'verdict', allowed: true, code: null },
      from: { kind: 'person', mail: V1 },
      to: { kind: 'person', name: 'Henrik Dahl' },
      steps: expect.arrayContaining([
        expect.objectContaining({
          ...{ rule: 'barrier-allow', outcome: 'allows', company: 'ABC', own: true },
          policy: 'V1 technicians: only their engineers',
          entry: 'V1_SupportEngineer',
          from: { kind: 'person', key: demoKey(V1), name: 'Jonas Weber (V1)', mail: V1 },
        }),
      ]),
    });
  });

  test('says no with the rule that decided', async () => {
    const { tried } = await start();
    const answer = (await tried(V1, AMARA)) as { steps: { outcome: string; policy: string }[] };
    expect(answer).toMatchObject({ kind: 'verdict', allowed: false, code: 'not-found' });
    expect(answer.steps.find(({ outcome }) => outcome === 'denies')?.policy).toBe(
      'V1 technicians: only their engineers',
    );
  });

  test('decides as the hub does, for every action', async () => {
    const { tried } = await start();
    for (const action of REACH_ACTIONS) {
      const answer = await tried('dana.okafor@abc.com', 'expert1@abc.com', action);
      expect([action, answer]).toMatchObject([action, { kind: 'verdict', allowed: true }]);
    }
    expect(await tried(ADMIN, ADMIN)).toMatchObject({ allowed: false, code: 'not-allowed' });
  });

  test('knows who is there already', async () => {
    const { tried } = await start();
    expect(await tried(HENRIK, ROSA, 'add')).toMatchObject({ code: null });
    const group = (await tried('dana.okafor@abc.com', ROSA, 'add', ['expert1@abc.com'])) as { steps: object[] };
    expect(group).toMatchObject({ allowed: false, code: 'external-no-group' });
    expect(group.steps.at(-1)).toMatchObject({ rule: 'external-group', own: true });
  });

  test('finds a guest by the account here, and a whole address elsewhere by the account at home', async () => {
    const { bench } = await start();
    const ingrid = 'hannah.brooks@contoso1.com';
    const key = demoKey('expert1@abc.com in contoso1.com');
    const roles = { key: demoKey(ingrid), mail: ingrid, name: '' };
    await bench.grants.grant(roles);
    const body = { from: ROSA, to: key, action: 'call' };
    expect(await bench.read(ingrid, '/try', { body })).toMatchObject({ to: { kind: 'person', key } });
    expect(await bench.read(ingrid, '/try', { body: { ...body, to: 'expert1@abc.com' } })).toMatchObject({
      to: { kind: 'outsider', company: 'ABC' },
    });
  });

  test('asks for somebody of the own company, and says who is nobody there', async () => {
    const { tried } = await start();
    expect(await tried(ROSA, 'isaac.levy@contoso2.com')).toEqual({ kind: 'not-yours' });
    expect(await tried(V1, 'nobody@abc.com')).toEqual({ kind: 'nobody', who: 'nobody@abc.com' });
    expect(await tried('dana', V1)).toEqual({ kind: 'nobody', who: 'dana' });
    expect(await tried(V1, 'joe@elsewhere.example')).toMatchObject({
      ...{ kind: 'verdict', allowed: false, to: { kind: 'outsider', company: null } },
    });
  });
});

describe('of another tenant', () => {
  test('the answer says only that it does not accept this one', async () => {
    const { bench, tried } = await start();
    const policy = {
      ...demoPolicy('contoso1.com'),
      external: { enabled: true, mode: { kind: 'allow' as const, domains: ['secret-partner.example'] } },
    };
    await bench.hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
    for (const [from, to] of [
      ['dana.okafor@abc.com', ROSA],
      [ROSA, 'dana.okafor@abc.com'],
    ] as const) {
      const answer = (await tried(from, to)) as { steps: { own: boolean }[] };
      expect(answer).toMatchObject({ allowed: false, code: 'external-off' });
      expect(answer.steps.filter(({ own }) => !own)).toEqual([
        {
          ...{ company: 'Contoso1', own: false, rule: 'other-tenant', outcome: 'denies', entry: 'abc.com' },
          ...{ from: null, to: null, policy: null, segment: null },
        },
      ]);
    }
  });

  test('who may not be found, and who is not there, look the same', async () => {
    const { bench, tried } = await start();
    const people = (await bench.directory.people(demoPolicy('contoso1.com').tid)) ?? [];
    const [target] = people.filter(({ mail }) => mail === ROSA);
    if (target === undefined) throw new Error('nobody');
    const ask = async (action: string) => ({
      rosa: await tried('dana.okafor@abc.com', ROSA, action),
      nobody: await tried('dana.okafor@abc.com', 'nobody.at.all@contoso1.com', action),
      back: await tried(ROSA, 'dana.okafor@abc.com', action),
      nobodyBack: await tried('nobody.at.all@contoso1.com', 'dana.okafor@abc.com', action),
    });
    const account = { enabled: false, mode: { kind: 'default' as const } };
    for (const change of [{ hidden: true }, { external: account }]) {
      const changed = people.map((one) =>
        one.key === target.key ? { ...one, account: { ...one.account, ...change } } : one,
      );
      await bench.directory.replacePeople(
        target.account.tid,
        changed.map((one) => ({ roles: [], usually: null, ...one })),
      );
      for (const action of REACH_ACTIONS) {
        const { rosa, nobody, back, nobodyBack } = await ask(action);
        expect([action, rosa]).toEqual([action, nobody]);
        expect([action, back]).toEqual([action, nobodyBack]);
        expect([action, rosa]).toMatchObject([action, { allowed: false }]);
      }
    }
  });
});
