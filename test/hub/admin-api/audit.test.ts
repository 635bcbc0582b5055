import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AuditPage } from '../../../src/protocol/admin-api/answers.ts';
import { demoKey, demoPolicy } from '../support/demo-world.ts';
import { AUDIO } from '../support/hub-bench.ts';
import { ADMIN, createAdminBench } from './admin-bench.ts';

const ABC = demoPolicy('abc.com').tid;
const V1 = 'v1_remoteassistuser@abc.com';
const WALTER = 'walter.brandt@abc.com';

async function start() {
  const bench = await createAdminBench();
  onTestFinished(() => bench.close());
  const refuseCall = async (from: string, to: string): Promise<string> => {
    const page = await bench.connect(demoKey(from));
    const answer = await page.invoke('call', { commandId: randomUUID(), to: demoKey(to), media: AUDIO });
    if (answer.ok) throw new Error('was accepted');
    return answer.refusal.reference ?? '';
  };
  return {
    bench,
    refuseCall,
    page: async (query = '') => (await bench.read(ADMIN, `/audit${query}`)) as AuditPage,
  };
}

describe('the audit', () => {
  test('finds a refusal by the reference that the person was told, with people by name and every rule', async () => {
    const hub = await start();
    const reference = await hub.refuseCall(V1, 'amara.diallo@abc.com');
    await hub.refuseCall(V1, WALTER);
    const { records, next } = await hub.page(`?reference=%20${reference.toLowerCase()}`);
    expect([records.length, next]).toEqual([1, null]);
    expect(records[0]).toMatchObject({
      ...{ kind: 'refused', reference, action: 'call', code: 'not-found' },
      actor: { kind: 'person', mail: V1 },
      target: { kind: 'person', mail: 'amara.diallo@abc.com' },
      rules: expect.arrayContaining([
        expect.objectContaining({ outcome: 'denies', policy: 'V1 technicians: only their engineers' }),
      ]),
    });
    expect((await hub.page('?reference=ZZZZZZZZ')).records).toEqual([]);
  });

  test('comes in pages, the newest first, with nothing twice and nothing left out', async () => {
    const hub = await start();
    for (let n = 0; n < 7; n += 1) await hub.refuseCall(V1, WALTER);
    const places: number[] = [];
    let next: number | null = null;
    do {
      const page: AuditPage = await hub.page(`?limit=3${next === null ? '' : `&before=${next}`}`);
      places.push(...page.records.map(({ place }) => place));
      next = page.next;
    } while (next !== null);
    expect(places).toEqual([...new Set(places)].sort((a, b) => b - a));
    expect(places.length).toBe((await hub.bench.store.reachAudit.newest(ABC, null, 1000)).length);
  });

  test('goes out as lines of JSON, all of it, and that leaves a record, too', async () => {
    const hub = await start();
    const record = (n: number) => ({
      ...{ tid: ABC, reference: `R${n}`, atMs: n },
      what: { kind: 'sign-in-refused' as const, actor: demoKey(V1), code: 'licence-missing' as const },
    });
    await hub.bench.store.reachAudit.write(Array.from({ length: 1_200 }, (_, n) => record(n)));
    const answer = await hub.bench.ask(ADMIN, '/audit.jsonl');
    expect(answer.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="sightline-audit-[\d-]{10}\.jsonl"$/,
    );
    const text = await answer.text();
    expect(text.endsWith('\n')).toBe(true);
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; reference: string });
    expect(lines.length).toBe((await hub.bench.store.reachAudit.newest(ABC, null, 10_000)).length);
    expect(lines[0]).toMatchObject({ kind: 'exported', by: { mail: ADMIN }, what: 'audit' });
    expect(new Set(lines.map(({ reference }) => reference)).size).toBe(lines.length);
  });

  test('is read as fast as somebody takes it', async () => {
    const hub = await start();
    const { reachAudit } = hub.bench.store;
    const what = { kind: 'sign-in-refused' as const, actor: demoKey(V1), code: 'licence-missing' as const };
    const records = Array.from({ length: 5_000 }, (_, n) => ({ tid: ABC, reference: `R${n}`, atMs: n, what }));
    await reachAudit.write(records);
    let reads = 0;
    const { newest } = reachAudit;
    Object.assign(reachAudit, {
      newest: (...args: Parameters<typeof newest>) => {
        reads += 1;
        return newest(...args);
      },
    });
    const reader = (await hub.bench.ask(ADMIN, '/audit.jsonl')).body?.getReader();
    await reader?.read();
    expect(reads).toBeLessThan(4);
    await reader?.cancel();
  });

  test('says of the hub’s own doing that it was the hub, and of grants to whom', async () => {
    const hub = await start();
    await hub.bench.store.reachAudit.write([
      {
        ...{ tid: ABC, reference: 'GRANTED2', atMs: 1 },
        what: { kind: 'administrator-changed', by: 'console', person: demoKey(V1), granted: true },
      },
    ]);
    const { records } = await hub.page();
    expect(records[0]).toMatchObject({ by: { kind: 'hub', by: 'console' }, person: { mail: V1 }, granted: true });
    expect(records.find(({ kind }) => kind === 'policy-changed')).toMatchObject({ by: { kind: 'hub', by: 'file' } });
  });
});
