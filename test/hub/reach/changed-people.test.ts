import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import type { DirectoryPerson } from '../../../src/hub/directory/person.ts';
import { openTenantsDirectory } from '../../../src/hub/directory/tenants-directory.ts';
import { createHub, type Hub } from '../../../src/hub/hub.ts';
import type { Peer } from '../../../src/hub/people/peer.ts';
import { defaultPolicy } from '../../../src/hub/reach/policies.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { graphError } from '../../support/fake-graph/answer.ts';
import { type FakeCompany, type FakeGraph, startFakeGraph } from '../../support/fake-graph/fake-graph.ts';
import { assertionOf } from '../../support/fake-graph/token-endpoint.ts';
import { ABC, ANN_LEE, asks, JOANN, OF_ABC, PUMPS, TENANTS, VALVES, ZOE } from '../directory/company.ts';
import { accessOf } from '../directory/graph-access.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { AUDIO, accepted, createBench, DANA, EVA, FINN } from '../support/hub-bench.ts';
import { settle } from '../support/settle.ts';

const MINUTE_MS = 60_000;
const oid = (person: { readonly key: string }): string => person.key.slice(ABC.length + 1);
const company = (groups: FakeCompany['groups']): FakeCompany => ({
  tid: ABC,
  users: OF_ABC.map(({ key, name, mail }) => ({ id: oid({ key }), displayName: name, mail, accountEnabled: true })),
  groups,
  related: {},
  presences: {},
});

/** Keeps the people of the two groups apart. */
const APART: TenantPolicy = {
  ...defaultPolicy({ tid: ABC, name: 'ABC', domains: ['abc.com'] }),
  segments: [
    { name: 'Pumps', groups: [PUMPS], people: [] },
    { name: 'Valves', groups: [VALVES], people: [] },
  ],
  barriers: {
    mode: 'single',
    legacy: false,
    policies: [
      { name: 'pumps', segment: 'Pumps', active: true, rule: 'block', targets: ['Valves'] },
      { name: 'valves', segment: 'Valves', active: true, rule: 'block', targets: ['Pumps'] },
    ],
  },
};
const OPEN = defaultPolicy({ tid: ABC, name: 'ABC', domains: ['abc.com'] });

describe('people whose groups Microsoft Graph knows', () => {
  let fake: FakeGraph;
  let hub: Hub;
  let clock: FakeClock;
  let failures: unknown[];
  const heard = new Map<string, string[]>();

  beforeEach(async () => {
    fake = await startFakeGraph(company({ [oid(ANN_LEE)]: [PUMPS], [oid(JOANN)]: [PUMPS] }));
    clock = createFakeClock();
    failures = [];
    const store = createMemoryStore();
    const needsGroups = (): boolean => hub.policies.of(ABC)?.policy.segments.length !== 0;
    const directory = await openTenantsDirectory({
      tenants: TENANTS,
      store,
      clock,
      graph: {
        access: accessOf(fake, clock),
        needsGroups,
        onProblem: () => {},
      },
    });
    hub = await createHub({
      store,
      directory,
      seeds: { from: 'file', policies: [OPEN] },
      clock,
      newId: randomUUID,
      onFailure: (error) => failures.push(error),
    });
    for (const person of [ANN_LEE, JOANN, ZOE]) {
      const { roles: _, usually: __, ...signedIn } = person;
      await directory.signedIn(signedIn);
      await directory.person(person.key, asks(person, assertionOf(oid(person))));
    }
  });
  afterEach(async () => {
    hub.close();
    await fake.close();
  });

  const arrive = (person: DirectoryPerson): Peer => {
    const messages: string[] = [];
    heard.set(person.key, messages);
    const page: Peer = {
      connectionId: randomUUID(),
      person: person.key,
      account: person.account,
      name: person.name,
      device: { id: randomUUID(), kind: 'desk' },
      accessToken: () => assertionOf(oid(person)),
      send: (name) => void messages.push(name),
      sendLatest: (_key, name) => void messages.push(name),
    };
    hub.arrived(page);
    return page;
  };
  const call = (from: Peer, to: DirectoryPerson) =>
    hub.calls.call(from, { commandId: randomUUID(), to: to.key, media: AUDIO });
  /** Ann and Joann, in a call that goes on. */
  const inCall = async (): Promise<Peer> => {
    const [ann, joann] = [arrive(ANN_LEE), arrive(JOANN)];
    const { callId } = accepted(await call(ann, JOANN));
    const command = { type: 'answer', media: AUDIO } as const;
    accepted(await hub.calls.command(joann, { commandId: randomUUID(), callId, command }));
    return ann;
  };
  const apply = async (policy: TenantPolicy) =>
    accepted(await hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null }));
  /** Graph answers over a socket: timers alone do not wait for it. */
  const until = (isSo: () => boolean) => expect.poll(isSo, { timeout: 5_000 }).toBe(true);

  test('are kept apart by the first policy on groups, although they were read before it [SPEC 9.7]', async () => {
    fake.company = company({ [oid(ANN_LEE)]: [PUMPS], [oid(JOANN)]: [VALVES] });
    const [ann] = [arrive(ANN_LEE), arrive(JOANN)];
    accepted(await call(ann, JOANN));
    await apply(APART);
    expect(hub.log.open.all()).toEqual([]);
    expect(await call(ann, JOANN)).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await call(ann, ZOE)).toMatchObject({ ok: true });
  });

  test('stay together where the groups that are read then let them', async () => {
    const [ann] = [arrive(ANN_LEE), arrive(JOANN)];
    accepted(await call(ann, JOANN));
    await apply(APART);
    expect(hub.log.open.all()).toHaveLength(1);
  });

  test('reach nobody while their groups cannot be read, and are told that it is the directory [SPEC 9.7]', async () => {
    const [ann] = [arrive(ANN_LEE), arrive(JOANN)];
    accepted(await call(ann, JOANN));
    fake.interject(...Array.from({ length: 40 }, () => graphError(500, 'InternalServerError')));
    await apply(APART);
    expect(hub.log.open.all()).toEqual([]);
    await expect(call(ann, JOANN)).rejects.toMatchObject({ failure: { code: 'unavailable' } });
  });

  test('are parted soon after their groups have changed there [SPEC 9.7]', async () => {
    await apply(APART);
    await inCall();
    fake.company = company({ [oid(ANN_LEE)]: [PUMPS], [oid(JOANN)]: [VALVES] });
    await clock.advance(9 * MINUTE_MS);
    expect(hub.log.open.all()).toHaveLength(1);
    await clock.advance(6 * MINUTE_MS);
    await until(() => hub.log.open.all().length === 0);
    expect(heard.get(ANN_LEE.key)).toContain('listsChanged');
    expect(failures).toEqual([]);
  });

  test('are parted soon after the account was switched off there', async () => {
    const ann = await inCall();
    const users = fake.company.users.map((user) => ({ ...user, accountEnabled: user.id !== oid(JOANN) }));
    fake.company = { ...fake.company, users };
    await clock.advance(4 * MINUTE_MS);
    expect(hub.log.open.all()).toHaveLength(1);
    await clock.advance(12 * MINUTE_MS);
    await until(() => hub.log.open.all().length === 0);
    expect(await call(ann, JOANN)).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

describe('people of whom a list and a token say different things', () => {
  test('are guests for everybody when the token says so, also for those who ask for them', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const eva = await bench.arrive(EVA);
    const guest: Peer = { ...eva, account: { ...eva.account, kind: 'guest' } };
    bench.hub.departed(eva);
    bench.hub.arrived(guest);
    const policy = { ...bench.hub.policies.all().find(({ tid }) => tid === eva.account.tid)?.policy } as TenantPolicy;
    const change = { policy: { ...policy, guests: { enabled: true, reach: 'teams' } as const }, people: null };
    const call = () => bench.hub.calls.call(dana, { commandId: randomUUID(), to: EVA, media: AUDIO });
    const { callId } = accepted(await call());
    accepted(await bench.hub.policies.apply({ ...change, by: 'console', afterRevision: null }));
    await settle();
    expect(dana.call(callId).phase).toBe('ended');
    expect(await call()).toMatchObject({ refusal: { code: 'not-found' } });
    const toFinn = { commandId: randomUUID(), to: FINN, media: AUDIO };
    expect(await bench.hub.calls.call(dana, toFinn)).toMatchObject({ ok: true });
  });
});
