import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TenantPolicy } from '../../../src/domain/reach/model.ts';
import { plainAccount } from '../../../src/hub/directory/directory.ts';
import { type ListedPerson, rememberedIn } from '../../../src/hub/directory/person.ts';
import type { PolicyRevision, ReachRecord } from '../../../src/hub/store/reach-store.ts';
import type { Store } from '../../../src/hub/store/store.ts';

const uuid = (): string => randomUUID();
const policyOf = (tid: string, name: string): TenantPolicy => ({
  tid,
  name,
  domains: ['abc.com', 'xn--bcher-kva.example'],
  segments: [{ name: 'V1 «Ä»', groups: ['g'], people: [`${tid}:1`] }],
  barriers: {
    mode: 'single',
    legacy: true,
    policies: [{ name: 'p', segment: 'V1 «Ä»', active: true, rule: 'allow', targets: ['V1 «Ä»'] }],
  },
  external: { enabled: true, mode: { kind: 'block', domains: ['evil.com'], blockSubdomains: true } },
  guests: { enabled: true, reach: 'teams' },
  teams: [{ name: 'Pumps', members: [`${tid}:1`, `${tid}:2`] }],
  auditRetentionDays: 30,
});
const revisionOf = (tid: string, revision: number, name = 'ABC'): PolicyRevision => ({
  tid,
  revision,
  policy: policyOf(tid, name),
  by: revision === 1 ? 'file' : `${tid}:1`,
  atMs: 1_000 + revision,
});
const changed = (tid: string, revision: number): ReachRecord => ({
  tid,
  reference: randomUUID().slice(0, 8),
  atMs: 1_000 + revision,
  what: { kind: 'policy-changed', by: 'file', revision, changed: ['name'] },
});
const refused = (tid: string, atMs: number, reference: string = randomUUID().slice(0, 8)): ReachRecord => ({
  tid,
  reference,
  atMs,
  what: {
    kind: 'refused',
    actor: `${tid}:1`,
    action: 'call',
    target: `${tid}:2`,
    domain: null,
    present: [],
    code: 'not-found',
    rules: [
      {
        tid,
        rule: 'barrier-allow',
        from: `${tid}:1`,
        to: `${tid}:2`,
        outcome: 'denies',
        policy: 'p',
        segment: 'V1',
        entry: null,
      },
    ],
  },
});

/** What every store does for policies and the records of refusals. */
export function describeReachStore(storeOf: () => Store): void {
  describe('policies', () => {
    test('are kept by revision, with who changed them and when', async () => {
      const [tid, other] = [uuid(), uuid()];
      expect(await storeOf().policies.add(revisionOf(tid, 1), changed(tid, 1))).toBe(true);
      expect(await storeOf().policies.add(revisionOf(other, 1), changed(other, 1))).toBe(true);
      expect(await storeOf().policies.add(revisionOf(tid, 2, 'ABC anew'), changed(tid, 2))).toBe(true);
      const mine = (await storeOf().policies.current()).filter((one) => [tid, other].includes(one.tid));
      expect(mine).toEqual(
        [revisionOf(tid, 2, 'ABC anew'), revisionOf(other, 1)].toSorted((a, b) => (a.tid < b.tid ? -1 : 1)),
      );
    });

    test('of two changes at once take one, and write nothing of the other', async () => {
      const tid = uuid();
      const [first, second] = [changed(tid, 1), changed(tid, 1)];
      expect(await storeOf().policies.add(revisionOf(tid, 1, 'first'), first)).toBe(true);
      expect(await storeOf().policies.add(revisionOf(tid, 1, 'second'), second)).toBe(false);
      expect((await storeOf().policies.current()).find((one) => one.tid === tid)?.policy.name).toBe('first');
      expect(await storeOf().reachAudit.newest(tid, null, 10)).toMatchObject([first]);
    });
  });

  describe('a policy with a list of people', () => {
    const person = (tid: string, n: number): ListedPerson => ({
      key: `${tid}:${n}`,
      name: `Person ${n}`,
      mail: `p${n}@abc.com`,
      jobTitle: '',
      company: 'ABC',
      account: plainAccount({ key: `${tid}:${n}`, tid, kind: 'internal', mail: `p${n}@abc.com` }),
      roles: [],
      usually: null,
    });

    test('is written with it or not at all', async () => {
      const tid = uuid();
      const { policies, people, reachAudit } = storeOf();
      await policies.add(revisionOf(tid, 1), changed(tid, 1), [person(tid, 1)]);
      await expect(
        policies.add(revisionOf(tid, 2), changed(tid, 2), [person(tid, 2), person(tid, 2)]),
      ).rejects.toThrow();
      expect(await policies.add(revisionOf(tid, 1), changed(tid, 1), [person(tid, 3)])).toBe(false);
      expect((await policies.newest()).get(tid)).toBe(1);
      expect(await people.list(tid)).toEqual([person(tid, 1)]);
      expect(await reachAudit.newest(tid, null, 9)).toHaveLength(1);
    });

    test('takes along what was remembered of those who were listed before', async () => {
      const tid = uuid();
      const { policies, values } = storeOf();
      await policies.add(revisionOf(tid, 1), changed(tid, 1), [person(tid, 1)]);
      for (const n of [1, 2]) {
        await values.set(rememberedIn(tid), `${tid}:${n}`, { value: n, group: null, expiresAtMs: null });
      }
      await policies.add(revisionOf(tid, 2), changed(tid, 2), []);
      expect(await values.list(rememberedIn(tid), 0)).toEqual([{ id: `${tid}:2`, value: 2 }]);
    });

    test('forgets old revisions, but never the newest ones', async () => {
      const [tid, other] = [uuid(), uuid()];
      const { policies } = storeOf();
      for (const n of [1, 2, 3, 4]) await policies.add(revisionOf(tid, n), changed(tid, n));
      await policies.add(revisionOf(other, 1), changed(other, 1));
      await policies.prune(tid, 1_004, 2);
      const newest = await policies.newest();
      expect([newest.get(tid), newest.get(other)]).toEqual([4, 1]);
      expect(await policies.add(revisionOf(tid, 3), changed(tid, 3))).toBe(false);
      expect(await policies.add(revisionOf(tid, 2), changed(tid, 2))).toBe(true);
      await policies.prune(other, 9_999, 1);
      expect((await policies.newest()).get(other)).toBe(1);
    });
  });

  describe('records of refusals', () => {
    test('are read newest first, page by page, each tenant its own', async () => {
      const [tid, other] = [uuid(), uuid()];
      const records = [5, 3, 9, 1].map((atMs) => refused(tid, atMs));
      await storeOf().reachAudit.write(records.slice(0, 3));
      await storeOf().reachAudit.write([refused(other, 4), ...records.slice(3)]);
      const first = await storeOf().reachAudit.newest(tid, null, 3);
      expect(first).toMatchObject([records[3], records[2], records[1]]);
      const rest = await storeOf().reachAudit.newest(tid, first.at(-1)?.place ?? 0, 3);
      expect(rest).toMatchObject([records[0]]);
      expect(await storeOf().reachAudit.newest(tid, rest[0]?.place ?? 0, 3)).toEqual([]);
      await storeOf().reachAudit.write([]);
    });

    test('are found by their reference, in their tenant alone', async () => {
      const [tid, other] = [uuid(), uuid()];
      const record = refused(tid, 5, 'ABCD2345');
      await storeOf().reachAudit.write([record, refused(other, 5, 'ZZZZ2345')]);
      expect(await storeOf().reachAudit.byReference(tid, 'ABCD2345')).toMatchObject(record);
      expect(await storeOf().reachAudit.byReference(tid, 'ZZZZ2345')).toBeNull();
    });

    test('are forgotten when a tenant no longer keeps them, and no others', async () => {
      const [tid, other] = [uuid(), uuid()];
      await storeOf().reachAudit.write([refused(tid, 5), refused(tid, 10), refused(other, 5)]);
      await storeOf().reachAudit.prune(tid, 10);
      expect((await storeOf().reachAudit.newest(tid, null, 10)).map(({ atMs }) => atMs)).toEqual([10]);
      expect(await storeOf().reachAudit.newest(other, null, 10)).toHaveLength(1);
    });
  });
}
