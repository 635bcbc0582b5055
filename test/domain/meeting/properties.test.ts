import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEVICE_KINDS } from '../../../src/domain/call/state.ts';
import { askEntry, type Door } from '../../../src/domain/meeting/entry.ts';
import { type Caller, LOBBY_MODES, MEETING_CLASSES, MEETING_KINDS } from '../../../src/domain/meeting/model.ts';
import { MEETING_RIGHTS, mayInMeeting } from '../../../src/domain/meeting/rights.ts';
import { codeOf, meetingOf, ORGANIZER } from './fixtures.ts';
import { maySkipLobby } from './lobby-table.ts';

const modes = fc.constantFrom(...LOBBY_MODES);

const callers: fc.Arbitrary<Caller> = fc
  .record({ class: fc.constantFrom(...MEETING_CLASSES), signedIn: fc.boolean(), invited: fc.boolean() })
  .map(({ class: kind, signedIn, invited }) => {
    const isKnown = kind !== 'anonymous' || signedIn;
    const person = kind === 'organizer' ? ORGANIZER : `x:${kind}`;
    return { person, name: kind, class: kind, signedIn: isKnown, invited: invited && isKnown };
  });

const doors: fc.Arbitrary<Door> = fc
  .record({
    kind: fc.constantFrom(...MEETING_KINDS),
    lobby: modes,
    anonymousAllowed: fc.boolean(),
    fallback: modes,
    allowed: fc.subarray([...LOBBY_MODES]),
    anonymousJoin: fc.boolean(),
    anonymousCanStart: fc.boolean(),
    guestAccess: fc.boolean(),
    verifiedPresent: fc.boolean(),
  })
  .map(({ kind, lobby, anonymousAllowed, fallback, allowed, guestAccess, verifiedPresent, ...settings }) => ({
    meeting: meetingOf({ kind, lobby, anonymousAllowed }),
    settings: {
      ...settings,
      lobby: { default: fallback, allowed: [fallback, ...allowed] },
      headsetMayAdmit: false,
      oneTimeLinkHours: 24,
    },
    guestAccess,
    verifiedPresent,
  }));

const RUNS = { numRuns: 3_000 };

describe('whatever tenant and organizer decide', () => {
  test('nobody anonymous is let past the door, or waits, with either switch off', () => {
    fc.assert(
      fc.property(callers, doors, (caller, door) => {
        fc.pre(caller.class === 'anonymous' && !(door.settings.anonymousJoin && door.meeting.anonymousAllowed));
        expect(askEntry(caller, door)).toEqual({ kind: 'denied', code: 'anonymous-off' });
      }),
      RUNS,
    );
  });

  test('nobody unsigned bypasses the lobby except under everyone', () => {
    fc.assert(
      fc.property(callers, doors, (caller, door) => {
        fc.pre(!caller.signedIn);
        if (askEntry(caller, door).kind === 'in') expect(door.meeting.lobby).toBe('everyone');
      }),
      RUNS,
    );
  });

  test('a lobby setting that the tenant allows decides as its table says', () => {
    fc.assert(
      fc.property(callers, doors, (caller, door) => {
        const { meeting, settings, verifiedPresent: verifiedIn } = door;
        fc.pre(settings.lobby.allowed.includes(meeting.lobby));
        const entry = askEntry(caller, door);
        if (entry.kind !== 'denied')
          expect(entry.kind === 'in').toBe(maySkipLobby(caller, meeting, { settings, verifiedIn }));
      }),
      RUNS,
    );
  });

  test('a tenant that allows fewer settings never opens a lobby', () => {
    fc.assert(
      fc.property(callers, doors, fc.subarray([...LOBBY_MODES]), (caller, door, fewer) => {
        fc.pre(askEntry(caller, door).kind !== 'in');
        const { lobby } = door.settings;
        const allowed = lobby.allowed.filter((mode) => mode === lobby.default || fewer.includes(mode));
        const stricter = { ...door, settings: { ...door.settings, lobby: { ...lobby, allowed } } };
        expect(askEntry(caller, stricter).kind).not.toBe('in');
      }),
      RUNS,
    );
  });

  test('turning a switch off lets nobody in whom it kept out', () => {
    fc.assert(
      fc.property(callers, doors, (caller, door) => {
        fc.pre(askEntry(caller, door).kind !== 'in');
        const off = { ...door, guestAccess: false, settings: { ...door.settings, anonymousJoin: false } };
        expect(askEntry(caller, off).kind).not.toBe('in');
      }),
      RUNS,
    );
  });

  test('signing in never takes a right away', () => {
    const devices = fc.constantFrom(...DEVICE_KINDS);
    fc.assert(
      fc.property(
        fc.constantFrom(...MEETING_RIGHTS),
        devices,
        fc.constantFrom(...MEETING_KINDS),
        (right, device, meeting) => {
          const who = { class: 'anonymous', device, meeting } as const;
          fc.pre(codeOf(mayInMeeting(right, { ...who, signedIn: false })) === 'ok');
          expect(codeOf(mayInMeeting(right, { ...who, signedIn: true }))).toBe('ok');
        },
      ),
    );
  });
});
