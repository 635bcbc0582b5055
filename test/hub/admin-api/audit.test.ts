import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createViewer } from '../../../src/hub/admin-api/viewer.ts';
import type { AuditPage } from '../../../src/protocol/admin-api/answers.ts';
import { demoKey, demoPolicy } from '../support/demo-world.ts';
import { AUDIO } from '../support/hub-bench.ts';
import { ADMIN, createAdminBench } from './admin-bench.ts';

const ABC = demoPolicy('abc.com').tid;
const CONTOSO = demoPolicy('contoso1.com').tid;
const DAY_MS = 86_400_000;
const V1 = 'v1_remoteassistuser@abc.com';
const ENGINEER = 'henrik.dahl@abc.com';
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

  test('says at which meeting’s door somebody was refused, and of strangers that they have no account', async () => {
    const hub = await start();
    const { newest, write } = hub.bench.store.reachAudit;
    const [organizer, guest] = [await hub.bench.connect(demoKey(ENGINEER)), await hub.bench.connect(demoKey(V1))];
    const planned = await organizer.invoke('planMeeting', {
      commandId: randomUUID(),
      draft: {
        ...{ title: 'Pump 4', startMs: Date.now() + DAY_MS, endMs: Date.now() + DAY_MS + 60_000, zone: 'UTC' },
        ...{ coOrganizers: [], presenters: [], lobby: 'organization', anonymousAllowed: true },
        invitees: [{ kind: 'account', person: demoKey(V1) }],
      },
    });
    if (!planned.ok) throw new Error(planned.refusal.code);
    const { meetingId } = planned.value;
    expect(await guest.invoke('joinMeeting', { commandId: randomUUID(), meetingId, media: AUDIO })).toMatchObject({
      refusal: { code: 'meeting-not-joinable' },
    });
    const [door] = (await hub.page('?limit=1')).records;
    const meeting = { title: 'Pump 4', organizer: { mail: ENGINEER } };
    expect(door).toMatchObject({ kind: 'door-refused', actor: { mail: V1 }, meeting, code: 'meeting-not-joinable' });

    const [record] = await newest(ABC, null, 1);
    if (record?.what.kind !== 'door-refused') throw new Error('no record');
    const { what } = record;
    await write([
      {
        tid: ABC,
        reference: 'STRANGER',
        atMs: 1,
        what: { ...what, actor: `anon:${randomUUID()}`, times: 3, isLast: true },
      },
      { tid: ABC, reference: 'GONE2345', atMs: 1, what: { ...what, meetingId: randomUUID() } },
    ]);
    const { records } = await hub.page('?limit=2');
    expect(records).toMatchObject([
      { reference: 'GONE2345', meeting: null },
      { reference: 'STRANGER', actor: { kind: 'anonymous' }, meeting, times: 3, isLast: true },
    ]);
    const viewer = createViewer({
      ...{ tid: CONTOSO, directory: hub.bench.directory, world: hub.bench.hub.reach.world },
      meetings: hub.bench.hub.meetings.book,
    });
    expect(await viewer.meeting(meetingId)).toBeNull();
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
