import { describe, expect, test } from 'vitest';
import { DEFAULT_MEETING_SETTINGS, type Invitee, LOBBY_MODES } from '../../../src/domain/meeting/model.ts';
import { isMail, type MeetingDraft, plannedMeeting, scheduleProblems } from '../../../src/domain/meeting/schedule.ts';
import { scheduleWarnings, type WarningContext } from '../../../src/domain/meeting/schedule-warnings.ts';
import type { Account } from '../../../src/domain/reach/model.ts';
import { createWorld } from '../../../src/domain/reach/world.ts';
import { accountOf, HOUR_MS, MINUTE_MS, meetingOf, ORGANIZER, START_MS, tenantOf } from './fixtures.ts';

const draftOf = (changes: Partial<MeetingDraft> = {}): MeetingDraft => ({
  title: 'Pump',
  startMs: START_MS,
  endMs: START_MS + HOUR_MS,
  zone: 'Europe/Berlin',
  invitees: [],
  coOrganizers: [],
  presenters: [],
  lobby: 'organization',
  anonymousAllowed: true,
  ...changes,
});

const ACCOUNTS: readonly Account[] = [
  accountOf(ORGANIZER),
  accountOf('abc:mia'),
  accountOf('abc:tech'),
  accountOf('abc:gus', { kind: 'guest' }),
  accountOf('contoso:fred'),
  accountOf('rival:rita'),
];
const RIVAL = tenantOf('rival', { external: { enabled: false, mode: { kind: 'open' } } });

const contextOf = (changes: Partial<WarningContext> = {}): WarningContext => ({
  world: createWorld([tenantOf('abc'), tenantOf('contoso'), RIVAL]),
  settings: DEFAULT_MEETING_SETTINGS,
  organizer: accountOf(ORGANIZER),
  accountOf: (person) => ACCOUNTS.find(({ key }) => key === person),
  isZone: (zone) => zone === 'Europe/Berlin',
  nowMs: START_MS - HOUR_MS,
  before: null,
  sitsAtDesk: (person) => person === 'abc:mia',
  meetings: [],
  ...changes,
});

const kinds = (draft: MeetingDraft, context = contextOf()) => scheduleProblems(draft, context).map(({ kind }) => kind);
const mail = (address: string): Invitee => ({ kind: 'mail', mail: address });
const account = (person: string): Invitee => ({ kind: 'account', person });

describe('a meeting can be planned', () => {
  test('with a subject, a time and people', () => {
    expect(kinds(draftOf({ invitees: [account('abc:mia'), mail('expert@oem.example')] }))).toEqual([]);
    expect(plannedMeeting(draftOf({ title: ' Pump ' }), accountOf(ORGANIZER))).toMatchObject({
      title: 'Pump',
      organizer: ORGANIZER,
      tid: 'abc',
      kind: 'scheduled',
      revision: 1,
    });
  });

  test.each([
    ['without a subject', { title: ' ' }, ['title-missing']],
    ['with a very long subject', { title: 'x'.repeat(201) }, ['title-too-long']],
    ['in a zone that nobody knows', { zone: 'Mars/Olympus' }, ['zone-unknown']],
    ['without a time', { startMs: Number.NaN }, ['time-missing']],
    ['that ends before it starts', { endMs: START_MS - 1 }, ['too-short']],
    ['that lasts longer than a day', { endMs: START_MS + 24 * HOUR_MS + 1 }, ['too-long']],
    ['in the past', { startMs: START_MS - 2 * HOUR_MS, endMs: START_MS }, ['in-the-past']],
    ['that began minutes ago', { startMs: START_MS - HOUR_MS - 5 * MINUTE_MS, endMs: START_MS }, []],
    ['many years ahead', { startMs: START_MS * 2, endMs: START_MS * 2 + HOUR_MS }, ['too-far-ahead']],
    ['with more people than invitations', { invitees: Array(101).fill(mail('a@b.example')) }, ['too-many-people']],
    ['with an address that is none', { invitees: [mail('expert')] }, ['address-malformed']],
    ['with somebody whom nobody knows', { invitees: [account('abc:ghost')] }, ['person-unknown']],
    ['with a guest as co-organizer', { coOrganizers: ['abc:gus'] }, ['co-organizer-not-member']],
    ['with an outsider as co-organizer', { coOrganizers: ['contoso:fred'] }, ['co-organizer-not-member']],
    ['with a trusted presenter', { presenters: ['contoso:fred', 'abc:gus'] }, []],
    [
      'with a presenter who is not trusted',
      { presenters: ['rival:rita', 'abc:ghost'] },
      Array(2).fill('presenter-not-known'),
    ],
  ])('or not: %s', (_how, changes, expected) => {
    expect(kinds(draftOf(changes))).toEqual(expected);
  });

  test('by members alone', () => {
    const guest = accountOf('abc:gus', { kind: 'guest' });
    expect(kinds(draftOf(), contextOf({ organizer: guest }))).toEqual(['organizer-not-member']);
  });

  test('within what the tenant allows, or with the setting that it had', () => {
    const settings = { ...DEFAULT_MEETING_SETTINGS, lobby: { default: 'invited', allowed: ['invited'] } } as const;
    expect(kinds(draftOf(), contextOf({ settings }))).toEqual(['lobby-not-allowed']);
    expect(kinds(draftOf(), contextOf({ settings, before: meetingOf() }))).toEqual([]);
  });

  test('while it runs, and afterwards, as long as it is not moved into the past', () => {
    const before = meetingOf();
    const running = contextOf({ before, nowMs: START_MS + 30 * MINUTE_MS });
    expect(kinds(draftOf({ endMs: START_MS + 2 * HOUR_MS }), running)).toEqual([]);
    expect(kinds(draftOf({ endMs: START_MS + 10 * MINUTE_MS }), running)).toEqual(['in-the-past']);
    expect(kinds(draftOf({ title: 'Done' }), contextOf({ before, nowMs: START_MS + 9 * HOUR_MS }))).toEqual([]);
  });
});

describe('an address', () => {
  test.each([
    ['expert@oem.example', true],
    ["o'neil+x@sub.oem.example", true],
    ['münchen@oem.example', false],
    ['a b@oem.example', false],
    ['a@b@oem.example', false],
    ['expert@oem', false],
    ['expert@-oem.example', false],
    ['expert@oem.example\r\nBcc: all@abc.com', false],
    [`${'a'.repeat(250)}@b.example`, false],
  ])('%j: %s', (address, expected) => {
    expect(isMail(address)).toBe(expected);
  });
});

describe('planning warns', () => {
  const outsider = mail('expert@oem.example');

  test('of outsiders whom nobody at a desk could admit, and offers what helps', () => {
    const draft = draftOf({ invitees: [account('abc:tech'), account('abc:mia'), outsider] });
    expect(scheduleWarnings(draft, contextOf())).toEqual([
      { kind: 'nobody-to-admit', waiting: [outsider], offerEveryone: true, offerCoOrganizers: ['abc:mia'] },
    ]);
  });

  test('not of it once one of the offers is taken', () => {
    const draft = draftOf({ invitees: [account('abc:mia'), outsider] });
    expect(scheduleWarnings({ ...draft, coOrganizers: ['abc:mia'] }, contextOf())).toEqual([]);
    expect(scheduleWarnings({ ...draft, lobby: 'everyone' }, contextOf())).toEqual([]);
  });

  test('not of it when a headset may admit, or when nobody would wait', () => {
    const headset = contextOf({ settings: { ...DEFAULT_MEETING_SETTINGS, headsetMayAdmit: true } });
    expect(scheduleWarnings(draftOf({ invitees: [outsider] }), headset)).toEqual([]);
    expect(scheduleWarnings(draftOf({ invitees: [account('abc:tech')] }), contextOf())).toEqual([]);
  });

  test('of it for trusted people too, where they wait, without an offer that is not allowed', () => {
    const allowed = LOBBY_MODES.filter((mode) => mode !== 'everyone');
    const settings = { ...DEFAULT_MEETING_SETTINGS, lobby: { default: 'organization', allowed } } as const;
    const fred = account('contoso:fred');
    expect(scheduleWarnings(draftOf({ invitees: [fred, account('abc:gus')] }), contextOf({ settings }))).toEqual([
      { kind: 'nobody-to-admit', waiting: [fred], offerEveryone: false, offerCoOrganizers: [] },
    ]);
    const open = draftOf({ invitees: [fred], lobby: 'organizationAndFederated' });
    expect(scheduleWarnings(open, contextOf({ settings }))).toEqual([]);
  });

  test('of those who could not even wait', () => {
    const closed = tenantOf('abc', { guests: { enabled: false, reach: 'teams' } });
    const context = contextOf({ world: createWorld([closed]) });
    const draft = draftOf({ anonymousAllowed: false, invitees: [outsider, account('abc:gus')] });
    expect(scheduleWarnings(draft, context)).toEqual([
      { kind: 'cannot-join', invitees: [outsider], code: 'anonymous-off' },
      { kind: 'cannot-join', invitees: [account('abc:gus')], code: 'guest-access-off' },
    ]);
  });

  test('of the organizer’s other meetings at that time', () => {
    const other = (meetingId: string, from: number, more = {}) =>
      meetingOf({ meetingId, startMs: START_MS + from, endMs: START_MS + from + HOUR_MS, ...more });
    const meetings = [
      other('touching', HOUR_MS),
      other('half over', -30 * MINUTE_MS),
      other('cancelled', 0, { cancelled: true }),
      other('itself', 0),
    ];
    const context = contextOf({ meetings, before: meetingOf({ meetingId: 'itself' }) });
    expect(scheduleWarnings(draftOf(), context)).toEqual([{ kind: 'overlaps', meetingIds: ['half over'] }]);
  });
});
