import { describe, expect, it } from 'vitest';
import { adminCatalogue } from '../../src/admin/admin-texts.ts';
import { alikeText, callText, failureText, partText, recordText, remarkText, stepText } from '../../src/admin/words.ts';
import type { AdminStep } from '../../src/client/admin-api/admin-client.ts';
import { REACH_RULES } from '../../src/domain/reach/model.ts';
import { createTexts } from '../../src/ui/text/translate.ts';
import { record } from './fake-client.ts';

const texts = createTexts(adminCatalogue);
const DANA = { kind: 'person', key: 'a:1', name: 'Dana', mail: 'dana@abc.com' } as const;
const OUTSIDER = { kind: 'outsider', company: 'Contoso1' } as const;
const step = (changes: Partial<AdminStep>): AdminStep => ({
  ...{ company: 'ABC', own: true, rule: 'barrier-allow', outcome: 'denies', policy: 'P', segment: 'S', entry: 'V2' },
  ...{ from: DANA, to: OUTSIDER },
  ...changes,
});

describe('a rule in plain words', () => {
  it('names people, policies and entries', () => {
    expect(stepText(texts, step({}))).toBe('“P” does not let Dana reach V2.');
    expect(stepText(texts, step({ entry: null, outcome: 'allows' }))).toBe('“P” lets Dana reach somebody at Contoso1.');
    expect(stepText(texts, step({ rule: 'hidden', outcome: 'allows', from: OUTSIDER }))).toBe(
      'Somebody at Contoso1 is not hidden.',
    );
  });

  it('of another company says only whom it does not accept', () => {
    const other = { own: false, company: 'Contoso1', rule: 'other-tenant', entry: 'abc.com' } as const;
    expect(stepText(texts, step({ ...other, from: null, to: null, policy: null }))).toBe(
      'Contoso1 does not accept abc.com.',
    );
  });

  it('is there for every rule and outcome, whole', () => {
    for (const rule of [...REACH_RULES, 'other-tenant'] as const) {
      for (const outcome of ['allows', 'denies'] as const) {
        const text = stepText(texts, step({ rule, outcome }));
        expect([rule, outcome, text]).toEqual([rule, outcome, expect.stringMatching(/^[“\p{Lu}].*\.$/u)]);
        expect(text).not.toMatch(/[{}]|rule\./);
      }
    }
  });
});

describe('other sentences', () => {
  it('of a remark has its names, and of an unknown kind the kind', () => {
    const names = { policy: 'P', segment: 'A', other: 'B' };
    expect(remarkText(texts, { kind: 'one-way', weight: 'warning', names })).toBe(
      '“P” is one-way: A and B are kept apart both ways.',
    );
    expect(remarkText(texts, { kind: 'new-one', weight: 'note', names: {} })).toBe('Something is odd: new-one.');
  });

  it('of people who are alike say what makes them so', () => {
    const alike = { company: 'ABC', own: true, guests: false, hidden: false, count: 2, people: [] };
    expect(alikeText(texts, { ...alike, segments: ['A', 'B'], guests: true })).toBe('ABC, A and B, guests');
    expect(alikeText(texts, { ...alike, segments: [] })).toBe('ABC, no segment');
    expect(alikeText(texts, { ...alike, segments: null })).toBe('ABC, any segment');
    expect(alikeText(texts, { ...alike, own: false, company: 'Contoso1', segments: null })).toBe('Anybody at Contoso1');
  });

  it('of a call say who leaves it', () => {
    const call = { kind: 'direct', people: [DANA, OUTSIDER], leaving: [OUTSIDER] } as const;
    expect(callText(texts, call)).toBe('Somebody at Contoso1 leaves a call of Dana and somebody at Contoso1');
  });

  it('of a record say what happened', () => {
    const refused = {
      kind: 'refused',
      place: 1,
      reference: 'R',
      atMs: 0,
      actor: DANA,
      action: 'call',
      code: 'not-found',
      present: [],
      rules: [],
      target: null,
      domain: null,
    } as const;
    expect(recordText(texts, { ...refused, target: OUTSIDER })).toBe(
      'Dana was not allowed to call somebody at Contoso1.',
    );
    expect(recordText(texts, { ...refused, domain: 'contoso1.com' })).toBe(
      'Dana was not allowed to call an address at contoso1.com.',
    );
    expect(recordText(texts, refused)).toBe('Dana was not allowed to call those who are there.');
    expect(recordText(texts, record(1))).toBe('The hub’s console exported the audit.');
  });

  it('of a failure say what to do', () => {
    expect(failureText(texts, { kind: 'offline' })).toMatch(/^The hub can’t be reached/);
    const refusal = { code: 'licence-missing', detail: 'RemoteAssist.Admin' } as const;
    expect(failureText(texts, { kind: 'refused', refusal })).toContain('RemoteAssist.Admin');
    expect([partText(texts, 'external'), partText(texts, 'new')]).toEqual(['external access', 'new']);
  });
});
