import { describe, expect, onTestFinished, test } from 'vitest';
import { ADMIN_LIMITS } from '../../../src/protocol/admin-api/requests.ts';
import { demoKey, demoPolicy } from '../support/demo-world.ts';
import { ADMIN, type Asked, createAdminBench } from './admin-bench.ts';

const ABC = demoPolicy('abc.com').tid;
const DANA = 'dana.okafor@abc.com';

const ROUTES: readonly (readonly [string, Asked])[] = [
  ['/session', {}],
  ['/people?query=el', {}],
  ['/policy', {}],
  ['/policy/check', { body: { file: '{}' } }],
  ['/policy', { body: { file: '{}', revision: 1 } }],
  ['/try', { body: { from: DANA, to: ADMIN, action: 'call' } }],
  ['/matrix', {}],
  ['/audit', {}],
  ['/audit.jsonl', {}],
];

async function start() {
  const bench = await createAdminBench();
  onTestFinished(() => bench.close());
  return bench;
}

describe.each(ROUTES)('%s', (path, asked) => {
  test('is for administrators alone, and never kept by anybody', async () => {
    const bench = await start();
    const [nobody, dana] = [await bench.raw(path, asked), await bench.ask(DANA, path, asked)];
    expect([nobody.status, await nobody.json()]).toEqual([401, { code: 'not-signed-in' }]);
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
    const detail = 'RemoteAssist.Admin';
    expect([dana.status, await dana.json()]).toEqual([
      403,
      { code: 'licence-missing', detail, reference: expect.stringMatching(/^\w{8}$/) },
    ]);
    const admin = await bench.ask(ADMIN, path, asked);
    expect(admin.status === 200 || admin.status === 422).toBe(true);
    for (const answer of [nobody, dana, admin]) expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the way in', () => {
  test('is closed to tokens that do not count, whatever is wrong with them', async () => {
    const bench = await start();
    const expired = await bench.token(demoKey(ADMIN), { expiresInMs: -3_600_000 });
    const foreign = await bench.token(demoKey(ADMIN), { claims: { iss: 'https://evil.example/v2.0' } });
    const other = await bench.token(demoKey(ADMIN), { claims: { aud: 'another-app' } });
    for (const [authorization, status, code] of [
      [`Bearer ${expired}`, 401, 'sign-in-expired'],
      [`Bearer ${foreign}`, 403, 'wrong-tenant'],
      [`Bearer ${other}`, 401, 'not-signed-in'],
      ['Bearer a.b.c', 401, 'not-signed-in'],
      ['Basic abc', 401, 'not-signed-in'],
      ['Bearer', 401, 'not-signed-in'],
    ] as const) {
      const answer = await bench.raw('/session', { headers: { Authorization: authorization } });
      expect([authorization.slice(0, 12), answer.status, await answer.json()]).toEqual([
        authorization.slice(0, 12),
        status,
        { code },
      ]);
    }
  });

  test('opens by the hub’s own grant, and closes when that is taken back', async () => {
    const bench = await start();
    expect((await bench.ask(DANA, '/session')).status).toBe(403);
    const [visitor] = await bench.grants.visitors(ABC);
    expect(visitor).toMatchObject({ key: demoKey(DANA), mail: DANA });
    if (visitor !== undefined) await bench.grants.grant(visitor);
    expect(await bench.read(DANA, '/session')).toEqual({
      me: { name: 'Dana Okafor', mail: DANA },
      company: 'ABC',
      domains: ['abc.com'],
    });
    await bench.grants.revoke(demoKey(DANA));
    expect((await bench.ask(DANA, '/session')).status).toBe(403);
  });

  test('is shut for guests when the tenant accepts none', async () => {
    const bench = await start();
    const guest = 'expert1@abc.com in contoso1.com';
    await bench.grants.grant({ key: demoKey(guest), mail: 'expert1@abc.com', name: '' });
    expect((await bench.ask(guest, '/session')).status).toBe(200);
    const policy = { ...demoPolicy('contoso1.com'), guests: { enabled: false, reach: 'teams' as const } };
    await bench.hub.policies.apply({ policy, people: null, by: 'console', afterRevision: null });
    expect(await bench.read(guest, '/session')).toMatchObject({ code: 'guest-access-off' });
  });

  test('leaves a record of who was turned away', async () => {
    const bench = await start();
    await bench.ask(DANA, '/matrix');
    const [record] = await bench.store.reachAudit.newest(ABC, null, 1);
    expect(record?.what).toEqual({ kind: 'sign-in-refused', actor: demoKey(DANA), code: 'licence-missing' });
  });

  test('slows down who asks too often, each on their own', async () => {
    const bench = await start();
    const headers = { Authorization: `Bearer ${await bench.token(demoKey(ADMIN))}` };
    bench.passTime(60_000);
    const statuses: number[] = [];
    for (let n = 0; n < ADMIN_LIMITS.requestsBurst + 5; n += 1) {
      bench.passTime(-1_000);
      statuses.push((await bench.raw('/session', { headers })).status);
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect((await bench.ask(DANA, '/session')).status).toBe(403);
  });
});

describe('a request', () => {
  test.each([
    ['/try', { from: DANA, to: ADMIN, action: 'fly' }, 'action'],
    ['/try', { from: DANA, action: 'call' }, 'to'],
    ['/try', { from: DANA, to: ADMIN, action: 'call', more: 1 }, 'more'],
    ['/try', { from: DANA, to: ADMIN, action: 'call', present: Array(11).fill(DANA) }, 'present'],
    ['/policy', { file: '{}', revision: 0 }, 'revision'],
    ['/policy', { file: 1, revision: 1 }, 'file'],
    ['/policy/check', { file: '{}', revision: 1 }, 'revision'],
    ['/policy/check', 'no json', undefined],
  ])('%s of %j is refused as malformed', async (path, body, detail) => {
    const answer = await (await start()).ask(ADMIN, path, { body });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      detail === undefined ? { code: 'malformed' } : { code: 'malformed', detail },
    ]);
  });

  test.each(['/audit?limit=0', '/audit?limit=999', '/audit?before=-1', '/audit?limit=5&x=1', '/people'])(
    '%s is refused as malformed',
    async (path) => {
      expect((await (await start()).ask(ADMIN, path)).status).toBe(400);
    },
  );

  test('that is too large is refused before it is read', async () => {
    const bench = await start();
    const body = JSON.stringify({ from: DANA, to: 'x'.repeat(ADMIN_LIMITS.requestBytes), action: 'call' });
    const answer = await bench.ask(ADMIN, '/try', { body });
    expect([answer.status, await answer.json()]).toEqual([413, { code: 'too-large' }]);
  });

  test('for anything else is refused', async () => {
    const answer = await (await start()).ask(ADMIN, '/nothing');
    expect([answer.status, await answer.json()]).toEqual([404, { code: 'unknown-method' }]);
  });
});
