import { describe, expect, test } from 'vitest';
import { cancelMeeting, changesOf, editMeeting } from '../../../src/domain/meeting/change.ts';
import type { Meeting } from '../../../src/domain/meeting/model.ts';
import { codeOf, HOUR_MS, meetingOf, ORGANIZER, oneTime, START_MS } from './fixtures.ts';

const byOrganizer = { by: ORGANIZER, revision: 1 };

describe('changing a meeting', () => {
  test('makes a new revision', () => {
    const draft = { ...meetingOf(), title: ' Valve ', lobby: 'invited' } as const;
    expect(editMeeting(meetingOf(), draft, byOrganizer)).toMatchObject({
      value: { title: 'Valve', lobby: 'invited', revision: 2 },
    });
  });

  test('changes neither whose it is nor which it is', () => {
    const draft = { ...meetingOf(), tid: 'rival', organizer: 'rival:rita', meetingId: 'm2', cancelled: true };
    expect(editMeeting(meetingOf(), draft, byOrganizer)).toEqual({ ok: true, value: { ...meetingOf(), revision: 2 } });
  });

  test.each([
    ['somebody else', {}, { by: 'abc:mia', revision: 1 }, 'organizer-only'],
    ['an old page', { revision: 2 }, byOrganizer, 'meeting-changed'],
    ['anybody, once cancelled', { cancelled: true }, byOrganizer, 'meeting-cancelled'],
  ])('is refused to %s', (_who, changes, request, expected) => {
    expect(codeOf(editMeeting(meetingOf(changes), meetingOf(), request))).toBe(expected);
  });

  test('of a one-time call concerns its title and times alone', () => {
    const draft = {
      ...oneTime(),
      title: 'Boiler',
      endMs: START_MS + HOUR_MS,
      lobby: 'everyone',
      presenters: ['abc:mia'],
    } as const;
    const edited = editMeeting(oneTime(), draft, byOrganizer);
    expect(edited).toEqual({
      ok: true,
      value: { ...oneTime(), title: 'Boiler', endMs: START_MS + HOUR_MS, revision: 2 },
    });
  });

  test('cancelling is for the organizer, once', () => {
    const meeting = meetingOf({ coOrganizers: ['abc:cora'] });
    expect(codeOf(cancelMeeting(meeting, { by: 'abc:cora', revision: 1 }))).toBe('organizer-only');
    const cancelled = cancelMeeting(meeting, byOrganizer);
    expect(cancelled).toMatchObject({ value: { cancelled: true, revision: 2 } });
    if (cancelled.ok) expect(cancelMeeting(cancelled.value, byOrganizer)).toEqual(cancelled);
  });
});

describe('people hear of', () => {
  const heard = (changes: Partial<Meeting>) => {
    const { added, removed, ...flags } = changesOf(meetingOf(), meetingOf(changes));
    return Object.entries(flags).flatMap(([name, is]) => (is ? [name] : []));
  };
  test.each([
    [{ startMs: START_MS + 1 }, ['moved', 'door']],
    [{ title: 'Valve' }, ['renamed']],
    [{ cancelled: true }, ['cancelled', 'door']],
    [{ lobby: 'everyone' as const }, ['door']],
    [{ anonymousAllowed: false }, ['door']],
    [{ presenters: ['abc:mia'] }, ['door']],
    [{ revision: 9 }, []],
  ])('%j: %j', (changes, expected) => {
    expect(heard(changes)).toEqual(expected);
  });

  test('who was added and who was removed', () => {
    const a = { kind: 'account', person: 'abc:a' } as const;
    const b = { kind: 'mail', mail: 'b@oem.example' } as const;
    const c = { kind: 'mail', mail: 'c@oem.example' } as const;
    const changes = changesOf(meetingOf({ invitees: [a, b] }), meetingOf({ invitees: [{ ...a }, c] }));
    expect(changes).toMatchObject({ added: [c], removed: [b], door: true });
  });
});
