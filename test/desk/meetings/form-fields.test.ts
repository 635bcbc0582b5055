import { describe, expect, it } from 'vitest';
import {
  type FormFields,
  fieldsOf,
  newFields,
  problemsOf,
  readFields,
  readMail,
} from '../../../src/desk/meetings/form-fields.ts';

const ZONE = 'Europe/Berlin';
/** 12:07 in Berlin. */
const NOW_MS = Date.UTC(2026, 10, 20, 11, 7);
const MINUTE_MS = 60_000;

const fields = (overrides: Partial<FormFields> = {}): FormFields => ({
  ...newFields('2026-11-20', ZONE, NOW_MS),
  title: 'Pump',
  ...overrides,
});

describe('a new meeting', () => {
  it('begins at the next quarter of an hour, on another day in the morning', () => {
    expect(newFields('2026-11-20', ZONE, NOW_MS)).toMatchObject({ date: '2026-11-20', time: '12:15' });
    expect(newFields('2026-11-23', ZONE, NOW_MS)).toMatchObject({ date: '2026-11-23', time: '09:00' });
    expect(newFields('2026-11-01', ZONE, NOW_MS).date).toBe('2026-11-20');
    const late = Date.UTC(2026, 10, 20, 22, 50);
    expect(newFields('2026-11-20', ZONE, late)).toMatchObject({ date: '2026-11-21', time: '00:00' });
  });

  it('is read as the instants that the zone makes of its fields', () => {
    const { draft } = readFields(fields({ time: '14:30', durationMin: '45' }), null);
    expect(draft.startMs).toBe(Date.UTC(2026, 10, 20, 13, 30));
    expect(draft.endMs - draft.startMs).toBe(45 * MINUTE_MS);
    expect(problemsOf(draft, NOW_MS, null)).toEqual([]);
  });

  it('says when clocks change at its start', () => {
    expect(readFields(fields({ date: '2027-03-28', time: '02:30' }), null).clocks).toBe('gap');
    expect(readFields(fields({ date: '2026-10-25', time: '02:30' }), null).clocks).toBe('overlap');
  });

  it('is told what is wrong with it by the same rules as at the hub', () => {
    const kinds = (changed: Partial<FormFields>) =>
      problemsOf(readFields(fields(changed), null).draft, NOW_MS, null).map(({ kind }) => kind);
    expect(kinds({ title: '  ' })).toEqual(['title-missing']);
    expect(kinds({ date: '' })).toEqual(['time-missing']);
    expect(kinds({ durationMin: 'half an hour' })).toEqual(['time-missing']);
    expect(kinds({ durationMin: '1441' })).toEqual(['too-long']);
    expect(kinds({ time: '10:00' })).toEqual(['in-the-past']);
    expect(kinds({ people: [{ kind: 'mail', mail: 'nobody' }] })).toEqual(['address-malformed']);
  });

  it('invites everybody with the part that they have in it', () => {
    const people = [
      { kind: 'account', person: 'p', name: 'Pat', role: 'coOrganizer' },
      { kind: 'account', person: 'q', name: 'Quinn', role: 'presenter' },
      { kind: 'mail', mail: 'vendor@oem.example' },
    ] as const;
    const { draft } = readFields(fields({ people }), null);
    expect([draft.invitees.length, draft.coOrganizers, draft.presenters]).toEqual([3, ['p'], ['q']]);
    const known = ['p', 'q'].map((key) => ({
      key,
      name: key === 'p' ? 'Pat' : 'Quinn',
      mail: '',
      jobTitle: '',
      company: '',
    }));
    expect(fieldsOf({ draft, people: known }).people).toEqual(people);
  });
});

describe('a meeting that is edited', () => {
  it('keeps the times that nobody touched, to the millisecond', () => {
    const before = { ...readFields(fields(), null).draft, startMs: NOW_MS + 17_345, endMs: NOW_MS + 17_345 + 90_000 };
    const shown = fieldsOf({ draft: before, people: [] });
    expect(readFields({ ...shown, title: 'Other' }, before).draft).toMatchObject({
      startMs: before.startMs,
      endMs: before.endMs,
    });
    expect(readFields({ ...shown, time: '15:00' }, before).draft.startMs).toBe(Date.UTC(2026, 10, 20, 14));
  });
});

describe('a mail address', () => {
  it('is taken in lower case, its domain as ASCII', () => {
    expect(readMail(' Expert@OEM.Example ')).toBe('expert@oem.example');
    expect(readMail('anna@bücher.example')).toBe('anna@xn--bcher-kva.example');
  });

  it('is none without a name, a domain, or a dot', () => {
    expect(['anna', '@oem.example', 'anna@', 'anna@oem', 'anna @oem.example'].map(readMail)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
