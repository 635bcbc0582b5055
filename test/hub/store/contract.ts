import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LoggedEvent } from '../../../src/domain/call/event.ts';
import { plainAccount } from '../../../src/hub/directory/directory.ts';
import type { ListedPerson } from '../../../src/hub/directory/person.ts';
import {
  type AppendRequest,
  type CallRecord,
  type ContactEntry,
  type Store,
  StoreError,
} from '../../../src/hub/store/store.ts';
import { describeMeetingStore } from './meeting-contract.ts';
import { describeReachStore } from './reach-contract.ts';

const record = (callId: string): CallRecord => ({
  callId,
  tid: 't1',
  kind: 'direct',
  meetingId: null,
  createdAtMs: 1_000,
});
const logged = (seq: number): LoggedEvent => ({
  seq,
  atMs: 1_000 + seq,
  event: { type: 'connectionLost', person: `t1:${seq} "ünïcode" \\ 'quoted'` },
});
const appendTo = (callId: string, changes: Partial<AppendRequest>): AppendRequest => ({
  callId,
  create: null,
  events: [],
  endedAtMs: null,
  command: null,
  outcome: { callId, seq: 0 },
  contacts: [],
  ...changes,
});
const contact = (owner: string, other: string, changes: Partial<ContactEntry> = {}): ContactEntry => ({
  owner,
  other,
  callId: 'c',
  atMs: 10,
  outcome: 'answered',
  ...changes,
});

const listed = (tid: string, oid: string): ListedPerson => ({
  key: `${tid}:${oid}`,
  name: `Ünï 'quoted' ${oid}`,
  mail: `${oid}@abc.com`,
  jobTitle: '',
  company: 'ABC',
  account: {
    ...plainAccount({ key: `${tid}:${oid}`, tid, kind: 'guest', mail: `${oid}@abc.com` }),
    groups: ['g 1'],
    external: { enabled: true, mode: { kind: 'allow', domains: ['x.com'] } },
  },
  roles: [],
  usually: null,
});

/** What every store does. Each test uses names of its own, so that one store serves all. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(`the ${name} store`, () => {
    let store: Store;
    const freshCall = async (events: readonly LoggedEvent[] = [logged(1)]): Promise<string> => {
      const callId = randomUUID();
      await store.append(appendTo(callId, { create: record(callId), events }));
      return callId;
    };
    beforeAll(async () => {
      store = await open();
      return () => store.close();
    }, 180_000);

    test('gives back the events after a number, in order', async () => {
      const callId = await freshCall([logged(1), logged(2)]);
      await store.append(appendTo(callId, { events: [logged(3)] }));
      expect(await store.eventsAfter(callId, 1)).toEqual([logged(2), logged(3)]);
      expect(await store.eventsAfter(callId, 3)).toEqual([]);
      expect(await store.eventsAfter(randomUUID(), 0)).toEqual([]);
    });

    test('keeps numbers, texts and nesting of an event exactly', async () => {
      const numbers = [0.1, -1 / 3, 1e-300, Number.MAX_SAFE_INTEGER, 5e-324];
      const event = { type: 'moved', text: '«Ä» 🔧 \u2028', numbers, nested: { empty: {}, list: [null, true] } };
      const callId = await freshCall([{ ...logged(1), event: event as never }]);
      expect((await store.eventsAfter(callId, 0))[0]?.event).toEqual(event);
    });

    test('refuses a number that is taken, and writes nothing of that request', async () => {
      const callId = await freshCall([logged(1), logged(2)]);
      const person = randomUUID();
      const late = appendTo(callId, {
        events: [logged(2), logged(3)],
        command: { scope: callId, person, commandId: 'late' },
        contacts: [contact(person, 't1:b')],
      });
      expect(await store.append(late)).toEqual({ kind: 'conflict' });
      expect(await store.eventsAfter(callId, 1)).toEqual([logged(2)]);
      expect(await store.outcomeOf({ scope: callId, person, commandId: 'late' })).toBeNull();
      expect(await store.recentContacts(person, 10)).toEqual([]);
    });

    test('refuses to make a call twice', async () => {
      const callId = await freshCall();
      const again = appendTo(callId, { create: record(callId), events: [logged(1)] });
      expect(await store.append(again)).toEqual({ kind: 'conflict' });
    });

    test('of writers who race for the same number lets exactly one through', async () => {
      const callId = await freshCall();
      const results = await Promise.all(
        Array.from({ length: 8 }, () => store.append(appendTo(callId, { events: [logged(2)] }))),
      );
      expect(results.filter((result) => result.kind === 'appended')).toHaveLength(1);
      expect(results.filter((result) => result.kind === 'conflict')).toHaveLength(7);
    });

    test('answers a repeated command with the first outcome and writes nothing', async () => {
      const callId = await freshCall();
      const command = { scope: callId, person: 't1:a', commandId: 'once' };
      const outcome = { callId, seq: 2 };
      expect(await store.append(appendTo(callId, { events: [logged(2)], command, outcome }))).toEqual({
        kind: 'appended',
      });
      const again = appendTo(callId, { events: [logged(3)], command, outcome: { callId, seq: 3 } });
      expect(await store.append(again)).toEqual({ kind: 'duplicate', outcome });
      expect(await store.outcomeOf(command)).toEqual(outcome);
      expect(await store.eventsAfter(callId, 2)).toEqual([]);
    });

    test('takes the same command id of another person or scope for another command', async () => {
      const callId = await freshCall();
      const command = { scope: callId, person: 't1:a', commandId: 'shared' };
      await store.append(appendTo(callId, { command }));
      expect(await store.append(appendTo(callId, { command: { ...command, person: 't1:b' } }))).toEqual({
        kind: 'appended',
      });
      expect(await store.append(appendTo(callId, { command: { ...command, scope: 'start' } }))).toEqual({
        kind: 'appended',
      });
    });

    test('lists open calls until their end is written', async () => {
      const callId = await freshCall();
      const open = async () => (await store.openCalls()).filter((call) => call.callId === callId);
      expect(await open()).toEqual([record(callId)]);
      await store.append(appendTo(callId, { events: [logged(2)], endedAtMs: 2_000 }));
      expect(await open()).toEqual([]);
      expect(await store.call(callId)).toEqual(record(callId));
      expect(await store.call(randomUUID())).toBeNull();
    });

    test('keeps of each pair the newest contact, newest pair first', async () => {
      const owner = randomUUID();
      const newer = contact(owner, 'b', { atMs: 30, outcome: 'missed' });
      await store.recordContacts([contact(owner, 'a', { atMs: 20 }), newer, contact(owner, 'b', { atMs: 5 })]);
      await store.recordContacts([contact(randomUUID(), 'b', { atMs: 99 })]);
      expect(await store.recentContacts(owner, 10)).toEqual([newer, contact(owner, 'a', { atMs: 20 })]);
      expect(await store.recentContacts(owner, 1)).toEqual([newer]);
    });

    test('writes contacts together with the events they come from', async () => {
      const callId = await freshCall();
      const owner = randomUUID();
      await store.append(appendTo(callId, { contacts: [contact(owner, 'b', { callId })] }));
      expect(await store.recentContacts(owner, 10)).toEqual([contact(owner, 'b', { callId })]);
    });

    test('keeps an audit in the order it was written', async () => {
      const person = randomUUID();
      const first = { atMs: 2, person, kind: 'sign-in-held', callId: 'c', detail: 'until 9' } as const;
      const second = { atMs: 1, person, kind: 'sign-in-hold-ended', callId: 'c', detail: 'left' } as const;
      await store.audit(first);
      await store.audit(second);
      expect(await store.auditOf(person)).toEqual([first, second]);
    });

    test('keeps values by collection and id, until they expire', async () => {
      const collection = randomUUID();
      const value = { deep: [1, { two: 'three' }], nothing: null };
      await store.values.set(collection, 'x', { value, group: null, expiresAtMs: 100 });
      await store.values.set(collection, 'forever', { value: 'text', group: null, expiresAtMs: null });
      expect(await store.values.get(collection, 'x', 99)).toEqual(value);
      expect(await store.values.get(collection, 'x', 100)).toBeUndefined();
      expect(await store.values.get(randomUUID(), 'x', 99)).toBeUndefined();
      expect(await store.values.list(collection, 100)).toEqual([{ id: 'forever', value: 'text' }]);
      await store.values.set(collection, 'x', { value: 2, group: null, expiresAtMs: null });
      expect(await store.values.get(collection, 'x', 1e12)).toBe(2);
      await store.values.delete(collection, 'x');
      expect(await store.values.get(collection, 'x', 0)).toBeUndefined();
    });

    test('deletes a group of values through all collections', async () => {
      const [one, two, group] = [randomUUID(), randomUUID(), randomUUID()];
      await store.values.set(one, 'a', { value: 1, group, expiresAtMs: null });
      await store.values.set(two, 'a', { value: 2, group, expiresAtMs: null });
      await store.values.set(two, 'b', { value: 3, group: 'other', expiresAtMs: null });
      await store.values.deleteGroup(group);
      expect(await store.values.list(one, 0)).toEqual([]);
      expect(await store.values.list(two, 0)).toEqual([{ id: 'b', value: 3 }]);
    });

    test('keeps the people of each tenant until they are replaced, all at once', async () => {
      const [tid, other] = [randomUUID(), randomUUID()];
      const [ann, bob] = [listed(tid, 'a'), listed(tid, 'b')];
      await store.people.replace(other, [listed(other, 'a')]);
      await store.people.replace(tid, [bob, ann]);
      expect(await store.people.list(tid)).toEqual([ann, bob]);
      const changed = { ...bob, name: 'Bob «Ä» 2', roles: ['RemoteAssist.User'] };
      await store.people.replace(tid, [changed]);
      expect(await store.people.list(tid)).toEqual([changed]);
      await expect(store.people.replace(tid, [ann, bob, bob])).rejects.toThrow(StoreError);
      expect(await store.people.list(tid)).toEqual([changed]);
      await store.people.replace(tid, []);
      expect(await store.people.list(tid)).toEqual([]);
      expect(await store.people.list(other)).toHaveLength(1);
    });

    test('keeps more people than one statement takes', async () => {
      const tid = randomUUID();
      const many = Array.from({ length: 5_001 }, (_, n) => listed(tid, String(n).padStart(5, '0')));
      await store.people.replace(tid, many);
      expect(await store.people.list(tid)).toEqual(many);
    });

    test('forgets outcomes of calls that ended long ago, and no others', async () => {
      const [ended, open] = [await freshCall(), await freshCall()];
      const key = (scope: string) => ({ scope, person: 't1:a', commandId: 'x' });
      await store.append(appendTo(ended, { command: key(ended), outcome: { callId: ended, seq: 1 }, endedAtMs: 50 }));
      await store.append(appendTo(open, { command: key(open), outcome: { callId: open, seq: 1 } }));
      await store.prune(40);
      expect(await store.outcomeOf(key(ended))).not.toBeNull();
      await store.prune(60);
      expect(await store.outcomeOf(key(ended))).toBeNull();
      expect(await store.outcomeOf(key(open))).not.toBeNull();
    });

    describeReachStore(() => store);
    describeMeetingStore(() => store);
  });
}
