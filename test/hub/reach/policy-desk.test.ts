import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import { openDemoDirectory } from '../../../src/hub/directory/demo-directory.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { apart, applyTo, benchPolicy } from '../support/bench-policies.ts';
import { AUDIO, accepted, COMPANIES, createBench, DANA, EVA, TID } from '../support/hub-bench.ts';
import { oneTimeCall } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

const DAY_MS = 86_400_000;

describe('two hubs on one store', () => {
  test('both decide by what one of them has applied, and part people [SPEC 9.7]', async () => {
    const store = createMemoryStore();
    const [one, other] = [await createBench(store), await createBench(store)];
    const [dana] = [await other.arrive(DANA), await other.arrive(EVA)];
    const { callId } = accepted(await other.hub.calls.call(dana, { commandId: randomUUID(), to: EVA, media: AUDIO }));
    await applyTo(one, apart([DANA], [EVA]));
    expect(dana.call(callId).phase).toBe('open');
    await other.hub.policies.refresh();
    await settle();
    expect(dana.call(callId).phase).toBe('ended');
    expect(other.hub.policies.of(TID)).toEqual(one.hub.policies.of(TID));
  });

  test('let somebody who was out of turn start again from the newest', async () => {
    const store = createMemoryStore();
    const [one, other] = [await createBench(store), await createBench(store)];
    await applyTo(one, apart([DANA], [EVA]));
    const applyAtOther = () => {
      const afterRevision = other.hub.policies.of(TID)?.revision ?? 0;
      return other.hub.policies.apply({ policy: benchPolicy(), people: null, by: DANA, afterRevision });
    };
    expect(await applyAtOther()).toMatchObject({ refusal: { code: 'out-of-turn' } });
    expect(accepted(await applyAtOther())).toMatchObject({ revision: 3 });
  });

  test('know the same people', async () => {
    const store = createMemoryStore();
    const [one, other] = [await createBench(store), await createBench(store)];
    const people = (await store.people.list(TID)).filter(({ key }) => key !== EVA);
    const change = { policy: benchPolicy(), people, by: DANA, afterRevision: null } as const;
    accepted(await one.hub.policies.apply(change));
    await other.hub.policies.refresh();
    const dana = await other.arrive(DANA);
    expect(accepted(await other.hub.lists.search(dana, 'eva'))).toEqual([]);
  });
});

describe('a policy that is applied', () => {
  test('counts although what follows from it fails at first, and is tried again', async () => {
    const store = createMemoryStore();
    let isAway = false;

    const directory = await openDemoDirectory({ companies: COMPANIES, store, startMs: 0 });
    const bench = await createBench(store, {
      person: async (key) => {
        if (isAway) throw new Error('away');
        return directory.person(key);
      },
    });
    const dana = await bench.arrive(DANA);
    const { callId } = accepted(await bench.hub.calls.call(dana, { commandId: randomUUID(), to: EVA, media: AUDIO }));
    accepted(await bench.hub.lists.search(dana, 'eva'));
    isAway = true;
    await applyTo(bench, apart([DANA], [EVA]));
    expect(bench.hub.policies.of(TID)?.revision).toBe(2);
    expect(bench.failures.length).toBeGreaterThan(0);
    isAway = false;
    await bench.clock.advance(2_000);
    expect(dana.call(callId).phase).toBe('ended');
    expect(dana.count('listsChanged')).toBeGreaterThan(0);
  });

  test('prunes the audit at once when it is kept for a shorter time', async () => {
    const bench = await createBench();
    const atMs = bench.clock.nowMs() - 3 * DAY_MS;
    const what = { kind: 'exported', by: DANA, what: 'audit' } as const;
    await bench.store.reachAudit.write([{ tid: TID, reference: 'OLD23456', atMs, what }]);
    await applyTo(bench, { auditRetentionDays: 4 });
    expect(await bench.store.reachAudit.byReference(TID, 'OLD23456')).not.toBeNull();
    await applyTo(bench, { auditRetentionDays: 2 });
    expect(await bench.store.reachAudit.byReference(TID, 'OLD23456')).toBeNull();
  });

  test('prunes meetings that are over for longer than the audit is kept, and never before their links expire', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meeting, url } = await oneTimeCall(bench, dana);
    const token = url.split('/').at(-1) ?? '';
    await bench.clock.advance(1.5 * DAY_MS);
    const meetings = { ...DEFAULT_MEETING_SETTINGS, oneTimeLinkHours: 48 };
    await applyTo(bench, { auditRetentionDays: 1, meetings });
    expect(await bench.hub.meetings.links.open(token)).toMatchObject({ meetingId: meeting.meetingId });
    await applyTo(bench, { auditRetentionDays: 1 });
    expect(await bench.hub.meetings.links.open(token)).toBeNull();
    expect(await bench.store.meetings.get(meeting.meetingId)).toBeNull();
  });
});
