import { describe, expect, it } from 'vitest';
import { adminCatalogue } from '../../src/admin/admin-texts.ts';
import { settingChanges, settingLines } from '../../src/admin/meeting-settings.ts';
import { doorText, recordText, repeatedText } from '../../src/admin/record-words.ts';
import { alikeText, callText, failureText, partText, remarkText, stepText } from '../../src/admin/words.ts';
import type { AdminStep } from '../../src/client/admin-api/admin-client.ts';
import { DEFAULT_MEETING_SETTINGS, LOBBY_MODES } from '../../src/domain/meeting/model.ts';
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

  it('of a refusal at a door say who was refused, at which door, and why', () => {
    const door = {
      kind: 'door-refused',
      ...{ place: 1, reference: 'R', atMs: 0, meetingId: 'm', code: 'anonymous-off' as const },
      actor: { kind: 'anonymous' },
      meeting: { title: 'Valve 3', startMs: Date.UTC(2026, 10, 21, 12), organizer: DANA },
    } as const;
    expect(recordText(texts, door)).toBe('Somebody without an account was refused at the door of “Valve 3”.');
    expect(doorText(texts, door)).toMatch(
      /^People without an account may not join it\. Organized by Dana for Nov 21, 2026/,
    );
    const elsewhere = { ...door, meeting: { ...door.meeting, title: '' } };
    expect(recordText(texts, elsewhere)).toBe('Somebody without an account was refused at the door of a meeting.');
    expect(recordText(texts, { ...door, actor: DANA, meeting: null, code: 'may-not-admit' })).toBe(
      'Dana was not allowed to let people into a meeting that is gone.',
    );
    expect(doorText(texts, { ...door, meeting: null, code: 'internal' })).toBe('');
  });

  it('of what was refused again and again say how often, and when no more is kept', () => {
    const once = {
      kind: 'sign-in-refused',
      place: 1,
      reference: 'R',
      atMs: 0,
      actor: DANA,
      code: 'licence-missing',
    } as const;
    expect(repeatedText(texts, once)).toBeNull();
    expect(repeatedText(texts, record(1))).toBeNull();
    expect(repeatedText(texts, { ...once, times: 1 })).toBe('Once more within the next minute.');
    expect(repeatedText(texts, { ...once, times: 7 })).toBe('7 more times within the next minute.');
    expect(repeatedText(texts, { ...once, isLast: true })).toBe(
      'Refused very often: no more of it is written for an hour.',
    );
  });

  it('of the settings of meetings say what each means, and of a change no more than what changes', () => {
    const before = DEFAULT_MEETING_SETTINGS;
    const after = {
      ...before,
      lobby: { default: 'invited', allowed: ['invited', 'organizer'] },
      oneTimeLinkHours: 1,
    } as const;
    expect(settingLines(texts, before).map(({ value }) => value)).toContain('until 24 hours after its planned end');
    expect(settingChanges(texts, before, after)).toEqual([
      expect.objectContaining({ before: 'your company and its guests', after: 'invited people' }),
      expect.objectContaining({ after: 'invited people and the organizer alone' }),
      expect.objectContaining({ after: 'until an hour after its planned end' }),
    ]);
    const all = { ...before, anonymousJoin: false, anonymousCanStart: true, headsetMayAdmit: true };
    expect(settingChanges(texts, before, all).length).toBe(3);
    expect(new Set(LOBBY_MODES.map((mode) => texts.t(`lobbyMode.${mode}`))).size).toBe(LOBBY_MODES.length);
  });

  it('of a failure say what to do', () => {
    expect(failureText(texts, { kind: 'offline' })).toMatch(/^The hub can’t be reached/);
    const refusal = { code: 'licence-missing', detail: 'RemoteAssist.Admin' } as const;
    expect(failureText(texts, { kind: 'refused', refusal })).toContain('RemoteAssist.Admin');
    expect([partText(texts, 'external'), partText(texts, 'new')]).toEqual(['external access', 'new']);
  });
});
