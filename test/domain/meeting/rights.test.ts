import { describe, expect, test } from 'vitest';
import type { DeviceKind } from '../../../src/domain/call/state.ts';
import { admitters, mayAdmit, mayManage } from '../../../src/domain/meeting/admitting.ts';
import { type Caller, DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import { MEETING_RIGHTS, mayInMeeting, type Participation } from '../../../src/domain/meeting/rights.ts';
import { callerOf, codeOf, meetingOf, member, organizer } from './fixtures.ts';

const who = (changes: Partial<Participation>): Participation => ({
  class: 'anonymous',
  signedIn: false,
  device: 'join',
  meeting: 'scheduled',
  ...changes,
});
const answers = (participation: Participation) =>
  MEETING_RIGHTS.map((right) => codeOf(mayInMeeting(right, participation)));

describe('what the meeting lets somebody do', () => {
  // addPeople, storageFiles, roster, annotate, shareScreen, snapshotPrompt, record, useHeadset
  const cannot = ['outsiders-no-adding', 'anonymous-no-files', 'anonymous-no-roster'];
  test.each([
    ['the organizer', who({ class: 'organizer', signedIn: true }), Array(8).fill('ok')],
    ['a member', who({ class: 'member', signedIn: true }), Array(8).fill('ok')],
    ['a guest', who({ class: 'guest', signedIn: true }), [...Array(7).fill('ok'), 'guest-on-headset']],
    [
      'a federated person',
      who({ class: 'federated', signedIn: true }),
      ['outsiders-no-adding', 'external-no-files', 'ok', 'ok', 'ok', 'ok', 'outsiders-no-recording', 'ok'],
    ],
    [
      'an anonymous person at a desktop',
      who({}),
      [...cannot, 'ok', 'ok', 'anonymous-no-snapshots', 'outsiders-no-recording', 'anonymous-no-headset'],
    ],
    [
      'an anonymous person on a phone',
      who({ device: 'phone' }),
      [...cannot, 'draw-on-desktop', 'ok', 'anonymous-no-snapshots', 'outsiders-no-recording', 'anonymous-no-headset'],
    ],
    [
      'a one-time customer without an account',
      who({ meeting: 'oneTime' }),
      [
        ...cannot,
        'one-time-no-drawing',
        'ok',
        'anonymous-no-snapshots',
        'outsiders-no-recording',
        'anonymous-no-headset',
      ],
    ],
    [
      'a one-time customer who is signed in elsewhere',
      who({ meeting: 'oneTime', signedIn: true, device: 'phone' }),
      [...cannot, 'ok', 'ok', 'ok', 'outsiders-no-recording', 'anonymous-no-headset'],
    ],
    ['an anonymous person on a headset', who({ device: 'headset' }), Array(8).fill('anonymous-no-headset')],
  ])('%s', (_who, participation, expected) => {
    expect(answers(participation)).toEqual(expected);
  });
});

describe('admitting', () => {
  const meeting = meetingOf({ coOrganizers: ['abc:cora'], presenters: ['abc:pia', 'rival:rita', 'contoso:fred'] });
  const ask = (caller: Caller, device: DeviceKind = 'desk', headsetMayAdmit = false) =>
    codeOf(mayAdmit({ caller, device }, meeting, { ...DEFAULT_MEETING_SETTINGS, headsetMayAdmit }));

  test.each([
    ['the organizer', organizer, 'ok'],
    ['a co-organizer', callerOf('abc:cora', 'member'), 'ok'],
    ['a presenter', callerOf('abc:pia', 'member'), 'ok'],
    ['a federated presenter', callerOf('contoso:fred', 'federated'), 'ok'],
    ['a presenter whom the company does not know', callerOf('rival:rita', 'anonymous'), 'may-not-admit'],
    ['another member', member, 'may-not-admit'],
    ['an anonymous person', callerOf('anon:1', 'anonymous'), 'may-not-admit'],
  ])('at a desk: %s', (_who, caller, expected) => {
    expect(ask(caller)).toBe(expected);
  });

  test('from a headset is for those who may, where the tenant says so', () => {
    expect(ask(organizer, 'headset')).toBe('may-not-admit');
    expect(ask(organizer, 'headset', true)).toBe('ok');
    expect(ask(member, 'headset', true)).toBe('may-not-admit');
  });

  test('is not done from a page behind a link', () => {
    expect([ask(organizer, 'join', true), ask(organizer, 'phone', true)]).toEqual(['may-not-admit', 'may-not-admit']);
  });

  test('is done by these, the organizer first', () => {
    expect(admitters(meetingOf({ coOrganizers: ['abc:c'], presenters: ['abc:c', 'abc:p'] }))).toEqual([
      'abc:olga',
      'abc:c',
      'abc:p',
    ]);
  });
});

describe('managing a meeting', () => {
  const meeting = meetingOf({ coOrganizers: ['abc:cora'], presenters: ['abc:pia'] });
  test.each([
    ['abc:olga', ['ok', 'ok', 'ok']],
    ['abc:cora', ['ok', 'ok', 'organizer-only']],
    ['abc:pia', ['organizer-only', 'organizer-only', 'organizer-only']],
  ])('%s', (person, expected) => {
    const actions = ['edit', 'revoke', 'cancel'] as const;
    expect(actions.map((action) => codeOf(mayManage(person, meeting, action)))).toEqual(expected);
  });
});
