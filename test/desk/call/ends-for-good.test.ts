import { expect, test } from 'vitest';
import type { Meeting } from '../../../src/client/types.ts';
import { endsForGood } from '../../../src/desk/call/ends-for-good.ts';
import { createFakeCall } from '../../support/desk-harness/fake-call.ts';
import { ALEX, DANA, meetings } from '../../support/desk-harness/people.ts';

const CALL = '00000000-0000-4000-a000-000000000001';
const AUDIO = { audio: true, video: 'off', problem: 'none' } as const;

function callOf(meeting: Meeting, isCustomerIn: boolean) {
  const call = createFakeCall(CALL, ALEX);
  call.as('hub', { type: 'create', kind: 'meeting', title: meeting.title, meetingId: meeting.meetingId });
  call.as('hub', { type: 'join', ...ALEX, media: AUDIO });
  if (isCustomerIn) call.as('hub', { type: 'join', ...DANA, media: AUDIO });
  return call.state();
}

test.each([
  ['oneTime', true, true],
  ['oneTime', false, false],
  ['scheduled', true, false],
] as const)('leaving a %s meeting with somebody in it (%s) ends it for good: %s', (kind, isCustomerIn, expected) => {
  const [meeting] = meetings(0);
  if (meeting === undefined) throw new Error('no meeting');
  const listed = { state: 'ready', value: [{ ...meeting, kind }] } as const;
  expect(endsForGood(listed, callOf(meeting, isCustomerIn), ALEX.person)).toBe(expected);
  expect(endsForGood({ state: 'loading' }, callOf(meeting, isCustomerIn), ALEX.person)).toBe(false);
});
