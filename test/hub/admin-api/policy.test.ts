import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import { parsePolicyText } from '../../../src/hub/policy/policy-file.ts';
import { DEMO_WORLD, demoKey, demoPolicy } from '../support/demo-world.ts';
import { AUDIO } from '../support/hub-bench.ts';
import { until } from '../support/wire-bench.ts';
import { ADMIN, createAdminBench } from './admin-bench.ts';

const ABC = demoPolicy('abc.com');

async function start() {
  const bench = await createAdminBench();
  onTestFinished(() => bench.close());
  const policy = async () => (await bench.read(ADMIN, '/policy')) as { revision: number; text: string };
  return {
    bench,
    policy,
    check: (file: string) => bench.read(ADMIN, '/policy/check', { body: { file } }),
    apply: (file: string, revision: number) => bench.ask(ADMIN, '/policy', { body: { file, revision } }),
    /** The tenant's own file with something changed. */
    async changed(change: (tenant: Record<string, unknown>) => unknown): Promise<string> {
      const file = JSON.parse((await policy()).text) as { tenants: Record<string, unknown>[] };
      const [tenant] = file.tenants;
      if (tenant === undefined) throw new Error('no tenant');
      return JSON.stringify({ ...file, tenants: [{ ...tenant, ...(change(tenant) as object) }] });
    },
    newest: async (count: number) =>
      (await bench.store.reachAudit.newest(ABC.tid, null, count)).map(({ what }) => what),
  };
}

const NO_PEOPLE = { people: undefined };

describe('the policy of one’s own tenant', () => {
  test('comes as a file that the rules read back as what they have', async () => {
    const { bench, policy } = await start();
    const answer = await policy();
    const parsed = parsePolicyText(answer.text);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.file.tenants.map(({ name }) => name)).toEqual(['ABC']);
    const demo = DEMO_WORLD.companies.tenants.find(({ name }) => name === 'ABC');
    expect(parsed.file.tenants[0]?.people.length).toBe(demo?.people.length);
    expect(await bench.read(ADMIN, '/policy/check', { body: { file: answer.text } })).toMatchObject({
      ...{ ok: true, revision: answer.revision, changed: [], gains: [], losses: [], calls: [] },
      added: { count: 0 },
      removed: { count: 0 },
    });
  });

  test('leaves a record of who has taken the file away, and none of looking at it', async () => {
    const hub = await start();
    const { text, revision } = await hub.policy();
    expect((await hub.newest(10)).map(({ kind }) => kind)).not.toContain('exported');
    const file = await hub.bench.ask(ADMIN, '/policy.json');
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="sightline-policy-${revision}.json"`);
    expect(await file.text()).toBe(text);
    expect(await hub.newest(1)).toEqual([{ kind: 'exported', by: demoKey(ADMIN), what: 'policy' }]);
  });
});

describe('a dry run', () => {
  test('says what would be otherwise in meetings, also when the file leaves that out', async () => {
    const hub = await start();
    const file = await hub.changed(() => ({ meetings: { anonymousJoin: false, oneTimeLinkHours: 2 }, ...NO_PEOPLE }));
    expect(await hub.check(file)).toMatchObject({
      changed: ['meetings'],
      meetings: { before: DEFAULT_MEETING_SETTINGS, after: { anonymousJoin: false, oneTimeLinkHours: 2 } },
    });
    const { revision } = await hub.policy();
    expect((await hub.apply(file, revision)).status).toBe(200);
    expect(await hub.newest(1)).toEqual([expect.objectContaining({ kind: 'policy-changed', changed: ['meetings'] })]);
    expect(await hub.bench.read(ADMIN, '/matrix')).toMatchObject({ meetings: { oneTimeLinkHours: 2 } });
    const without = await hub.changed(() => ({ meetings: undefined, ...NO_PEOPLE }));
    expect(await hub.check(without)).toMatchObject({
      changed: ['meetings'],
      meetings: { after: DEFAULT_MEETING_SETTINGS },
    });
    const same = await hub.changed(() => NO_PEOPLE);
    expect(await hub.check(same)).toMatchObject({ changed: [], meetings: null });
  });

  test('lists who gains and who loses reach, without doing anything', async () => {
    const hub = await start();
    const before = (await hub.policy()).revision;
    const closed = await hub.changed(() => ({ barriers: { mode: 'single' }, externalAccess: { enabled: false } }));
    const answer = (await hub.check(closed)) as { gains: unknown[]; losses: unknown[]; changed: string[] };
    expect(answer.changed).toEqual(['barriers', 'external']);
    expect(answer.gains).toContainEqual(
      expect.objectContaining({
        a: expect.objectContaining({ segments: ['V1_RemoteAssistUser'], count: 1 }),
        b: expect.objectContaining({ segments: ['V2_RemoteAssistUser'], people: ['v2_remoteassistuser@abc.com'] }),
        code: 'not-found',
        policy: 'V1 technicians: only their engineers',
      }),
    );
    expect(answer.losses).toContainEqual(
      expect.objectContaining({
        b: expect.objectContaining({ company: 'Contoso1', own: false, count: null, people: [], segments: null }),
        example: { from: expect.stringMatching(/@abc\.com$/), to: 'contoso1.com' },
        code: 'external-off',
      }),
    );
    expect((await hub.policy()).revision).toBe(before);
  });

  test('names the odd things in it, with people by their addresses', async () => {
    const hub = await start();
    const odd = await hub.changed(() => ({
      segments: [
        { name: 'Lonely', people: [] },
        { name: 'One', people: ['expert1@abc.com'] },
      ],
      barriers: { policies: [{ name: 'One only', segment: 'One', state: 'active', allow: ['Lonely'] }] },
    }));
    const { remarks } = (await hub.check(odd)) as { remarks: { kind: string; names: object; weight: string }[] };
    expect(remarks).toContainEqual({ kind: 'segment-empty', weight: 'note', names: { segment: 'Lonely' } });
    expect(remarks.map(({ kind }) => kind)).toContain('own-segment-unlisted');
    expect(remarks.every(({ names }) => !JSON.stringify(names).includes(ABC.tid))).toBe(true);
  });

  test('tells which running calls would end', async () => {
    const hub = await start();
    const [dana, expert] = await Promise.all(
      ['dana.okafor@abc.com', 'expert1@abc.com'].map((who) => hub.bench.connect(demoKey(who))),
    );
    if (dana === undefined || expert === undefined) throw new Error('nobody');
    const rung = await dana.invoke('call', { commandId: randomUUID(), to: demoKey('expert1@abc.com'), media: AUDIO });
    if (!rung.ok) throw new Error(rung.refusal.code);
    const { callId } = rung.value;
    await expert.invoke('command', { commandId: randomUUID(), callId, command: { type: 'answer', media: AUDIO } });
    const apart = await hub.changed(() => ({
      segments: [
        { name: 'Dana', people: ['dana.okafor@abc.com'] },
        { name: 'Elena', people: ['expert1@abc.com'] },
      ],
      barriers: { policies: [{ name: 'Apart', segment: 'Dana', state: 'active', block: ['Elena'] }] },
    }));
    const name = (mail: string) => expect.objectContaining({ kind: 'person', mail });
    expect(await hub.check(apart)).toMatchObject({
      calls: [
        {
          kind: 'direct',
          people: [name('dana.okafor@abc.com'), name('expert1@abc.com')],
          leaving: [name('expert1@abc.com')],
        },
      ],
    });
    expect((await hub.apply(apart, (await hub.policy()).revision)).status).toBe(200);
    await until(() => hub.bench.hub.log.open.get(callId) === undefined);
  });

  test('says what is wrong in a file, and where', async () => {
    const hub = await start();
    expect(await hub.check('{')).toMatchObject({ ok: false, problems: [{ path: '$' }] });
    const unknown = await hub.changed(() => ({ teams: [{ name: 'T', members: ['nobody@abc.com'] }] }));
    expect(await hub.check(unknown)).toEqual({
      ok: false,
      problems: [
        { path: 'tenants[0].teams[0].members[0]', message: 'nobody@abc.com is not among the people of this tenant' },
      ],
    });
    expect(await hub.check('{"version": 2, "tenants": []}')).toMatchObject({ problems: [{ path: 'version' }] });
  });

  test('refuses to decide for anybody else, or to pass for them', async () => {
    const hub = await start();
    const { tid } = demoPolicy('contoso1.com');
    const { text } = await hub.policy();
    const file = JSON.parse(text) as { tenants: object[] };
    const two = JSON.stringify({ ...file, tenants: [...file.tenants, { tenantId: tid, name: 'Contoso1' }] });
    expect(await hub.check(two)).toEqual({
      ok: false,
      problems: [{ path: 'tenants[1]', message: 'is not ABC: leave it out' }],
    });
    for (const [change, path] of [
      [{ domains: ['abc.com', 'contoso1.com'] }, 'tenants[0].domains'],
      [{ name: 'Contoso1' }, 'tenants[0].name'],
      [{ demo: {} }, 'tenants[0].demo'],
    ] as const) {
      expect(await hub.check(await hub.changed(() => change))).toMatchObject({ ok: false, problems: [{ path }] });
    }
  });

  test('of a file without people leaves them as they are, and still knows their names', async () => {
    const hub = await start();
    const teams = [{ name: 'Pumps', members: ['expert1@abc.com'] }];
    const file = await hub.changed(() => ({ ...NO_PEOPLE, teams }));
    expect(await hub.check(file)).toMatchObject({ ok: true, changed: ['teams'], removed: { count: 0 } });
    expect((await hub.apply(file, (await hub.policy()).revision)).status).toBe(200);
    expect(hub.bench.hub.policies.of(ABC.tid)?.policy.teams).toEqual([
      { name: 'Pumps', members: [demoKey('expert1@abc.com')] },
    ]);
    expect((await hub.bench.directory.people(ABC.tid))?.length).toBeGreaterThan(15);
  });
});

describe('applying a changed policy', () => {
  test('stores it as the next revision, with a record of who did it', async () => {
    const hub = await start();
    const { revision } = await hub.policy();
    const file = await hub.changed(() => ({ auditRetentionDays: 30 }));
    const answer = await hub.apply(file, revision);
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true, revision: revision + 1 }]);
    expect(hub.bench.hub.policies.of(ABC.tid)).toMatchObject({ revision: revision + 1, by: demoKey(ADMIN) });
    expect((await hub.newest(1))[0]).toMatchObject({
      ...{ kind: 'policy-changed', by: demoKey(ADMIN), revision: revision + 1 },
      changed: ['auditRetentionDays'],
    });
  });

  test('keeps people as the file lists them, with what only the demo knows of them', async () => {
    const hub = await start();
    const { revision } = await hub.policy();
    const file = await hub.changed(({ people }) => ({
      people: (people as { mail: string }[]).map((one) =>
        one.mail === 'expert1@abc.com' ? { ...one, jobTitle: 'Expert, everything' } : one,
      ),
    }));
    expect((await hub.apply(file, revision)).status).toBe(200);
    expect(await hub.bench.directory.person(demoKey('expert1@abc.com'))).toMatchObject({
      ...{ jobTitle: 'Expert, everything', company: 'ABC', usually: 'desk' },
    });
  });

  test('is refused when somebody else was quicker, and changes nothing then', async () => {
    const hub = await start();
    const { revision } = await hub.policy();
    await hub.apply(await hub.changed(() => ({ auditRetentionDays: 30 })), revision);
    const late = await hub.apply(await hub.changed(() => ({ auditRetentionDays: 60 })), revision);
    expect([late.status, await late.json()]).toEqual([409, expect.objectContaining({ code: 'out-of-turn' })]);
    expect(hub.bench.hub.policies.of(ABC.tid)?.policy.auditRetentionDays).toBe(30);
  });

  test('of a bad file answers its problems, and changes nothing', async () => {
    const hub = await start();
    const answer = await hub.apply('{"version":1,"tenants":[]}', 1);
    expect([answer.status, await answer.json()]).toEqual([
      422,
      { ok: false, problems: [{ path: 'tenants', message: 'must list a tenant' }] },
    ]);
    expect(hub.bench.hub.policies.of(ABC.tid)?.revision).toBe(1);
  });
});
