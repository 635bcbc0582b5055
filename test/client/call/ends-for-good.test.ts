import { expect, test } from 'vitest';
import { endsForGood } from '../../../src/client/call/ends-for-good.ts';
import type { MeetingKind } from '../../../src/domain/meeting/model.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA } from '../../support/desk-harness/people.ts';

const CALL = '00000000-0000-4000-a000-000000000001';
const AUDIO = { audio: true, video: 'off', problem: 'none' } as const;

function callOf(kind: MeetingKind | 'unknown' | null, customer: 'never came' | 'is in it' | 'was lost') {
  const call = createFakeCall(CALL, ALEX, kind);
  call.as('hub', { type: 'create', kind: 'meeting', title: 'EventTitle', meetingId: 'm' });
  call.as('hub', { type: 'join', ...ALEX, media: AUDIO });
  if (customer !== 'never came') call.as('hub', { type: 'join', ...DANA, media: AUDIO });
  if (customer === 'was lost') {
    call.as('hub', { type: 'loseConnection', person: DANA.person });
    call.as('hub', { type: 'giveUpOn', person: DANA.person });
  }
  return call.session;
}

test.each([
  ['oneTime', 'is in it', true],
  ['oneTime', 'was lost', true],
  ['oneTime', 'never came', false],
  ['scheduled', 'is in it', false],
  ['meetNow', 'is in it', false],
  [null, 'is in it', false],
  // Reloaded in it, and not told yet.
  ['unknown', 'is in it', true],
  ['unknown', 'never came', false],
] as const)('leaving a call of kind %s whose other one %s ends it for good: %s', (kind, customer, expected) => {
  expect(endsForGood(callOf(kind, customer), ALEX.person)).toBe(expected);
});
