import { describe, expect, it } from 'vitest';
import { createAdminClient } from '../../../src/client/admin-api/admin-client.ts';

interface Sent {
  readonly path: string;
  readonly init: RequestInit;
}

function setUp(
  answer: () => Response | Promise<Response>,
  token: () => Promise<{ token: string } | null> = async () => ({ token: 'T' }),
) {
  const sent: Sent[] = [];
  const client = createAdminClient({
    accessToken: token,
    fetch: async (path, init = {}) => {
      sent.push({ path: String(path), init });
      return answer();
    },
  });
  return { client, sent };
}
const json = (body: unknown, status = 200): Response => Response.json(body, { status });
const SESSION = { me: { name: 'Ingrid', mail: 'ingrid@abc.com' }, company: 'ABC', domains: ['abc.com'] };

describe('what an administrator’s page asks', () => {
  it('goes with the token in a header, without cookies and past every cache', async () => {
    const { client, sent } = setUp(() => json(SESSION));
    expect(await client.session()).toEqual({ ok: true, value: SESSION });
    const init = { method: 'GET', cache: 'no-store', credentials: 'omit', headers: { Authorization: 'Bearer T' } };
    expect(sent).toEqual([{ path: '/api/admin/session', init }]);
  });

  it('carries a question as JSON, and a search as a query', async () => {
    const { client, sent } = setUp(() => json({ kind: 'not-yours' }));
    await client.tryReach({ from: 'a@abc.com', to: 'b@abc.com', action: 'call' });
    expect(sent[0]).toMatchObject({
      path: '/api/admin/try',
      init: { method: 'POST', body: '{"from":"a@abc.com","to":"b@abc.com","action":"call"}' },
    });
    await client.people('ann & bo');
    await client.audit({ before: 7, reference: 'AB CD' });
    await client.audit({});
    expect(sent.slice(1).map(({ path }) => path)).toEqual([
      '/api/admin/people?query=ann+%26+bo',
      '/api/admin/audit?before=7&reference=AB+CD',
      '/api/admin/audit',
    ]);
  });

  it('is not asked at all when only a new sign-in gives a token', async () => {
    const { client, sent } = setUp(
      () => json(SESSION),
      async () => null,
    );
    expect(await client.session()).toEqual({ ok: false, failure: { kind: 'signed-out' } });
    expect(sent).toEqual([]);
  });
});

describe('no answer', () => {
  it.each([
    ['a network that is gone', () => Promise.reject(new TypeError('failed')), { kind: 'offline' }],
    ['a proxy without a hub', () => new Response('<h1>Bad gateway</h1>', { status: 502 }), { kind: 'offline' }],
    ['a proxy of its own mind', () => new Response('no', { status: 404 }), { kind: 'strange' }],
    ['an older hub', () => json({ me: {} }), { kind: 'strange' }],
    ['a token that has ended', () => json({ code: 'sign-in-expired' }, 401), { kind: 'signed-out' }],
    [
      'somebody who is no administrator',
      () => json({ code: 'licence-missing', detail: 'RemoteAssist.Admin', reference: 'ABCDEFGH' }, 403),
      {
        kind: 'refused',
        refusal: { code: 'licence-missing', detail: 'RemoteAssist.Admin', reference: 'ABCDEFGH' },
      },
    ],
  ])('of %s says why', async (_what, answer, failure) => {
    expect(await setUp(answer).client.session()).toEqual({ ok: false, failure });
  });

  it('of a sign-in provider that is away is a matter of the network', async () => {
    const { client } = setUp(
      () => json(SESSION),
      () => Promise.reject(new Error('away')),
    );
    expect(await client.session()).toEqual({ ok: false, failure: { kind: 'offline' } });
  });
});

describe('a bad policy file', () => {
  it('is an answer of its own, also when it was to be applied', async () => {
    const answer = { ok: false, problems: [{ path: '$', message: 'is no JSON' }] };
    expect(await setUp(() => json(answer, 422)).client.apply('{', 1)).toEqual({ ok: true, value: answer });
    expect(await setUp(() => json({ code: 'out-of-turn' }, 409)).client.apply('{}', 1)).toEqual({
      ok: false,
      failure: { kind: 'refused', refusal: { code: 'out-of-turn' } },
    });
  });
});

describe('the export of the audit', () => {
  it('comes as a file with the hub’s name for it', async () => {
    const headers = { 'Content-Disposition': 'attachment; filename="sightline-audit-2026-05-01.jsonl"' };
    const result = await setUp(() => new Response('{}\n', { headers })).client.auditLines();
    if (!result.ok) throw new Error('no answer');
    expect([result.value.fileName, await result.value.content.text()]).toEqual([
      'sightline-audit-2026-05-01.jsonl',
      '{}\n',
    ]);
  });
});
