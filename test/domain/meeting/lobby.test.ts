import { describe, expect, test } from 'vitest';
import { decidedBefore } from '../../../src/domain/call/refusal.ts';
import { MAX_WAITING } from '../../../src/domain/meeting/decide-lobby.ts';
import { GRACE_MS } from '../../../src/domain/meeting/lobby-context.ts';
import { lobbyList, lobbyPlace } from '../../../src/domain/meeting/lobby-view.ts';
import { DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import {
  anonymous,
  atDesk,
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
const cora = callerOf('abc:cora', 'member');

describe('somebody who knocks', () => {
  test('comes in when nobody has to let them in', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(member));
    expect(door.state.inside[member.person]?.state).toBe('entering');
    door.ask({ type: 'enter', person: member.person });
    expect(door.state.inside[member.person]?.state).toBe('in');
  });

  test('waits when somebody has to, and knows only their own place', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    door.wait(5_000);
    door.ask(knockOf(bob));
    expect(door.inside()).toEqual([]);
    expect(lobbyPlace(door.state, ann.person, door.context.nowMs)).toEqual({ number: 1, waitedMs: 5_000 });
    expect(lobbyPlace(door.state, bob.person, door.context.nowMs)).toEqual({ number: 2, waitedMs: 0 });
    expect(lobbyPlace(door.state, member.person, door.context.nowMs)).toBeNull();
  });

  test('is shown to those who may admit, in order', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    door.ask(knockOf(callerOf('contoso:fred', 'federated')));
    expect(lobbyList(door.state, START_MS)).toEqual([
      { person: 'anon:ann', name: 'ann', class: 'anonymous', signedIn: false, waitedMs: 0, away: false },
      { person: 'contoso:fred', name: 'fred', class: 'federated', signedIn: true, waitedMs: 0, away: false },
    ]);
  });

  test.each([
    ['too early', { nowMs: START_MS - 15 * MINUTE_MS - 1 }, {}, 'meeting-not-joinable'],
    ['15 minutes before', { nowMs: START_MS - 15 * MINUTE_MS }, {}, 'ok'],
    ['after the end', { nowMs: START_MS + HOUR_MS }, {}, 'call-over'],
    ['when it was cancelled', {}, { cancelled: true }, 'meeting-cancelled'],
    ['when the organizer lets no anonymous people in', {}, { anonymousAllowed: false }, 'anonymous-off'],
  ])('%s', (_when, context, meeting, expected) => {
    expect(codeOf(createDoor(meetingOf(meeting), context).ask(knockOf(ann)))).toBe(expected);
  });

  test('after the end comes in while others are still there', () => {
    const door = createDoor(meetingOf());
    door.come(organizer);
    door.wait(2 * HOUR_MS);
    expect(codeOf(door.ask(knockOf(member)))).toBe('ok');
  });

  test('as a guest is turned down when the tenant takes no guests', () => {
    const door = createDoor(meetingOf(), { guestAccess: false });
    expect(codeOf(door.ask(knockOf(callerOf('abc:gus', 'guest'))))).toBe('guest-access-off');
  });

  test('finds the lobby full when very many wait', () => {
    const door = createDoor(meetingOf());
    for (let at = 0; at < MAX_WAITING; at += 1) door.ask(knockOf(anonymous(String(at))));
    expect(codeOf(door.ask(knockOf(ann)))).toBe('lobby-full');
    expect(codeOf(door.ask(knockOf(anonymous('7'), 'another page')))).toBe('ok');
  });
});

describe('a second page of somebody who waits', () => {
  test('takes their place over, with its order and its time', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann, 'first'));
    door.ask(knockOf(bob));
    door.wait(1_000);
    const decision = door.ask(knockOf(ann, 'second'));
    expect(decision).toEqual({ ok: true, value: [{ type: 'placeKept', person: ann.person, deviceId: 'second' }] });
    expect(door.waiting()).toEqual([ann.person, bob.person]);
    expect(door.state.waiting[0]).toMatchObject({ deviceId: 'second', sinceMs: START_MS });
  });

  test('leaves the first without a say: closing it gives no place up', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann, 'first'));
    door.ask(knockOf(ann, 'second'));
    door.ask({ type: 'withdraw', person: ann.person, deviceId: 'first' });
    door.ask({ type: 'loseWaiter', person: ann.person, deviceId: 'first' });
    expect(door.state.waiting[0]?.awayUntilMs).toBeNull();
    door.ask({ type: 'withdraw', person: ann.person, deviceId: 'second' });
    expect(door.waiting()).toEqual([]);
  });

  test('of somebody who is in needs no admission', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    door.ask(door.admit(ann.person));
    expect(door.ask(knockOf(ann, 'second'))).toEqual({ ok: true, value: [] });
    expect(door.inside()).toEqual([ann.person]);
  });

  test('brings no other typed name: whoever admits sees the one that comes in', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann, 'first'));
    door.ask(knockOf({ ...ann, name: 'Dana Okafor (ABC)' }, 'second'));
    expect(lobbyList(door.state, START_MS)[0]?.name).toBe('ann');
    door.ask(door.admit(ann.person));
    expect(door.state.inside[ann.person]?.caller.name).toBe('ann');
  });

  test('may bring a new name where a sign-in vouches for it', () => {
    const door = createDoor(meetingOf());
    const fred = callerOf('contoso:fred', 'anonymous', { signedIn: true });
    door.ask(knockOf(fred, 'first'));
    door.ask(knockOf({ ...fred, name: 'Fred Miller' }, 'second'));
    expect(lobbyList(door.state, START_MS)[0]?.name).toBe('Fred Miller');
  });
});

describe('those who may admit', () => {
  test('let in or turn away', () => {
    const door = createDoor(meetingOf());
    for (const one of [ann, bob]) door.ask(knockOf(one));
    door.ask(door.admit(bob.person));
    door.ask({ type: 'deny', by: atDesk(organizer), person: ann.person });
    expect([door.waiting(), door.inside()]).toEqual([[], [bob.person]]);
  });

  test('tell who was denied', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    const decision = door.ask({ type: 'deny', by: atDesk(organizer), person: ann.person });
    expect(decision).toMatchObject({ value: [{ type: 'turnedAway', person: ann.person, code: 'lobby-denied' }] });
    expect(codeOf(door.ask(knockOf(ann)))).toBe('ok');
  });

  test('need the role, and a desk', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    expect(codeOf(door.ask(door.admit(ann.person, atDesk(member))))).toBe('may-not-admit');
    expect(codeOf(door.ask(door.admit(ann.person, { caller: organizer, device: 'headset' })))).toBe('may-not-admit');
    door.change({ settings: { ...DEFAULT_MEETING_SETTINGS, headsetMayAdmit: true } });
    expect(codeOf(door.ask(door.admit(ann.person, { caller: organizer, device: 'headset' })))).toBe('ok');
  });

  test('decide about nobody, themselves least, while they wait', () => {
    const door = createDoor(meetingOf({ lobby: 'organizer', presenters: [member.person] }));
    for (const one of [member, ann]) door.ask(knockOf(one));
    expect(codeOf(door.ask(door.admit(member.person, atDesk(member))))).toBe('may-not-admit');
    expect(codeOf(door.ask(door.admit(ann.person, atDesk(member))))).toBe('may-not-admit');
  });

  test('who decide at the same moment: the second learns who was first', () => {
    const door = createDoor(meetingOf({ coOrganizers: [cora.person] }));
    for (const one of [ann, bob]) door.ask(knockOf(one));
    door.ask(door.admit(ann.person));
    const second = door.ask(door.admit(ann.person, atDesk(cora)));
    expect(second).toEqual({ ok: false, refusal: { code: 'already-admitted', detail: 'olga' } });
    expect(second.ok ? null : decidedBefore(second.refusal)).toBe('olga');
    expect(codeOf(door.ask({ type: 'deny', by: atDesk(cora), person: ann.person }))).toBe('already-admitted');
    door.ask({ type: 'deny', by: atDesk(cora), person: bob.person });
    const late = door.ask(door.admit(bob.person));
    expect(late).toEqual({ ok: false, refusal: { code: 'already-denied', detail: 'cora' } });
  });

  test('may repeat themselves without effect', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    door.ask(door.admit(ann.person));
    expect(door.ask(door.admit(ann.person))).toEqual({ ok: true, value: [] });
  });

  test('cannot let in somebody who is not there', () => {
    const door = createDoor(meetingOf());
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('not-waiting');
    door.ask(knockOf(ann));
    door.ask({ type: 'loseWaiter', person: ann.person, deviceId: 'page-anon:ann' });
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('not-waiting');
  });

  test('cannot let in anybody once the switch is off', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    door.change({ settings: { ...DEFAULT_MEETING_SETTINGS, anonymousJoin: false } });
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('anonymous-off');
  });
});

describe('all at once', () => {
  const people = [ann, bob, anonymous('cem'), anonymous('dan'), anonymous('eve')];
  const everybody = people.map(({ person }) => person);

  test('lets in as many as there are places, in order, and the others wait on', () => {
    const door = createDoor(meetingOf());
    door.come(organizer);
    for (const one of people) door.ask(knockOf(one));
    door.ask({ type: 'admitAll', by: atDesk(organizer), people: everybody.toReversed() });
    expect(door.inside()).toEqual([organizer.person, ...everybody.slice(0, 3)]);
    expect(door.waiting()).toEqual(everybody.slice(3));
    expect(codeOf(door.ask({ type: 'admitAll', by: atDesk(organizer), people: everybody }))).toBe('meeting-full');
  });

  test('concerns those who were seen, nobody who came meanwhile', () => {
    const door = createDoor(meetingOf());
    for (const one of [ann, bob]) door.ask(knockOf(one));
    door.ask({ type: 'admitAll', by: atDesk(organizer), people: [ann.person] });
    expect(door.waiting()).toEqual([bob.person]);
  });

  test('of two at the same moment changes nothing more', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    door.ask({ type: 'admitAll', by: atDesk(organizer), people: [ann.person] });
    expect(door.ask({ type: 'admitAll', by: atDesk(organizer), people: [ann.person] })).toEqual({
      ok: true,
      value: [],
    });
  });

  test('turns away', () => {
    const door = createDoor(meetingOf());
    for (const one of people) door.ask(knockOf(one));
    door.ask({ type: 'denyAll', by: atDesk(organizer), people: everybody.slice(1) });
    expect(door.waiting()).toEqual([ann.person]);
  });
});

describe('a meeting of four', () => {
  const four = ['abc:a', 'abc:b', 'abc:c', 'abc:d'].map((person) => callerOf(person, 'member'));

  test('is full for the fifth, by right or by the lobby', () => {
    const door = createDoor(meetingOf());
    for (const one of four) door.come(one);
    expect(codeOf(door.ask(knockOf(member)))).toBe('meeting-full');
    expect(codeOf(door.ask(knockOf(ann)))).toBe('meeting-full');
  });

  test('keeps the place of somebody who was let in and is on the way', () => {
    const door = createDoor(meetingOf());
    door.ask(knockOf(ann));
    for (const one of four) door.ask(knockOf(one));
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('meeting-full');
    expect(door.waiting()).toEqual([ann.person]);
    door.wait(GRACE_MS);
    expect(codeOf(door.ask(door.admit(ann.person)))).toBe('ok');
  });

  test('has room for whoever is in it on a second device', () => {
    const door = createDoor(meetingOf());
    for (const one of four) door.come(one);
    expect(door.ask(knockOf(callerOf('abc:a', 'member'), 'headset'))).toEqual({ ok: true, value: [] });
  });
});

describe('under everyone', () => {
  const meeting = meetingOf({ lobby: 'everyone' });

  test('those who wait come in with the first verified person, in order, as far as there are places', () => {
    const door = createDoor(meeting);
    const waiters = ['1', '2', '3', '4'].map(anonymous);
    for (const one of waiters) door.ask(knockOf(one));
    door.ask(knockOf(member));
    expect(door.inside()).toEqual([member.person]);
    door.ask({ type: 'enter', person: member.person });
    expect(door.inside()).toEqual([member.person, 'anon:1', 'anon:2', 'anon:3']);
    door.ask({ type: 'leave', person: 'anon:2' });
    expect(door.waiting()).toEqual([]);
    expect(door.inside()).toContain('anon:4');
  });

  test('somebody out of touch comes in when they are back', () => {
    const door = createDoor(meeting);
    door.ask(knockOf(ann));
    door.ask({ type: 'loseWaiter', person: ann.person, deviceId: 'page-anon:ann' });
    door.come(member);
    expect(door.waiting()).toEqual([ann.person]);
    door.ask(knockOf(ann));
    expect(door.inside()).toContain(ann.person);
  });
});
