import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormFields } from '../../../src/desk/meetings/form-fields.ts';
import { mergeNewer, PARTS, takeParts } from '../../../src/desk/meetings/newer.ts';
import { LOBBY_MODES } from '../../../src/domain/meeting/model.ts';

const FIELDS: FormFields = {
  title: 'Pump',
  date: '2026-11-21',
  time: '10:00',
  durationMin: '30',
  zone: 'Europe/Berlin',
  people: [{ kind: 'account', person: 'a:1', name: 'Dana', role: 'invited' }],
  lobby: 'organization',
  anonymousAllowed: true,
};

describe('a meeting that somebody else changes while it is in the form', () => {
  it('keeps what was typed, and takes over what nobody touched here', () => {
    const newer = { ...FIELDS, title: 'Pump 4', time: '11:00', lobby: 'everyone' } as const;
    const typed = { ...FIELDS, title: 'Pump three', anonymousAllowed: false };
    const { fields, taken, kept } = mergeNewer({ before: FIELDS, newer, typed });
    expect(fields).toEqual({ ...typed, time: '11:00', lobby: 'everyone' });
    expect({ taken, kept }).toEqual({ taken: ['when', 'lobby'], kept: ['title'] });
    expect(takeParts(fields, newer, kept).title).toBe('Pump 4');
  });

  it('is no conflict where both wrote the same, or the list is in another order', () => {
    const mail = { kind: 'mail', mail: 'x@oem.example' } as const;
    const newer = { ...FIELDS, title: 'Pump 4', people: [mail, ...FIELDS.people] };
    const typed = { ...FIELDS, title: 'Pump 4', people: [...FIELDS.people, mail] };
    expect(mergeNewer({ before: FIELDS, newer, typed })).toEqual({ fields: typed, taken: [], kept: [] });
  });

  it('sees a changed role as a change', () => {
    const people = [{ kind: 'account', person: 'a:1', name: 'Dana', role: 'presenter' } as const];
    expect(mergeNewer({ before: FIELDS, newer: { ...FIELDS, people }, typed: FIELDS }).taken).toEqual(['people']);
  });

  it('never loses anything that either side wrote, whatever it is', () => {
    const version = fc.record({
      title: fc.constantFrom('a', 'b', 'c'),
      date: fc.constant(FIELDS.date),
      time: fc.constantFrom('10:00', '11:00'),
      durationMin: fc.constantFrom('30', '60'),
      zone: fc.constant(FIELDS.zone),
      people: fc.constantFrom(FIELDS.people, []),
      lobby: fc.constantFrom(...LOBBY_MODES),
      anonymousAllowed: fc.boolean(),
    });
    fc.assert(
      fc.property(version, version, version, (before, newer, typed) => {
        const { fields, taken, kept } = mergeNewer({ before, newer, typed });
        expect(taken.filter((part) => kept.includes(part))).toEqual([]);
        for (const part of PARTS) {
          const from = taken.includes(part) ? newer : typed;
          expect(takeParts(fields, from, [part])).toEqual(fields);
        }
        expect(mergeNewer({ before: newer, newer, typed: fields })).toEqual({ fields, taken: [], kept: [] });
      }),
    );
  });
});
