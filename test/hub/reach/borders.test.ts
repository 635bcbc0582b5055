import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import { DEMO_WORLD, demoKey, demoPerson, demoPolicy } from '../support/demo-world.ts';
import { AUDIO } from '../support/hub-bench.ts';
import { type Client, createWireBench } from '../support/wire-bench.ts';

const ROSA = 'rosa.delgado@contoso1.com';
const VIKTOR = 'viktor.petrov@contoso1.com';
const EXPERT1 = 'expert1@abc.com';
const GUEST = 'expert1@abc.com in contoso1.com';
const ABC_TID = demoPolicy('abc.com').tid;
const CONTOSO1_TID = demoPolicy('contoso1.com').tid;

async function start() {
  const bench = await createWireBench(DEMO_WORLD);
  onTestFinished(() => bench.close());
  const connect = (who: string): Promise<Client> => bench.connect(demoKey(who));
  return {
    bench,
    connect,
    async apply(domain: string, changes: Partial<TenantPolicy>) {
      const policy = { ...demoPolicy(domain), ...changes };
      await bench.hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
    },
    newest: async (tid: string) => (await bench.store.reachAudit.newest(tid, null, 1))[0],
  };
}

const keysOf = async (page: Client, query: string): Promise<readonly string[] | string> => {
  const answer = await page.invoke('search', { query });
  return answer.ok ? answer.value.map(({ key }) => key) : answer.refusal.code;
};
const call = (page: Client, to: string) => page.invoke('call', { commandId: randomUUID(), to, media: AUDIO });

describe('a search', () => {
  test('finds people of another tenant by the full mail address alone [SPEC 9.3]', async () => {
    const rosa = await (await start()).connect(ROSA);
    expect(await keysOf(rosa, 'expert3@abc.com')).toEqual([demoKey('expert3@abc.com')]);
    expect(await keysOf(rosa, ' EXPERT3@ABC.COM. ')).toEqual([demoKey('expert3@abc.com')]);
    for (const part of ['Yuki', 'Tanaka', 'expert3', 'expert3@abc', 'xpert3@abc.com']) {
      expect([part, await keysOf(rosa, part)]).toEqual([part, []]);
    }
  });

  test('of an address finds the account at home, of a name the guest’s account here [SPEC 9.3]', async () => {
    const rosa = await (await start()).connect(ROSA);
    expect(await keysOf(rosa, EXPERT1)).toEqual([demoKey(EXPERT1)]);
    expect(await keysOf(rosa, demoPerson(GUEST).name)).toEqual([demoKey(GUEST)]);
    const viktor = await (await start()).connect(VIKTOR);
    expect(await keysOf(viktor, 'claire.dubois@outlook.com')).toEqual([
      demoKey('claire.dubois@outlook.com in contoso1.com'),
    ]);
  });

  test('refuses a domain that is not trusted, whoever may be there [SPEC 9.3]', async () => {
    const rosa = await (await start()).connect(ROSA);
    const codes = ['isaac.levy@contoso2.com', 'nobody@contoso2.com', 'anybody@elsewhere.example'].map((mail) =>
      keysOf(rosa, mail),
    );
    expect(await Promise.all(codes)).toEqual(['external-off', 'external-off', 'external-off']);
  });

  test('tells nothing of who is hidden or does not want others to come: as if they were not there [SPEC 9.2]', async () => {
    const hub = await start();
    const [rosa, dana] = [await hub.connect(ROSA), await hub.connect('dana.okafor@abc.com')];
    for (const mail of ['walter.brandt@abc.com', 'noor.rahimi@abc.com', 'nobody.at.all@abc.com']) {
      expect([mail, await rosa.invoke('search', { query: mail })]).toEqual([mail, { ok: true, value: [] }]);
    }
    expect(await keysOf(dana, 'walter.brandt@abc.com')).toEqual([]);
    expect(await keysOf(dana, 'noor.rahimi@abc.com')).toEqual([demoKey('noor.rahimi@abc.com')]);
    const nobody = `${ABC_TID}:00000000-0000-4000-8000-000000000000`;
    const hidden = demoKey('walter.brandt@abc.com');
    for (const page of [rosa, dana]) {
      const [one, other] = [await call(page, hidden), await call(page, nobody)];
      const shape = { ok: false, refusal: { code: 'not-found', reference: expect.any(String) } };
      expect([one, other]).toEqual([shape, shape]);
    }
  });
});

describe('a call between two tenants', () => {
  test('belongs to the tenant of the one who began it, and stands in the contacts of both [SPEC 9.11]', async () => {
    const hub = await start();
    const [rosa, expert] = [await hub.connect(ROSA), await hub.connect('expert3@abc.com')];
    const answer = await call(rosa, demoKey('expert3@abc.com'));
    if (!answer.ok) throw new Error(answer.refusal.code);
    const { callId } = answer.value;
    const command = { type: 'answer', media: AUDIO } as const;
    await expert.invoke('command', { commandId: randomUUID(), callId, command });
    expect(await hub.bench.store.call(callId)).toMatchObject({ tid: CONTOSO1_TID });
    const newest = async () => {
      const contacts = await expert.invoke('contacts', {});
      return contacts.ok ? contacts.value[0] : contacts;
    };
    expect(await newest()).toMatchObject({
      key: demoKey(ROSA),
      company: 'Contoso1',
      presence: 'inCall',
      refusal: null,
    });
    await hub.apply('contoso1.com', { external: { enabled: false, mode: { kind: 'open' } } });
    expect(await newest()).toMatchObject({ key: demoKey(ROSA), presence: 'offline', refusal: 'external-off' });
  });
});

describe('a guest', () => {
  test('rings only while signed in to the tenant that invited them [SPEC 9.6]', async () => {
    const hub = await start();
    const rosa = await hub.connect(ROSA);
    await hub.connect(EXPERT1);
    expect(await call(rosa, demoKey(GUEST))).toEqual({ ok: false, refusal: { code: 'guest-away' } });
    const guest = await hub.connect(GUEST);
    expect(await guest.invoke('contacts', {})).toMatchObject({
      value: [{ key: demoKey(ROSA), last: { outcome: 'missed' } }],
    });
    expect(await call(rosa, demoKey(GUEST))).toMatchObject({ ok: true });
  });

  test('is told where they have accounts: at home, and where they are welcome as a guest', async () => {
    const hub = await start();
    const welcome = async (who: string) => {
      const client = await hub.bench.connect(demoKey(who), { silent: true });
      const answer = await client.invoke('hello', { protocolVersion: 1, device: client.device, resume: [] });
      return answer.ok ? answer.value : answer;
    };
    expect(await welcome(GUEST)).toMatchObject({
      me: { key: demoKey(GUEST), isGuest: true },
      tenants: [
        { tid: ABC_TID, name: 'ABC', domain: 'abc.com', home: true },
        { tid: CONTOSO1_TID, name: 'Contoso1', domain: 'contoso1.com', home: false },
        { name: 'Contoso2', home: false },
      ],
      isAdmin: false,
    });
    await hub.apply('contoso2.com', { guests: { enabled: false, reach: 'teams' } });
    expect(await welcome(EXPERT1)).toMatchObject({
      me: { isGuest: false },
      tenants: [{ home: true }, { tid: CONTOSO1_TID }],
    });
    expect(await welcome('ingrid.solberg@abc.com')).toMatchObject({ tenants: [{ tid: ABC_TID }], isAdmin: true });
  });
});

describe('the record of a refusal', () => {
  test('names the rule that decided, for the administrators of the tenant [SPEC 9.10]', async () => {
    const hub = await start();
    const page = await hub.connect('v1_remoteassistuser@abc.com');
    const answer = await call(page, demoKey('amara.diallo@abc.com'));
    const reference = answer.ok ? '' : (answer.refusal.reference ?? '');
    const record = await hub.bench.store.reachAudit.byReference(ABC_TID, reference);
    expect(record).toMatchObject({
      tid: ABC_TID,
      what: {
        kind: 'refused',
        actor: demoKey('v1_remoteassistuser@abc.com'),
        action: 'call',
        target: demoKey('amara.diallo@abc.com'),
        code: 'not-found',
      },
    });
    const rules = record?.what.kind === 'refused' ? record.what.rules : [];
    expect(rules.find(({ outcome }) => outcome === 'denies')).toMatchObject({
      rule: 'barrier-allow',
      policy: 'V1 technicians: only their engineers',
    });
  });

  test('says of another tenant only that it does not accept this one; that one has its own [SPEC 9.10]', async () => {
    const hub = await start();
    await hub.apply('contoso1.com', {
      external: { enabled: true, mode: { kind: 'allow', domains: ['fabrikam.com'] } },
    });
    const page = await hub.connect('expert3@abc.com');
    const answer = await call(page, demoKey(ROSA));
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'external-off' } });
    const own = await hub.newest(ABC_TID);
    const theirs = await hub.newest(CONTOSO1_TID);
    expect(own?.reference).toBe(theirs?.reference);
    const rulesOf = (record: typeof own, tid: string) =>
      record?.what.kind === 'refused' ? record.what.rules.filter((rule) => rule.tid === tid) : [];
    expect(rulesOf(own, CONTOSO1_TID)).toEqual([
      {
        tid: CONTOSO1_TID,
        rule: 'other-tenant',
        from: null,
        to: null,
        outcome: 'denies',
        policy: null,
        segment: null,
        entry: 'abc.com',
      },
    ]);
    expect(rulesOf(theirs, CONTOSO1_TID).map(({ rule }) => rule)).toContain('external-tenant-mode');
    expect(JSON.stringify(rulesOf(theirs, ABC_TID))).not.toContain('external-tenant-mode');
  });

  test('holds of a search for an address its domain alone', async () => {
    const hub = await start();
    await keysOf(await hub.connect(ROSA), 'some.body@contoso2.com');
    const record = await hub.newest(CONTOSO1_TID);
    expect(record).toMatchObject({
      what: { action: 'find', target: null, domain: 'contoso2.com', code: 'external-off' },
    });
    expect(JSON.stringify(record)).not.toContain('some.body');
  });

  test('is left by a sign-in that is refused, and by a person taken out of a call [SPEC 9.10]', async () => {
    const hub = await start();
    const silent = await hub.bench.connect(demoKey('expert3@abc.com'), { silent: true, kind: 'headset' });
    const hello = { protocolVersion: 1, device: silent.device, resume: [] };
    expect(await silent.invoke('hello', hello)).toMatchObject({
      refusal: { code: 'licence-missing', detail: 'RemoteAssist.User', reference: expect.any(String) },
    });
    expect(await hub.newest(ABC_TID)).toMatchObject({ what: { kind: 'sign-in-refused', code: 'licence-missing' } });

    const [rosa, guest] = [await hub.connect(ROSA), await hub.connect(GUEST)];
    const answer = await call(rosa, demoKey(GUEST));
    if (!answer.ok) throw new Error(answer.refusal.code);
    const { callId } = answer.value;
    await guest.invoke('command', { commandId: randomUUID(), callId, command: { type: 'answer', media: AUDIO } });
    await hub.apply('contoso1.com', { teams: [] });
    expect(await hub.newest(CONTOSO1_TID)).toMatchObject({
      what: { kind: 'removed', actor: demoKey(GUEST), callId, present: [demoKey(ROSA)], code: 'guest-no-team' },
    });
  });

  test('of a change says which parts changed, and by whom', async () => {
    const hub = await start();
    await hub.apply('contoso1.com', { teams: [] });
    expect(await hub.newest(CONTOSO1_TID)).toMatchObject({
      what: { kind: 'policy-changed', by: 'console', revision: 2, changed: ['teams'] },
    });
  });
});
