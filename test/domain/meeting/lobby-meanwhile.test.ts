import { describe, expect, test } from 'vitest';
import { GRACE_MS } from '../../../src/domain/meeting/lobby-context.ts';
import { lobbyList, lobbyPlace } from '../../../src/domain/meeting/lobby-view.ts';
import { DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import { askLink } from '../../../src/domain/meeting/opening.ts';
import { MAX_WAIT_MS, nextDueMs } from '../../../src/domain/meeting/sweep.ts';
import {
  anonymous,
  callerOf,
  codeOf,
  createDoor,
  HOUR_MS,
  knockOf,
  MINUTE_MS,
  meetingOf,
  member,
  organizer,
  START_MS,
} from './fixtures.ts';

const ann = anonymous('ann');
const bob = anonymous('bob');

describe('when the organizer leaves while somebody waits', () => {
  test('they keep their place, and are admitted later', () => {
    const door = createDoor(meetingOf());
    door.come(organizer);
    door.ask(knockOf(ann));
    door.ask({ type: 'leave', person: organizer.person });
    door.wait(10 * MINUTE_MS);
    door.ask({ type: 'sweep' });
    expect(door.waiting()).toEqual([ann.person]);
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('ok');
  });
});

describe('when a connection is lost', () => {
  test('a place in the lobby is kept for a while', () => {
    const door = createDoor(meetingOf());
    for (const one of [ann, bob]) door.ask(knockOf(one));
    for (const one of [ann, bob]) {
      door.ask({ type: 'loseWaiter', person: one.person, deviceId: `page-${one.person}` });
    }
    door.wait(GRACE_MS - 1);
    door.ask(knockOf(ann));
    door.wait(1);
    door.ask({ type: 'sweep' });
    expect(door.waiting()).toEqual([ann.person]);
  });

  test('somebody who was in comes back without a new admission, for a while', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    door.ask(door.admit(ann.person));
    door.ask({ type: 'enter', person: ann.person });
    door.ask({ type: 'drop', person: ann.person });
    door.wait(GRACE_MS - 1);
    expect(door.ask(knockOf(ann))).toEqual({ ok: true, value: [] });
    door.ask({ type: 'enter', person: ann.person });
    door.ask({ type: 'drop', person: ann.person });
    door.wait(GRACE_MS);
    door.ask(knockOf(ann));
    expect([door.waiting(), door.inside()]).toEqual([[ann.person], []]);
  });

  test('nobody comes back whom the tenant does not let in any more', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    door.ask(door.admit(ann.person));
    door.ask({ type: 'enter', person: ann.person });
    door.ask({ type: 'drop', person: ann.person });
    door.change({ settings: { ...DEFAULT_MEETING_SETTINGS, anonymousJoin: false } });
    expect(codeOf(door.ask(knockOf(ann)))).toBe('anonymous-off');
  });

  test('nobody enters without a place', () => {
    expect(codeOf(createDoor(meetingOf()).ask({ type: 'enter', person: ann.person }))).toBe('out-of-turn');
  });
});

describe('when the hub restarts', () => {
  test('everybody keeps their place and their order, however long it was away', () => {
    const door = createDoor(meetingOf());
    door.come(organizer);
    door.ask(knockOf(ann));
    door.ask(knockOf(bob));
    door.ask({ type: 'loseWaiter', person: bob.person, deviceId: 'page-anon:bob' });
    door.store();
    door.wait(10 * MINUTE_MS);
    door.ask({ type: 'restart' });
    expect(door.waiting()).toEqual([ann.person, bob.person]);
    expect(lobbyList(door.state, door.context.nowMs).map(({ away }) => away)).toEqual([true, true]);
    door.ask(knockOf(bob, 'after'));
    door.ask(knockOf(ann, 'after'));
    expect(door.waiting()).toEqual([ann.person, bob.person]);
    door.ask({ type: 'enter', person: organizer.person });
    expect(door.state.inside[organizer.person]?.state).toBe('in');
  });

  test('those who do not come back are forgotten in the end', () => {
    const door = createDoor(meetingOf());
    door.come(organizer);
    door.ask(knockOf(ann));
    door.ask({ type: 'restart' });
    door.wait(GRACE_MS);
    door.ask({ type: 'sweep' });
    expect([door.waiting(), door.inside()]).toEqual([[], []]);
  });
});

describe('when something changes meanwhile', () => {
  const turnedAway = (door: ReturnType<typeof createDoor>) => {
    const decision = door.ask({ type: 'reconsider', callers: [] });
    return decision.ok ? decision.value.map((event) => (event.type === 'turnedAway' ? event.code : event.type)) : [];
  };
  const waitingFor = (changes: Parameters<typeof meetingOf>[0] = {}) => {
    const door = createDoor(meetingOf(changes));
    door.ask(knockOf(ann));
    return door;
  };

  test.each([
    ['the meeting is cancelled', { cancelled: true }, ['meeting-cancelled']],
    [
      'it is moved to tomorrow',
      { startMs: START_MS + 24 * HOUR_MS, endMs: START_MS + 25 * HOUR_MS },
      ['meeting-moved'],
    ],
    ['it is moved by ten minutes', { startMs: START_MS + 10 * MINUTE_MS }, []],
    ['it is moved into the past', { startMs: START_MS - HOUR_MS, endMs: START_MS }, ['call-over']],
    ['anonymous people are not let in any more', { anonymousAllowed: false }, ['anonymous-off']],
    ['the lobby stays as strict', { lobby: 'organizer' as const }, []],
  ])('%s', (_what, changes, expected) => {
    const door = waitingFor();
    door.change({ meeting: meetingOf(changes) });
    expect(turnedAway(door)).toEqual(expected);
  });

  test('a lobby that opens lets in those who wait', () => {
    const door = waitingFor();
    door.come(organizer);
    door.change({ meeting: meetingOf({ lobby: 'everyone' }) });
    expect(turnedAway(door)).toEqual(['letIn']);
    expect(door.inside()).toContain(ann.person);
  });

  test('a lobby that closes lets those who are in stay', () => {
    const door = createDoor(meetingOf());
    door.come(member);
    door.change({ meeting: meetingOf({ lobby: 'organizer' }) });
    expect(turnedAway(door)).toEqual([]);
    expect(door.inside()).toEqual([member.person]);
  });

  test('whoever may not even wait any more goes out, and nobody else does', () => {
    const door = createDoor(meetingOf());
    door.come(organizer);
    for (const one of [ann, callerOf('abc:gus', 'guest')]) {
      door.ask(knockOf(one));
      door.ask(door.admit(one.person));
    }
    door.change({ meeting: meetingOf({ anonymousAllowed: false }) });
    expect(turnedAway(door)).toEqual(['wentOut']);
    expect(door.inside()).toEqual([organizer.person, 'abc:gus']);
    door.change({ guestAccess: false });
    expect(turnedAway(door)).toEqual(['wentOut']);
    expect(door.inside()).toEqual([organizer.person]);
  });

  test('a cancelled meeting goes on for those who are in it: they come back after a drop, and nobody else comes', () => {
    const door = createDoor(meetingOf());
    door.come(organizer);
    door.ask(knockOf(ann));
    door.ask(door.admit(ann.person));
    door.ask({ type: 'enter', person: ann.person });
    door.change({ meeting: meetingOf({ cancelled: true }) });
    expect(turnedAway(door)).toEqual([]);
    door.ask({ type: 'drop', person: ann.person });
    expect(door.ask(knockOf(ann, 'after the drop'))).toEqual({ ok: true, value: [] });
    const asked = (person: string) => askLink({ lobby: door.state, context: door.context, person });
    expect(asked(ann.person).ok).toBe(true);
    expect(asked(bob.person)).toMatchObject({ refusal: { code: 'meeting-cancelled' } });
    expect(codeOf(door.ask(knockOf(bob)))).toBe('meeting-cancelled');
  });

  test('guests who wait are turned away when the tenant closes to them', () => {
    const door = createDoor(meetingOf({ lobby: 'organizationExcludingGuests' }));
    door.ask(knockOf(callerOf('abc:gus', 'guest')));
    door.change({ guestAccess: false });
    expect(turnedAway(door)).toEqual(['guest-access-off']);
  });

  test('somebody whose class becomes better comes in', () => {
    const door = createDoor(meetingOf({ lobby: 'organizationAndFederated' }));
    const fred = callerOf('contoso:fred', 'anonymous', { signedIn: true });
    door.ask(knockOf(fred));
    door.ask({ type: 'reconsider', callers: [{ ...fred, class: 'federated' }, member] });
    expect(door.inside()).toEqual([fred.person]);
    expect(door.state.inside[fred.person]?.caller.class).toBe('federated');
  });
});

describe('time', () => {
  test('ends waiting that led nowhere', () => {
    const door = createDoor(meetingOf({ endMs: START_MS + 5 * HOUR_MS }));
    door.ask(knockOf(ann));
    expect(nextDueMs(door.state, door.context)).toBe(START_MS + MAX_WAIT_MS);
    door.wait(MAX_WAIT_MS);
    const decision = door.ask({ type: 'sweep' });
    expect(decision).toMatchObject({ value: [{ type: 'turnedAway', code: 'waited-too-long' }] });
    expect(nextDueMs(door.state, door.context)).toBeNull();
  });

  test('ends waiting with the meeting, unless people are in it', () => {
    const empty = createDoor(meetingOf({ endMs: START_MS + 30 * MINUTE_MS }));
    const held = createDoor(meetingOf({ endMs: START_MS + 30 * MINUTE_MS }));
    held.come(organizer);
    for (const door of [empty, held]) {
      door.ask(knockOf(ann));
      door.wait(30 * MINUTE_MS);
      door.ask({ type: 'sweep' });
    }
    expect([empty.waiting(), held.waiting()]).toEqual([[], [ann.person]]);
    held.ask({ type: 'leave', person: organizer.person });
    expect(nextDueMs(held.state, held.context)).toBe(START_MS + 30 * MINUTE_MS);
    expect(held.ask({ type: 'sweep' })).toMatchObject({ value: [{ code: 'call-over' }] });
  });

  test('needs no exact timer: what is due happens before what is asked', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(member));
    door.wait(GRACE_MS);
    const decision = door.ask(knockOf(ann));
    expect(decision.ok && decision.value.map(({ type }) => type)).toEqual(['wentOut', 'waited']);
  });

  test('that goes backwards on the hub is no time waited', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    expect(lobbyPlace(door.state, ann.person, START_MS - MINUTE_MS)?.waitedMs).toBe(0);
  });
});
