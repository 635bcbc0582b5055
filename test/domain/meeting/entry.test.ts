import { describe, expect, test } from 'vitest';
import { askEntry, type Door, lobbyModesOf } from '../../../src/domain/meeting/entry.ts';
import {
  type Caller,
  DEFAULT_MEETING_SETTINGS,
  LOBBY_MODES,
  MEETING_CLASSES,
  type MeetingSettings,
} from '../../../src/domain/meeting/model.ts';
import { callerOf, meetingOf, ORGANIZER, oneTime } from './fixtures.ts';
import { LOBBY_TABLE } from './lobby-table.ts';

const doorOf = (changes: Partial<Door> = {}, settings: Partial<MeetingSettings> = {}): Door => ({
  meeting: meetingOf(),
  settings: { ...DEFAULT_MEETING_SETTINGS, ...settings },
  guestAccess: true,
  verifiedPresent: true,
  ...changes,
});

const CALLERS: Readonly<Record<(typeof MEETING_CLASSES)[number], Caller>> = {
  organizer: callerOf(ORGANIZER, 'organizer'),
  member: callerOf('abc:mia', 'member'),
  guest: callerOf('abc:gus', 'guest'),
  federated: callerOf('contoso:fred', 'federated'),
  anonymous: callerOf('anon:1', 'anonymous'),
};

describe('the table of the lobby', () => {
  const cells = LOBBY_MODES.flatMap((mode) =>
    MEETING_CLASSES.map((kind, at) => [mode, kind, LOBBY_TABLE[mode][at] ?? ''] as const),
  );
  test.each(cells)('under %s: %s is %s', (lobby, kind, expected) => {
    expect(askEntry(CALLERS[kind], doorOf({ meeting: meetingOf({ lobby }) })).kind).toBe(expected);
  });

  test.each([
    ['organizer', 'in'],
    ['member', 'in'],
    ['guest', 'in'],
    ['federated', 'in'],
    ['anonymous', 'lobby'],
  ] as const)('under invited: an invited %s is %s', (kind, expected) => {
    const caller = { ...CALLERS[kind], invited: true };
    expect(askEntry(caller, doorOf({ meeting: meetingOf({ lobby: 'invited' }) })).kind).toBe(expected);
  });

  test('under everyone, anonymous people wait until somebody verified is in (1)', () => {
    const everyone = { meeting: meetingOf({ lobby: 'everyone' }), verifiedPresent: false };
    expect(askEntry(CALLERS.anonymous, doorOf(everyone)).kind).toBe('lobby');
    expect(askEntry(CALLERS.federated, doorOf(everyone)).kind).toBe('in');
  });

  test('unless anonymous people may start a meeting (1)', () => {
    const everyone = { meeting: meetingOf({ lobby: 'everyone' }), verifiedPresent: false };
    expect(askEntry(CALLERS.anonymous, doorOf(everyone, { anonymousCanStart: true })).kind).toBe('in');
  });

  test('under invited, a signed-in invitee of a tenant that is not trusted comes in (2)', () => {
    const untrusted = callerOf('rival:rita', 'anonymous', { signedIn: true, invited: true });
    expect(askEntry(untrusted, doorOf({ meeting: meetingOf({ lobby: 'invited' }) })).kind).toBe('in');
    expect(askEntry(untrusted, doorOf({ meeting: meetingOf({ lobby: 'organization' }) })).kind).toBe('lobby');
  });
});

describe('anonymous people', () => {
  test.each([
    [true, true, 'in'],
    [true, false, 'denied'],
    [false, true, 'denied'],
    [false, false, 'denied'],
  ] as const)('with the tenant’s switch %s and the organizer’s %s are %s', (tenant, own, expected) => {
    const meeting = meetingOf({ lobby: 'everyone', anonymousAllowed: own });
    const entry = askEntry(CALLERS.anonymous, doorOf({ meeting }, { anonymousJoin: tenant }));
    expect(entry.kind).toBe(expected);
    if (entry.kind === 'denied') expect(entry.code).toBe('anonymous-off');
  });

  test('are denied also when signed in to a tenant that is not trusted, and invited', () => {
    const untrusted = callerOf('rival:rita', 'anonymous', { signedIn: true, invited: true });
    const meeting = meetingOf({ lobby: 'invited' });
    expect(askEntry(untrusted, doorOf({ meeting }, { anonymousJoin: false })).kind).toBe('denied');
  });
});

describe('guests', () => {
  test('are denied, not parked, when the tenant takes no guests', () => {
    const door = doorOf({ guestAccess: false, meeting: meetingOf({ lobby: 'organizationExcludingGuests' }) });
    expect(askEntry(CALLERS.guest, door)).toEqual({ kind: 'denied', code: 'guest-access-off' });
    expect(askEntry(CALLERS.federated, door).kind).toBe('lobby');
  });
});

describe('co-organizers', () => {
  test('never wait; presenters do as everybody', () => {
    const meeting = meetingOf({ lobby: 'organizer', coOrganizers: ['abc:mia'], presenters: ['abc:pia'] });
    expect(askEntry(CALLERS.member, doorOf({ meeting })).kind).toBe('in');
    expect(askEntry(callerOf('abc:pia', 'member'), doorOf({ meeting })).kind).toBe('lobby');
  });

  test('count only as members', () => {
    const meeting = meetingOf({ lobby: 'organizer', coOrganizers: ['abc:gus'] });
    expect(askEntry(CALLERS.guest, doorOf({ meeting })).kind).toBe('lobby');
  });
});

describe('a lobby setting that the tenant does not allow any more', () => {
  const settings = { lobby: { default: 'invited', allowed: ['invited', 'organizer'] } } as const;

  test('opens no more than the tenant’s default', () => {
    const meeting = meetingOf({ lobby: 'everyone' });
    expect(lobbyModesOf(meeting, { ...DEFAULT_MEETING_SETTINGS, ...settings })).toEqual(['everyone', 'invited']);
    expect(askEntry(CALLERS.member, doorOf({ meeting }, settings)).kind).toBe('lobby');
    expect(askEntry({ ...CALLERS.member, invited: true }, doorOf({ meeting }, settings)).kind).toBe('in');
  });

  test('opens no more than the organizer chose', () => {
    const meeting = meetingOf({ lobby: 'organizationExcludingGuests' });
    expect(askEntry({ ...CALLERS.guest, invited: true }, doorOf({ meeting }, settings)).kind).toBe('lobby');
  });
});

describe('a one-time call', () => {
  test.each(['member', 'guest', 'federated', 'anonymous'] as const)(
    'makes a %s wait, whatever the lobby says',
    (kind) => {
      const meeting = oneTime({ lobby: 'everyone' });
      expect(askEntry(CALLERS[kind], doorOf({ meeting }, { anonymousCanStart: true })).kind).toBe('lobby');
    },
  );

  test('is open to its agent and to colleagues who were named', () => {
    const meeting = oneTime({ invitees: [{ kind: 'account', person: 'abc:mia' }] });
    expect(askEntry(CALLERS.organizer, doorOf({ meeting })).kind).toBe('in');
    expect(askEntry(CALLERS.member, doorOf({ meeting })).kind).toBe('in');
  });

  test('makes a customer wait who was invited by address, even one of the company', () => {
    const meeting = oneTime({ invitees: [{ kind: 'mail', mail: 'mia@abc.com' }] });
    expect(askEntry({ ...CALLERS.member, invited: true }, doorOf({ meeting })).kind).toBe('lobby');
  });

  test('denies anonymous customers where the tenant does not let them join', () => {
    expect(askEntry(CALLERS.anonymous, doorOf({ meeting: oneTime() }, { anonymousJoin: false })).kind).toBe('denied');
  });
});
