import { describe, expect, test } from 'vitest';
import type { RefusalCode } from '../../../src/domain/call/refusal.ts';
import { GRACE_MS } from '../../../src/domain/meeting/lobby-context.ts';
import { initialLobby } from '../../../src/domain/meeting/lobby-state.ts';
import { type Caller, DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import { linkExpiresAtMs, ONE_TIME_TITLE, oneTimeMeeting, oneTimeState } from '../../../src/domain/meeting/one-time.ts';
import { askLink } from '../../../src/domain/meeting/opening.ts';
import { nextDueMs } from '../../../src/domain/meeting/sweep.ts';
import {
  anonymous,
  atDesk,
  callerOf,
  codeOf,
  contextOf,
  createDoor,
  HOUR_MS,
  knockOf,
  MINUTE_MS,
  meetingOf,
  ORGANIZER,
  oneTime,
  organizer,
  START_MS,
} from './fixtures.ts';

const ann = anonymous('ann');
const bob = anonymous('bob');
const technician = callerOf('abc:tech', 'member');

type Door = ReturnType<typeof createDoor>;
const stateOf = (door: Door) => oneTimeState(door.state, door.context);
const openedBy = (door: Door, person: string | null = null): RefusalCode | 'ok' =>
  codeOf(askLink({ lobby: door.state, context: door.context, person })) as RefusalCode | 'ok';

/** The agent is in, the customer was admitted. */
function inCall(customer: Caller = ann): Door {
  const door = createDoor(oneTime());
  door.come(organizer);
  door.ask(knockOf(customer));
  door.ask(door.admit(customer.person));
  door.ask({ type: 'enter', person: customer.person });
  return door;
}

describe('a one-time call', () => {
  test('starts at once, under the usual title unless it gets one', () => {
    const request = { tid: 'abc', meetingId: 'm', agent: ORGANIZER, nowMs: START_MS, zone: 'UTC', durationMin: 30 };
    expect(oneTimeMeeting({ ...request, title: ' ' })).toMatchObject({
      title: ONE_TIME_TITLE,
      startMs: START_MS,
      endMs: START_MS + 30 * MINUTE_MS,
    });
    expect(oneTimeMeeting({ ...request, title: ' Boiler ' }).title).toBe('Boiler');
  });

  test('goes from waiting over the lobby and the call to its end', () => {
    const door = createDoor(oneTime());
    const seen = [stateOf(door)];
    door.ask(knockOf(ann));
    seen.push(stateOf(door));
    door.ask(door.admit(ann.person));
    seen.push(stateOf(door));
    door.ask({ type: 'leave', person: ann.person });
    seen.push(stateOf(door));
    expect(seen).toEqual(['waiting', 'inLobby', 'inCall', 'ended']);
  });

  test('turns the others away once one is admitted, who see that it is full', () => {
    const door = createDoor(oneTime());
    for (const one of [ann, bob, anonymous('cem')]) door.ask(knockOf(one));
    const decision = door.ask(door.admit(bob.person));
    expect(decision).toMatchObject({
      value: [
        { type: 'letIn', usesLink: true, admitted: { by: ORGANIZER, byName: 'olga' } },
        { type: 'turnedAway', person: 'anon:ann', code: 'one-time-full' },
        { type: 'turnedAway', person: 'anon:cem', code: 'one-time-full' },
      ],
    });
    expect(codeOf(door.ask(knockOf(ann)))).toBe('one-time-full');
    expect(openedBy(door)).toBe('one-time-full');
  });

  test('does not choose among several: the agent does', () => {
    const door = createDoor(oneTime());
    for (const one of [ann, bob]) door.ask(knockOf(one));
    const people = [ann.person, bob.person];
    expect(codeOf(door.ask({ type: 'admitAll', by: atDesk(organizer), people }))).toBe('choose-one');
    expect(codeOf(door.ask({ type: 'admitAll', by: atDesk(organizer), people: [bob.person] }))).toBe('ok');
    expect(door.inside()).toEqual([bob.person]);
  });

  test('is for two people, not two devices', () => {
    const door = inCall();
    expect(door.ask(knockOf(organizer, 'headset'))).toEqual({ ok: true, value: [] });
    expect(codeOf(door.ask(knockOf(bob)))).toBe('one-time-full');
    expect(door.inside()).toHaveLength(2);
  });

  test('may be joined by a technician who was named, as one of the two', () => {
    const door = createDoor(oneTime({ invitees: [{ kind: 'account', person: technician.person }] }));
    door.ask(knockOf(ann));
    door.come(technician);
    door.ask(door.admit(ann.person));
    expect(door.inside()).toEqual([technician.person, ann.person]);
    expect(codeOf(door.ask(knockOf(organizer)))).toBe('one-time-full');
  });

  test('of two colleagues has no room for a customer, and its link is not used', () => {
    const door = createDoor(oneTime({ invitees: [{ kind: 'account', person: technician.person }] }));
    door.ask(knockOf(ann));
    door.come(technician);
    door.come(organizer);
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('one-time-full');
    expect(codeOf(door.ask(knockOf(bob)))).toBe('one-time-full');
    expect([openedBy(door), openedBy(door, ann.person)]).toEqual(['one-time-full', 'ok']);
    door.ask({ type: 'leave', person: technician.person });
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('ok');
    expect(door.state.ended).toBe(false);
  });

  test('makes a customer of the company wait as everybody', () => {
    const door = createDoor(oneTime({ lobby: 'everyone' }));
    door.come(organizer);
    door.ask(knockOf(callerOf('abc:new', 'member')));
    expect(door.waiting()).toEqual(['abc:new']);
  });

  test('keeps the customer waiting when the agent leaves before admitting', () => {
    const door = createDoor(oneTime());
    door.come(organizer);
    door.ask(knockOf(ann));
    door.ask({ type: 'leave', person: organizer.person });
    expect([door.waiting(), stateOf(door)]).toEqual([[ann.person], 'inLobby']);
    door.come(organizer);
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('ok');
  });
});

describe('a one-time link', () => {
  test('is not used by opening it, nor by Deny', () => {
    const door = createDoor(oneTime());
    expect([openedBy(door), openedBy(door)]).toEqual(['ok', 'ok']);
    door.ask(knockOf(ann));
    door.ask({ type: 'deny', by: atDesk(organizer), person: ann.person });
    expect([door.state.link, openedBy(door), stateOf(door)]).toEqual(['fresh', 'ok', 'waiting']);
  });

  test('that never was is refused in the same words as any other guess', () => {
    expect(askLink(null)).toEqual({ ok: false, refusal: { code: 'link-unknown' } });
  });

  test('expires a day after the scheduled end, and moves with it', () => {
    const meeting = oneTime();
    expect(linkExpiresAtMs(meeting, DEFAULT_MEETING_SETTINGS)).toBe(START_MS + 30 * MINUTE_MS + 24 * HOUR_MS);
    const later = { ...meeting, endMs: meeting.endMs + HOUR_MS };
    expect(linkExpiresAtMs(later, { ...DEFAULT_MEETING_SETTINGS, oneTimeLinkHours: 1 })).toBe(
      START_MS + 2 * HOUR_MS + 30 * MINUTE_MS,
    );
  });

  test('lets nobody wait once it has expired, and sends away who does', () => {
    const door = createDoor(oneTime(), { settings: { ...DEFAULT_MEETING_SETTINGS, oneTimeLinkHours: 0 } });
    door.ask(knockOf(ann));
    door.ask({ type: 'sweep' });
    expect(nextDueMs(door.state, door.context)).toBe(START_MS + 30 * MINUTE_MS);
    door.wait(30 * MINUTE_MS - 1);
    expect([openedBy(door), stateOf(door)]).toEqual(['ok', 'inLobby']);
    door.wait(1);
    expect([openedBy(door), stateOf(door)]).toEqual(['link-expired', 'expired']);
    expect(door.ask({ type: 'sweep' })).toMatchObject({ value: [{ type: 'turnedAway', code: 'link-expired' }] });
    expect(codeOf(door.ask(knockOf(ann)))).toBe('link-expired');
    expect(codeOf(door.ask(knockOf(organizer)))).toBe('link-expired');
  });

  test('does not end a call that runs when its time is over', () => {
    const door = inCall();
    door.wait(48 * HOUR_MS);
    door.ask({ type: 'sweep' });
    expect([door.inside().length, stateOf(door)]).toEqual([2, 'inCall']);
  });

  test('that is opened too early says so, as a meeting does', () => {
    const door = createDoor(oneTime({ startMs: START_MS + HOUR_MS, endMs: START_MS + 2 * HOUR_MS }));
    expect(openedBy(door)).toBe('meeting-not-joinable');
  });

  test('is taken back by its agent, for those who wait and those who come', () => {
    const door = createDoor(oneTime());
    door.ask(knockOf(ann));
    expect(codeOf(door.ask({ type: 'revoke', by: technician }))).toBe('organizer-only');
    expect(door.ask({ type: 'revoke', by: organizer })).toMatchObject({
      value: [{ type: 'turnedAway', code: 'link-revoked' }, { type: 'linkRevoked' }],
    });
    expect([openedBy(door), stateOf(door), door.waiting()]).toEqual(['link-revoked', 'revoked', []]);
    expect(codeOf(door.ask(knockOf(ann)))).toBe('link-revoked');
    expect(door.ask({ type: 'revoke', by: organizer })).toEqual({ ok: true, value: [] });
  });

  test('is not taken back once it was used', () => {
    const door = inCall();
    const refused = door.ask({ type: 'revoke', by: organizer });
    expect(refused).toEqual({ ok: false, refusal: { code: 'already-admitted', detail: 'olga' } });
    door.ask({ type: 'leave', person: ann.person });
    expect(codeOf(door.ask({ type: 'revoke', by: organizer }))).toBe('call-over');
  });

  test('of another meeting is not revoked', () => {
    expect(codeOf(createDoor(meetingOf()).ask({ type: 'revoke', by: organizer }))).toBe('out-of-turn');
  });

  test('of a cancelled call counts as revoked', () => {
    const door = createDoor(oneTime({ cancelled: true }));
    expect([openedBy(door), stateOf(door)]).toEqual(['meeting-cancelled', 'revoked']);
  });

  test('opens for whoever is in, and for its agent', () => {
    const door = inCall();
    expect([openedBy(door, ann.person), openedBy(door, ORGANIZER), openedBy(door, bob.person)]).toEqual([
      'ok',
      'ok',
      'one-time-full',
    ]);
  });

  test('of an ordinary meeting works for many, as long as the meeting lasts', () => {
    const lobby = initialLobby('m1');
    const ask = (nowMs: number) => codeOf(askLink({ lobby, context: contextOf(meetingOf(), { nowMs }), person: null }));
    expect([ask(START_MS), ask(START_MS + HOUR_MS)]).toEqual(['ok', 'call-over']);
  });
});

describe('the end of a one-time call', () => {
  test.each([
    ['the customer', ann.person],
    ['the agent', ORGANIZER],
  ])('by %s is final, for everybody', (_who, person) => {
    const door = inCall();
    door.ask({ type: 'leave', person });
    door.store();
    expect(door.inside()).toEqual([]);
    for (const one of [ann, bob, organizer]) expect(codeOf(door.ask(knockOf(one)))).toBe('call-over');
    expect([openedBy(door), openedBy(door, ann.person), openedBy(door, ORGANIZER)]).toEqual(Array(3).fill('call-over'));
  });

  test('comes when the customer is lost for longer than the time to come back', () => {
    const door = inCall();
    door.ask({ type: 'drop', person: ann.person });
    door.wait(GRACE_MS - 1);
    expect(door.ask(knockOf(ann))).toEqual({ ok: true, value: [] });
    door.ask({ type: 'enter', person: ann.person });
    door.ask({ type: 'drop', person: ann.person });
    expect(nextDueMs(door.state, door.context)).toBe(door.context.nowMs + GRACE_MS);
    door.wait(GRACE_MS);
    expect(door.ask({ type: 'sweep' })).toMatchObject({
      value: [{ type: 'wentOut', reason: 'lost' }, { type: 'callEnded' }],
    });
    expect(codeOf(door.ask(knockOf(ann)))).toBe('call-over');
  });

  test('does not come when the agent is lost: the agent may return to the customer', () => {
    const door = inCall();
    door.ask({ type: 'drop', person: ORGANIZER });
    door.wait(10 * MINUTE_MS);
    door.ask({ type: 'sweep' });
    expect([door.inside(), stateOf(door)]).toEqual([[ann.person], 'inCall']);
    expect(codeOf(door.ask(knockOf(bob)))).toBe('one-time-full');
    door.come(organizer);
    expect(door.inside()).toEqual([ann.person, ORGANIZER]);
  });

  test('comes when an admitted customer never arrives', () => {
    const door = createDoor(oneTime());
    door.ask(knockOf(ann));
    door.ask(door.admit(ann.person));
    door.wait(GRACE_MS);
    door.ask({ type: 'sweep' });
    expect(stateOf(door)).toBe('ended');
  });
});
