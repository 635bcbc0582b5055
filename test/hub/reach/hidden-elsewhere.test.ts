import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ReachRecord } from '../../../src/hub/store/reach-store.ts';
import { applyTo } from '../support/bench-policies.ts';
import { AUDIO, type Bench, createBench, DANA, OLGA, OTHER_TID, TID } from '../support/hub-bench.ts';

const NOBODY = `${OTHER_TID}:00000000-0000-4000-8000-000000000099`;

const newest = async ({ store }: Bench, tid: string): Promise<ReachRecord | undefined> =>
  (await store.reachAudit.newest(tid, null, 1))[0];

/** What one's own administrators read of a refusal, without what differs from record to record. */
async function recordOf(bench: Bench, refused: () => Promise<unknown>): Promise<unknown> {
  await refused();
  const { what } = (await newest(bench, TID)) ?? {};
  return what?.kind === 'refused' ? { ...what, target: null, rules: forNobody(what.rules) } : null;
}
const forNobody = (rules: readonly { readonly to: string | null }[]) =>
  rules.map((rule) => ({ ...rule, to: rule.to === OLGA ? null : rule.to }));

test('the audit tells somebody of another company who is hidden from somebody who is not there no more than the refusal does', async () => {
  const bench = await createBench();
  const dana = await bench.arrive(DANA);
  await applyTo(bench, { external: { enabled: true, mode: { kind: 'open' } } });
  await bench.hidePerson(OLGA);
  const call = (to: string) => () => bench.hub.calls.call(dana, { commandId: randomUUID(), to, media: AUDIO });
  const search = (name: string) => () => bench.hub.lists.search(dana, `${name}@contoso1.com`);
  const hidden = await recordOf(bench, call(OLGA));
  expect((await newest(bench, OTHER_TID))?.what).toMatchObject({
    kind: 'refused',
    rules: expect.arrayContaining([expect.objectContaining({ rule: 'hidden', from: OLGA, outcome: 'denies' })]),
  });
  expect(hidden).toMatchObject({ code: 'not-found', rules: expect.arrayContaining([]) });
  expect(await recordOf(bench, call(NOBODY))).toEqual(hidden);
  const searched = await recordOf(bench, search('olga'));
  expect(searched).not.toBeNull();
  expect(await recordOf(bench, search('nobody'))).toEqual(searched);
});
