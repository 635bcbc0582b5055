import { describe, expect, test } from 'vitest';
import type { Admitter } from '../../../src/domain/meeting/admitting.ts';
import type { Caller } from '../../../src/domain/meeting/model.ts';
import { anonymous, atDesk, callerOf, createDoor, meetingOf, member, oneTime, organizer } from './fixtures.ts';

const fred = callerOf('contoso:fred', 'federated');
const guest = callerOf('abc:gina', 'guest');

/** A meeting with the organizer and a member in it. */
function setUp(meeting = meetingOf()) {
  const door = createDoor(meeting);
  for (const one of [organizer, member]) {
    door.ask({ type: 'knock', caller: one, deviceId: `page-${one.person}` });
    door.ask({ type: 'enter', person: one.person });
  }
  const bring = (by: Admitter, caller: Caller) => door.ask({ type: 'bring', by, caller });
  return { door, bring };
}

describe('ringing somebody into a meeting', () => {
  test.each([callerOf('abc:mo', 'member'), guest, fred])('gives a place at once, whatever the lobby: $class', (who) => {
    const { door, bring } = setUp(meetingOf({ lobby: 'everyone' }));
    expect(bring(atDesk(member), who).ok).toBe(true);
    expect(door.inside()).toContain(who.person);
  });

  test('is for the company’s people in the meeting, and brings nobody without a sign-in that counts', () => {
    const { door, bring } = setUp();
    bring(atDesk(organizer), fred);
    expect(bring(atDesk(fred), guest)).toMatchObject({ refusal: { code: 'outsiders-no-adding' } });
    expect(bring(atDesk(callerOf('abc:mo', 'member')), guest)).toMatchObject({ refusal: { code: 'not-in-call' } });
    const rita = callerOf('rival:rita', 'anonymous', { signedIn: true });
    for (const one of [rita, anonymous('ann')]) {
      expect(bring(atDesk(member), one)).toMatchObject({ refusal: { code: 'external-off' } });
    }
    door.change({ guestAccess: false });
    expect(bring(atDesk(member), guest)).toMatchObject({ refusal: { code: 'guest-access-off' } });
  });

  test('decides about nobody who waits or was denied, but by those who may admit', () => {
    const { door, bring } = setUp();
    door.ask({ type: 'knock', caller: fred, deviceId: 'page' });
    expect(bring(atDesk(member), fred)).toMatchObject({ refusal: { code: 'may-not-admit' } });
    door.ask({ type: 'deny', by: atDesk(organizer), person: fred.person });
    expect(bring(atDesk(member), fred)).toMatchObject({ refusal: { code: 'already-denied', detail: organizer.name } });
    door.ask({ type: 'knock', caller: fred, deviceId: 'page' });
    expect(bring(atDesk(organizer), fred).ok).toBe(true);
    expect([door.waiting(), door.inside().includes(fred.person)]).toEqual([[], true]);
  });

  test('takes the last place, and is refused where there is none', () => {
    const { bring } = setUp();
    expect(bring(atDesk(member), guest).ok).toBe(true);
    expect(bring(atDesk(member), fred).ok).toBe(true);
    expect(bring(atDesk(member), callerOf('abc:mo', 'member'))).toMatchObject({ refusal: { code: 'meeting-full' } });
    expect(bring(atDesk(member), fred)).toEqual({ ok: true, value: [] });
  });

  test('is nothing for a one-time call: its second place is the customer’s', () => {
    const door = createDoor(oneTime());
    door.ask({ type: 'knock', caller: organizer, deviceId: 'page' });
    const answer = door.ask({ type: 'bring', by: atDesk(organizer), caller: member });
    expect(answer).toMatchObject({ refusal: { code: 'one-time-full' } });
  });
});
