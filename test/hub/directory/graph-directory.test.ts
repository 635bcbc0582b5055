import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/hub/clock.ts';
import type { Asker, Directory } from '../../../src/hub/directory/directory.ts';
import { DirectoryError, refusalOfDirectory } from '../../../src/hub/directory/directory-error.ts';
import { createGraphClient } from '../../../src/hub/directory/graph/graph-client.ts';
import { openTenantsDirectory } from '../../../src/hub/directory/tenants-directory.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';
import { claimsChallenge, graphError, ok, tooManyRequests } from '../../support/fake-graph/answer.ts';
import { type FakeCompany, type FakeGraph, startFakeGraph } from '../../support/fake-graph/fake-graph.ts';
import { assertionOf } from '../../support/fake-graph/token-endpoint.ts';
import { accessOf } from '../directory/graph-access.ts';
import { ABC, ANN_LEE, ANN_ZOE, asks, JOANN, OF_ABC, OLGA, oidOf, PUMPS, TENANTS, VALVES, ZOE } from './company.ts';
import { describeDirectory } from './contract.ts';

const NOW_MS = Date.UTC(2026, 0, 5, 9);
const MINUTE_MS = 60_000;
const oid = (person: { readonly key: string }): string => person.key.slice(ABC.length + 1);

const company = (): FakeCompany => ({
  tid: ABC,
  users: OF_ABC.map(({ key, name, mail, jobTitle, account }) => ({
    id: oid({ key }),
    displayName: name,
    mail,
    jobTitle,
    userPrincipalName: account.kind === 'guest' ? `${mail.replace('@', '_')}#EXT#@abc.onmicrosoft.com` : mail,
    accountEnabled: true,
    passwordProfile: { password: 'never asked for' },
  })),
  groups: { [oid(ANN_LEE)]: [PUMPS] },
  related: {},
  presences: {},
});

interface Setting {
  readonly fake: FakeGraph;
  readonly directory: Directory;
  readonly zoe: Asker;
  readonly problems: readonly DirectoryError[];
  readonly clock: { nowMs: number };
}

async function openOn(store: Store, fake: FakeGraph, needsGroups: boolean | (() => boolean) = true): Promise<Setting> {
  const problems: DirectoryError[] = [];
  const clock = { nowMs: NOW_MS };
  const after: Clock['after'] = (ms, work) => {
    clock.nowMs += ms;
    queueMicrotask(work);
    return () => {};
  };
  const directory = await openTenantsDirectory({
    tenants: TENANTS,
    store,
    clock: { nowMs: () => clock.nowMs, after },
    graph: {
      access: accessOf(fake, { nowMs: () => clock.nowMs, after }),
      needsGroups: typeof needsGroups === 'boolean' ? () => needsGroups : needsGroups,
      onProblem: (_tid, error) => problems.push(error),
    },
  });
  return { fake, directory, zoe: asks(ZOE, assertionOf(oid(ZOE))), problems, clock };
}

describeDirectory('Microsoft Graph', {
  async open(store) {
    const fake = await startFakeGraph(company());
    return { ...(await openOn(store, fake)), close: () => fake.close() };
  },
  findsInside: false,
  lists: false,
});

describe('the directory by Microsoft Graph', () => {
  let fake: FakeGraph;
  let setting: Setting;
  const failureOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof DirectoryError)) throw new Error(`no directory error but ${String(error)}`);
    // Names, addresses and tokens are in the answers of the fake, and must not be in what is logged.
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/secret|hub-token|graph-token|@abc/);
    return error;
  };
  const searchesFor = (query: string) => setting.directory.search(setting.zoe, query, 25);
  const paths = () => fake.requests.map((request) => request.path);

  beforeEach(async () => {
    fake = await startFakeGraph(company());
    setting = await openOn(createMemoryStore(), fake);
  });
  afterEach(() => fake.close());

  test('exchanges a page’s token once for all that is asked with it, and again for the next one', async () => {
    await Promise.all([searchesFor('ann'), searchesFor('zo')]);
    await searchesFor('jo');
    expect(fake.tokens.exchanges).toEqual([assertionOf(oid(ZOE))]);
    const renewed = asks(ZOE, assertionOf(oid(ZOE), 2));
    await setting.directory.search(renewed, 'ann', 25);
    expect(fake.tokens.exchanges).toHaveLength(2);
    setting.clock.nowMs += 60 * MINUTE_MS;
    await setting.directory.search(renewed, 'ann', 25);
    expect(fake.tokens.exchanges).toHaveLength(3);
  });

  test('never serves one person with the token of another', async () => {
    await searchesFor('ann');
    await setting.directory.search(asks(ANN_LEE, assertionOf(oid(ANN_LEE))), 'jo', 25);
    expect(new Set(fake.requests.map((request) => request.owner))).toEqual(new Set([oid(ZOE), oid(ANN_LEE)]));
  });

  test('asks for no more of somebody than it needs', async () => {
    await searchesFor('joann');
    const [request] = fake.requests;
    expect(request?.params.get('$select')).toBe(
      'id,displayName,mail,userPrincipalName,jobTitle,userType,accountEnabled',
    );
  });

  test('follows pages only as far as it has to', async () => {
    await searchesFor('many');
    expect(paths().filter((path) => path === '/users')).toHaveLength(1);
    await setting.directory.search(setting.zoe, 'many', 25, () => false);
    expect(paths().filter((path) => path === '/users')).toHaveLength(4);
  });

  test('takes no token along to another host, whatever the next page says', async () => {
    const elsewhere = { value: [], '@odata.nextLink': 'https://graph.microsoft.com.evil.example/v1.0/users' };
    fake.interject(ok(elsewhere));
    expect((await failureOf(searchesFor('ann'))).failure.code).toBe('unavailable');
    fake.interject(ok({ ...elsewhere, '@odata.nextLink': `${fake.origin}/elsewhere` }));
    expect((await failureOf(searchesFor('ann'))).failure.code).toBe('unavailable');
  });

  test('waits when Graph asks for it, and then goes on', async () => {
    fake.interject(tooManyRequests('1'));
    expect(await searchesFor('joann')).toHaveLength(1);
    expect(setting.clock.nowMs).toBe(NOW_MS + 1_000);
    expect(paths().filter((path) => path === '/users')).toHaveLength(2);
  });

  test.each([
    ['120', 120_000],
    [new Date(NOW_MS + 90_000).toUTCString(), 90_000],
  ])('says how long to wait when it is longer than anybody would: Retry-After %s', async (header, retryAfterMs) => {
    fake.interject(tooManyRequests(header));
    expect((await failureOf(searchesFor('ann'))).failure).toEqual({ code: 'throttled', retryAfterMs });
    const asked = fake.requests.length;
    // Until then nobody's request goes out.
    setting.clock.nowMs += retryAfterMs - MINUTE_MS;
    expect((await failureOf(searchesFor('ann'))).failure).toMatchObject({ code: 'throttled' });
    expect(fake.requests).toHaveLength(asked);
    setting.clock.nowMs += 2 * MINUTE_MS;
    expect(await searchesFor('joann')).toHaveLength(1);
  });

  test('gives up on a service that stays busy', async () => {
    fake.interject(
      tooManyRequests('0'),
      graphError(503, 'serviceNotAvailable', { 'retry-after': '0' }),
      tooManyRequests('0'),
    );
    expect((await failureOf(searchesFor('ann'))).failure.code).toBe('throttled');
    expect(fake.requests).toHaveLength(3);
  });

  test('passes a claims challenge of Graph on, and starts with a new token after it', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1736000000"}}}';
    fake.interject(claimsChallenge(claims));
    const error = await failureOf(searchesFor('ann'));
    expect(refusalOfDirectory(error)).toEqual({ code: 'sign-in-more', claims });
    await searchesFor('ann');
    expect(fake.tokens.exchanges).toHaveLength(2);
  });

  test('passes on what the sign-in wants of the person', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    fake.tokens.refuseNext({ error: 'interaction_required', suberror: 'basic_action', claims });
    expect(refusalOfDirectory(await failureOf(searchesFor('ann')))).toEqual({ code: 'sign-in-more', claims });
    fake.tokens.refuseNext({ error: 'invalid_grant' });
    expect(refusalOfDirectory(await failureOf(searchesFor('ann')))).toEqual({ code: 'sign-in-more' });
    expect(await searchesFor('ann')).toHaveLength(2);
  });

  test('gets a new token when Graph takes the old one no more', async () => {
    await searchesFor('ann');
    fake.tokens.revokeAll();
    expect(await searchesFor('joann')).toHaveLength(1);
    expect(fake.tokens.exchanges).toHaveLength(2);
  });

  test.each([
    ['a secret that is wrong', { error: 'invalid_client', status: 401 }],
    ['a consent that nobody gave', { error: 'unauthorized_client' }],
  ])('finds whom the hub knows when the sign-in refuses it: %s', async (_what, refusal) => {
    await setting.directory.signedIn(JOANN);
    fake.tokens.refuseNext(refusal);
    expect((await searchesFor('lee')).map((one) => one.name)).toEqual([JOANN.name]);
    expect(setting.problems.map(({ failure }) => failure.code)).toEqual(['denied']);
  });

  test('finds whom the hub knows for those who may not look around in the directory', async () => {
    await setting.directory.signedIn(JOANN);
    fake.interject(graphError(403, 'Authorization_RequestDenied'));
    expect((await searchesFor('lee')).map((one) => one.name)).toEqual([JOANN.name]);
  });

  test.each([
    ['an error of the service', graphError(500, 'InternalServerError')],
    ['what it calls a bad request', graphError(400, 'Request_BadRequest')],
    ['no JSON', { status: 200, body: '<html>anna.secret@abc.com</html>' }],
    ['something else than a list', ok({ value: 'anna.secret@abc.com' })],
    ['users without ids', ok({ value: [{ displayName: 'anna.secret@abc.com' }] })],
    ['a redirect', { status: 302, body: '', headers: { location: 'https://evil.example/' } }],
  ])('says that the directory is not there for %s', async (_what, answer) => {
    fake.interject(answer);
    const error = await failureOf(searchesFor('ann'));
    expect(refusalOfDirectory(error)).toEqual({ code: 'directory-unavailable', detail: 'unavailable' });
  });

  test('does not wait for ever for a service that does not answer', async () => {
    const tokens = { of: async () => 'graph-token-1', forget: () => {} };
    await setting.directory.person(ZOE.key, setting.zoe);
    const client = createGraphClient({
      origin: fake.origin,
      tokens,
      nowMs: () => NOW_MS,
      wait: async () => {},
      timeoutMs: 50,
    });
    fake.interject('silence');
    const error = await failureOf(client.get(setting.zoe, { path: '/me', schema: v.unknown() }));
    expect(error.failure.code).toBe('unavailable');
  });

  test('asks nothing without anybody’s token', async () => {
    const nobody = asks(ZOE, null);
    expect((await failureOf(setting.directory.search(nobody, 'ann', 25))).failure.code).toBe('unavailable');
    expect(fake.requests).toEqual([]);
  });

  test('uses what it read of somebody for a while when Graph is away, and no longer where groups matter', async () => {
    const { directory, zoe, clock } = setting;
    const known = await directory.person(ANN_LEE.key, zoe);
    clock.nowMs += 11 * MINUTE_MS;
    fake.interject(graphError(500, 'InternalServerError'));
    expect(await directory.person(ANN_LEE.key, zoe)).toBe(known);
    clock.nowMs += 25 * 60 * MINUTE_MS;
    fake.interject(graphError(500, 'InternalServerError'));
    await failureOf(directory.person(ANN_LEE.key, zoe));
    fake.interject(graphError(500, 'InternalServerError'));
    await failureOf(directory.person(JOANN.key, zoe));
  });

  test('reads somebody’s groups again after a while', async () => {
    const { directory, zoe, clock } = setting;
    await directory.person(ANN_LEE.key, zoe);
    fake.company = { ...fake.company, groups: { [oid(ANN_LEE)]: [VALVES] } };
    expect((await directory.person(ANN_LEE.key, zoe))?.account.groups).toEqual([PUMPS]);
    clock.nowMs += 11 * MINUTE_MS;
    expect((await directory.person(ANN_LEE.key, zoe))?.account.groups).toEqual([VALVES]);
    expect((await directory.person(ANN_LEE.key))?.account.groups).toEqual([VALVES]);
  });

  test('reads nobody’s groups where the rules do not look at them', async () => {
    const { directory, zoe } = await openOn(createMemoryStore(), fake, false);
    expect((await directory.search(zoe, 'ann', 25))[0]?.account.groups).toBeNull();
    expect(paths().filter((path) => path.includes('transitiveMemberOf'))).toEqual([]);
  });

  test('takes groups that it did not read for unknown, and reads them as soon as the rules look at them', async () => {
    let needs = false;
    const store = createMemoryStore();
    await store.people.replace(ABC, [ANN_LEE]);
    const { directory, zoe } = await openOn(store, fake, () => needs);
    await directory.signedIn(JOANN);
    await directory.search(zoe, 'ann', 25);
    needs = true;
    for (const { key } of [ANN_LEE, ANN_ZOE, JOANN]) {
      expect((await directory.person(key))?.account.groups).toBeNull();
    }
    fake.interject(graphError(500, 'InternalServerError'));
    await failureOf(directory.person(ANN_LEE.key, zoe));
    expect((await directory.person(ANN_LEE.key, zoe))?.account.groups).toEqual([PUMPS]);
    expect((await directory.person(ANN_LEE.key))?.account.groups).toEqual([PUMPS]);
    expect((await directory.person(ANN_ZOE.key, zoe))?.account.groups).toEqual([]);
  });

  test('takes groups that are a day old for unknown', async () => {
    const { directory, zoe, clock } = setting;
    await directory.person(ANN_LEE.key, zoe);
    clock.nowMs += 24 * 60 * MINUTE_MS;
    expect((await directory.person(ANN_LEE.key))?.account.groups).toBeNull();
  });

  test('knows groups by their ids alone: several may have one name', async () => {
    fake.company = { ...fake.company, groups: { [oid(ANN_LEE)]: [PUMPS], [oid(JOANN)]: [VALVES] } };
    const groups = (await searchesFor('lee')).map(({ account }) => account.groups);
    expect(groups).toEqual([[PUMPS], [VALVES]]);
  });

  test.each([
    ['switched off', () => fake.company.users.map((one) => ({ ...one, accountEnabled: one.id !== oid(JOANN) }))],
    ['deleted', () => fake.company.users.filter((one) => one.id !== oid(JOANN))],
  ])('hides an account that is %s from everybody who knew it, also after a restart', async (_how, users) => {
    const store = createMemoryStore();
    const { directory, zoe, clock } = await openOn(store, fake);
    const told: string[] = [];
    directory.onChanged((people) => told.push(...people));
    await directory.signedIn(JOANN);
    await directory.person(JOANN.key, zoe);
    fake.company = { ...fake.company, users: users() };
    clock.nowMs += 11 * MINUTE_MS;
    expect(await directory.person(JOANN.key, zoe)).toBeNull();
    expect((await directory.person(JOANN.key))?.account.hidden).toBe(true);
    expect(told).toEqual([JOANN.key]);
    const next = await openOn(store, fake);
    expect(await next.directory.person(JOANN.key)).toBeNull();
  });

  test('tells of those whom the rules see differently from before, and of nobody else', async () => {
    const { directory, zoe, clock } = setting;
    const told: string[] = [];
    const end = directory.onChanged((people) => told.push(...people));
    await searchesFor('ann');
    await directory.person(ANN_LEE.key, zoe);
    fake.company = { ...fake.company, groups: { [oid(ANN_ZOE)]: [VALVES], [oid(ANN_LEE)]: [PUMPS] } };
    await searchesFor('ann');
    expect(told).toEqual([ANN_ZOE.key]);
    fake.company = { ...fake.company, groups: {} };
    clock.nowMs += 11 * MINUTE_MS;
    await directory.person(ANN_LEE.key, zoe);
    expect(told).toEqual([ANN_ZOE.key, ANN_LEE.key]);
    end();
    await searchesFor('ann');
    expect(told).toHaveLength(2);
  });

  test('passes over accounts that are switched off', async () => {
    const users = fake.company.users.map((user) => ({ ...user, accountEnabled: user.id !== oid(JOANN) }));
    fake.company = { ...fake.company, users };
    expect((await searchesFor('lee')).map((one) => one.name)).toEqual([ANN_LEE.name]);
  });

  test('asks for another tenant’s people nobody’s Graph, but finds who has come to this hub', async () => {
    const { directory, zoe } = setting;
    await directory.signedIn(OLGA);
    expect(await directory.byMail(zoe, OLGA.account.tid, OLGA.mail)).toEqual(OLGA);
    expect(await directory.person(OLGA.key, zoe)).toEqual(OLGA);
    expect(await directory.search(asks(OLGA), 'olga', 25)).toEqual([OLGA]);
    expect(fake.requests).toEqual([]);
  });

  test('knows whom somebody works with, the closest first', async () => {
    const related = [oid(JOANN), 'c0000000-0000-4000-8000-000000000000', oid(ANN_LEE)];
    fake.company = { ...fake.company, related: { [oid(ZOE)]: related } };
    const known = [JOANN, ANN_LEE].map((one) => ({ person: one.key, last: null }));
    expect(await setting.directory.knownContacts(setting.zoe)).toEqual(known);
    fake.interject(graphError(500, 'InternalServerError'));
    expect(await setting.directory.knownContacts(setting.zoe)).toEqual([]);
  });

  test('says who is in a call or away in Teams, of the own tenant alone', async () => {
    fake.company = {
      ...fake.company,
      presences: {
        [oid(ANN_LEE)]: { availability: 'Busy', activity: 'InACall' },
        [oid(JOANN)]: { availability: 'BeRightBack', activity: 'BeRightBack' },
        [oid(ZOE)]: { availability: 'Available', activity: 'Available' },
      },
    };
    const people = [ANN_LEE, JOANN, ZOE, ANN_ZOE, OLGA].map((one) => one.key);
    const presences = await setting.directory.presences(setting.zoe, people);
    const expected = [
      [ANN_LEE.key, 'inCall'],
      [JOANN.key, 'away'],
      [ZOE.key, 'available'],
    ] as const;
    expect(presences).toEqual(new Map(expected));
  });

  test('takes a user of another id than people have for nobody', async () => {
    expect(await setting.directory.person(`${ABC}:../me`, setting.zoe)).toBeNull();
    expect(await setting.directory.person(`${ABC}:${oidOf(99_999)}`, setting.zoe)).toBeNull();
    expect(paths().every((path) => path.startsWith('/users/'))).toBe(true);
  });
});
