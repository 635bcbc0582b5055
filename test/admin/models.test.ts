import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAdministration } from '../../src/admin/administration.ts';
import { createAuditList } from '../../src/admin/audit-list.ts';
import { createPeopleFinder } from '../../src/admin/people-finder.ts';
import { createPolicyEditor } from '../../src/admin/policy-editor.ts';
import type { AdminClient, AuditWish, FoundPerson } from '../../src/client/admin-api/admin-client.ts';
import type { TryRequest } from '../../src/protocol/admin-api/requests.ts';
import { DRY_RUN, fakeClient, offline, record } from './fake-client.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const policy = (revision: number) => ({
  revision,
  atMs: 0,
  by: { kind: 'hub', by: 'file' } as const,
  text: `r${revision}`,
});

describe('a change of the policy', () => {
  function setUp(answers: Partial<AdminClient> = {}) {
    let revision = 3;
    const applied: unknown[] = [];
    const editor = createPolicyEditor(
      fakeClient({
        policy: async () => ({ ok: true, value: policy(revision) }),
        check: async () => ({ ok: true, value: DRY_RUN }),
        async apply(file, from) {
          applied.push([file, from]);
          revision += 1;
          return { ok: true, value: { ok: true, revision } };
        },
        ...answers,
      }),
    );
    return { editor, applied };
  }

  it('goes from the file over the dry run to the next revision', async () => {
    const { editor, applied } = setUp();
    await editor.read();
    editor.edit('changed');
    await editor.check();
    expect(editor.step.value).toEqual({ kind: 'checked', outcome: DRY_RUN });
    await editor.apply();
    expect(applied).toEqual([['changed', 3]]);
    expect(editor.step.value).toEqual({ kind: 'current', applied: true });
    expect([editor.policy.value?.revision, editor.draft.value]).toEqual([4, 'r4']);
  });

  it('is never applied without its dry run, nor after another edit', async () => {
    const { editor, applied } = setUp();
    await editor.read();
    editor.edit('changed');
    await editor.apply();
    await editor.check();
    editor.edit('changed again');
    await editor.apply();
    expect(applied).toEqual([]);
  });

  it('shows what is wrong in the file, until it is edited', async () => {
    const problems = [{ path: 'tenants[0].name', message: 'must stay ABC' }];
    const { editor } = setUp({ check: async () => ({ ok: true, value: { ok: false, problems } }) });
    await editor.read();
    editor.edit('bad');
    await editor.check();
    expect(editor.step.value).toEqual({ kind: 'editing', problems });
    editor.edit('better');
    expect(editor.step.value).toEqual({ kind: 'editing', problems: [] });
  });

  it('stays where it is when the hub does not answer, and can be tried again', async () => {
    const { editor } = setUp({ apply: async () => offline });
    await editor.read();
    editor.edit('changed');
    await editor.check();
    await editor.apply();
    expect([editor.step.value.kind, editor.failure.value]).toEqual(['checked', { kind: 'offline' }]);
    editor.reconsider();
    expect([editor.step.value.kind, editor.draft.value, editor.failure.value]).toEqual(['editing', 'changed', null]);
    editor.discard();
    expect([editor.step.value.kind, editor.draft.value]).toEqual(['current', 'r3']);
  });

  it('says so when the policy cannot be read', async () => {
    const { editor } = setUp({ policy: async () => offline });
    await editor.read();
    expect(editor.step.value).toEqual({ kind: 'unread', failure: { kind: 'offline' } });
  });
});

describe('the list of records', () => {
  it('goes on where the last page ended, and begins anew with a reference', async () => {
    const asked: AuditWish[] = [];
    const list = createAuditList({
      async audit(wish) {
        asked.push(wish);
        const page = wish.before === undefined ? [record(9), record(8)] : [record(7)];
        return { ok: true, value: { records: page, next: wish.before === undefined ? 8 : null } };
      },
    });
    await list.show('');
    expect(list.state.value.more).toBe(true);
    await list.more();
    expect(list.state.value.records.map(({ place }) => place)).toEqual([9, 8, 7]);
    expect(list.state.value.more).toBe(false);
    await list.show(' REF9 ');
    expect(list.state.value.records.map(({ place }) => place)).toEqual([9, 8]);
    expect(asked).toEqual([{}, { before: 8 }, { reference: 'REF9' }]);
  });

  it('keeps what it has when the next page does not come', async () => {
    let fail = false;
    const list = createAuditList({
      audit: async () => (fail ? offline : { ok: true, value: { records: [record(2)], next: 2 } }),
    });
    await list.show('');
    fail = true;
    await list.more();
    expect(list.state.value).toMatchObject({ records: [{ place: 2 }], failure: { kind: 'offline' }, busy: false });
  });

  it('drops an answer to what was asked before', async () => {
    const answers: ((page: { ok: true; value: { records: []; next: null } }) => void)[] = [];
    const list = createAuditList({ audit: () => new Promise((resolve) => answers.push(resolve)) });
    const first = list.show('A');
    const second = list.show('B');
    answers[0]?.({ ok: true, value: { records: [], next: null } });
    await first;
    expect(list.state.value).toMatchObject({ reference: 'B', busy: true });
    answers[1]?.({ ok: true, value: { records: [], next: null } });
    await second;
    expect(list.state.value.busy).toBe(false);
  });
});

describe('people while somebody types', () => {
  const person = (name: string): FoundPerson => ({
    key: name,
    name,
    mail: `${name}@abc.com`,
    jobTitle: '',
    isGuest: false,
  });

  it('are asked for when the typing pauses, once', async () => {
    const asked: string[] = [];
    const finder = createPeopleFinder({
      async people(query) {
        asked.push(query);
        return { ok: true, value: [person(query)] };
      },
    });
    for (const text of ['d', 'da', 'dan']) finder.look(text);
    await vi.runAllTimersAsync();
    expect(asked).toEqual(['dan']);
    expect(finder.found.value.map(({ name }) => name)).toEqual(['dan']);
    finder.look(' ');
    expect(finder.found.value).toEqual([]);
  });

  it('do not come back after the list was closed', async () => {
    let answer: () => void = () => {};
    const finder = createPeopleFinder({
      people: () => new Promise((resolve) => (answer = () => resolve({ ok: true, value: [person('dana')] }))),
    });
    finder.look('dana');
    await vi.runAllTimersAsync();
    finder.clear();
    answer();
    await vi.runAllTimersAsync();
    expect(finder.found.value).toEqual([]);
  });
});

describe('the page of an administrator', () => {
  function setUp() {
    const asked: string[] = [];
    const tried: TryRequest[] = [];
    const client = fakeClient({
      session: async () => ({ ok: true, value: { me: { name: 'I', mail: '' }, company: 'ABC', domains: [] } }),
      async matrix() {
        asked.push('matrix');
        return offline;
      },
      async policy() {
        asked.push('policy');
        return { ok: true, value: policy(1) };
      },
      async audit() {
        asked.push('audit');
        return { ok: true, value: { records: [], next: null } };
      },
      async tryReach(request) {
        tried.push(request);
        return { ok: true, value: { kind: 'not-yours' } };
      },
    });
    return { asked, tried, page: createAdministration({ client, company: 'ABC', signOut: () => {} }) };
  }

  it('asks for what a view shows when it is opened, and reads the policy once', async () => {
    const { page, asked } = setUp();
    for (const section of ['overview', 'policy', 'audit', 'try', 'policy', 'overview'] as const) {
      page.show(section);
      await vi.runAllTimersAsync();
    }
    expect(asked).toEqual(['matrix', 'policy', 'audit', 'matrix']);
    page.dispose();
  });

  it('asks by the key of who was picked, else by what was typed, and forgets a verdict when the question changes', async () => {
    const { page, tried } = setUp();
    page.fill({ from: { text: 'x@abc.com', key: 'abc:1' }, to: { text: ' y@abc.com ', key: null } });
    page.fill({ present: { text: 'z@abc.com', key: null } });
    await page.verdict.ask(page.form.value);
    expect(page.verdict.state.value.kind).toBe('ready');
    page.fill({ action: 'add' });
    expect(page.verdict.state.value.kind).toBe('idle');
    await page.verdict.ask(page.form.value);
    expect(tried).toEqual([
      { from: 'abc:1', to: 'y@abc.com', action: 'call', present: [] },
      { from: 'abc:1', to: 'y@abc.com', action: 'add', present: ['z@abc.com'] },
    ]);
  });
});
