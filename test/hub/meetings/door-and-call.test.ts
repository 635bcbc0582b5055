import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SILENT_BLIP_MS } from '../../../src/hub/calls/call-timers.ts';
import { mayInCall } from '../../../src/hub/meetings/rights.ts';
import { createHeldStore } from '../support/held-store.ts';
import { AUDIO, accepted, type Bench, cameIn, createBench, DANA, EVA, type Page, TID } from '../support/hub-bench.ts';
import { createLobbyStore } from '../support/lobby-store.ts';
import { decide, knock, leave, MINUTE_MS, newcomer, oneTimeCall, plan } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';
import { createStuckStore } from '../support/stuck-store.ts';

const seatsOf = async (bench: Bench, meetingId: string) =>
  Object.keys((await bench.hub.meetings.doors.state({ tid: TID, meetingId })).inside);

/** A one-time call with the customer in it. */
async function customerInside(bench: Bench) {
  const dana = await bench.arrive(DANA);
  const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  const who = newcomer(meetingId);
  const chris = await bench.visit(who);
  await knock(bench, chris, meetingId);
  accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
  cameIn(await knock(bench, chris, meetingId));
  const state = async (page: Page) => accepted(await bench.hub.meetings.service.meeting(page, { meetingId })).oneTime;
  return { dana, chris, who, meetingId, callId, state };
}

describe('End call, while what happens at doors cannot be stored', () => {
  test('ends the call for good as soon as it can be [SPEC 11.8]', async () => {
    const lobbies = createLobbyStore();
    const bench = await createBench(lobbies.store);
    const { dana, chris, meetingId, callId, state } = await customerInside(bench);
    lobbies.fail();
    accepted(await leave(bench, chris, callId));
    await expect(knock(bench, chris, meetingId)).rejects.toThrow('out of order');
    lobbies.work();
    expect(await knock(bench, chris, meetingId)).toMatchObject({ refusal: { code: 'call-over' } });
    await bench.clock.advance(MINUTE_MS);
    expect(await state(dana)).toBe('ended');
    expect(bench.hub.log.open.get(callId)).toBeUndefined();
  });

  test('ends it without anybody asking, and after many failures [SPEC 11.8]', async () => {
    const lobbies = createLobbyStore();
    const bench = await createBench(lobbies.store);
    const { dana, chris, callId, state } = await customerInside(bench);
    lobbies.fail();
    accepted(await leave(bench, chris, callId));
    await bench.clock.advance(5 * MINUTE_MS);
    expect(await state(dana)).toBe('inCall');
    lobbies.work();
    await bench.clock.advance(MINUTE_MS);
    expect(await state(dana)).toBe('ended');
  });

  test('ends it also where it was stored, and only the answer was lost [SPEC 11.8]', async () => {
    const lobbies = createLobbyStore();
    const bench = await createBench(lobbies.store);
    const { dana, chris, callId, state } = await customerInside(bench);
    lobbies.sayNothing();
    accepted(await leave(bench, chris, callId));
    expect(dana.call(callId).phase).toBe('ended');
    expect(await state(dana)).toBe('ended');
    expect(bench.failures).toEqual([]);
  });

  test('ends it at the next start, if the hub goes before [SPEC 10.8, 11.8]', async () => {
    const lobbies = createLobbyStore();
    const bench = await createBench(lobbies.store);
    const { who, chris, meetingId, callId, state } = await customerInside(bench);
    lobbies.fail();
    accepted(await leave(bench, chris, callId));
    lobbies.work();
    await bench.restart();
    const again = await bench.arrive(DANA);
    expect(await state(again)).toBe('ended');
    expect(bench.hub.log.open.get(callId)).toBeUndefined();
    const back = await bench.visit(who);
    expect(await knock(bench, back, meetingId)).toMatchObject({ refusal: { code: 'call-over' } });
  });

  test('ends it although the call could not be stored to be over [SPEC 11.8]', async () => {
    const stuck = createStuckStore();
    const bench = await createBench(stuck.store);
    const { dana, chris, callId } = await customerInside(bench);
    bench.hub.departed(chris);
    await bench.clock.advance(SILENT_BLIP_MS + 30_000);
    stuck.stuck = true;
    await bench.clock.advance(31_000);
    expect(dana.call(callId).phase).toBe('open');
    stuck.stuck = false;
    await bench.clock.advance(MINUTE_MS);
    expect(dana.call(callId).phase).toBe('ended');
  });
});

describe('a place in a meeting', () => {
  test('is free again after a restart, when its owner has left just before [SPEC 10.12]', async () => {
    const lobbies = createLobbyStore();
    const bench = await createBench(lobbies.store);
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { meetingId } = await plan(bench, dana, { invitees: [{ kind: 'account', person: EVA }] });
    const { callId } = cameIn(await knock(bench, dana, meetingId));
    cameIn(await knock(bench, eva, meetingId));
    lobbies.fail();
    await leave(bench, eva, callId);
    lobbies.work();
    await bench.restart();
    expect(await seatsOf(bench, meetingId)).toEqual([DANA]);
  });

  test('that lapses in the moment in which the connection is back is gone, and so is whoever had it [SPEC 10.9]', async () => {
    const lobbies = createLobbyStore();
    const bench = await createBench(lobbies.store);
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana);
    const { callId } = cameIn(await knock(bench, dana, meetingId));
    const who = newcomer(meetingId);
    const chris = await bench.visit(who);
    await knock(bench, chris, meetingId);
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
    cameIn(await knock(bench, chris, meetingId));
    // Places are kept for a minute from the start; calls first give everybody time to come back.
    await bench.restart();
    const again = await bench.arrive(DANA, 'desk', dana.device.id);
    await bench.clock.advance(MINUTE_MS);
    lobbies.hold();
    await bench.clock.advance(100);
    const back = await bench.visit(who, 'join', chris.device.id);
    await bench.clock.advance(100);
    expect(again.call(callId).participants[back.person]?.state).toBe('joined');
    lobbies.work();
    await settle();
    expect(await seatsOf(bench, meetingId)).toEqual([DANA]);
    expect(again.call(callId).participants[back.person]?.state).toBe('left');
  });

  test('is what an outsider’s rights in the call hang on; without one they are taken out [SPEC 10.13]', async () => {
    const bench = await createBench();
    const { chris, meetingId, callId } = await customerInside(bench);
    const lobby = (await bench.store.meetings.lobby(meetingId)) ?? expect.fail();
    const { [chris.person]: _lost, ...inside } = lobby.state.inside;
    const state = { ...lobby.state, inside };
    await bench.store.meetings.keepLobby({ ...lobby, state, version: lobby.version + 1 });
    await bench.restart();
    await settle();
    expect(bench.hub.log.open.get(callId)?.state.participants[chris.person]?.state).toBe('left');
  });
});

test('a right in a meeting’s call is nobody’s without a seat [SPEC 10.13]', async () => {
  const bench = await createBench();
  const { dana, chris, callId } = await customerInside(bench);
  const call = bench.hub.log.open.get(callId) ?? expect.fail();
  const { doors } = bench.hub.meetings;
  expect(mayInCall(doors, call, chris, 'shareScreen')).toEqual({ ok: true, value: null });
  const nobodyThere = { busyAt: () => undefined };
  expect(mayInCall(nobodyThere, call, chris, 'shareScreen')).toMatchObject({ refusal: { code: 'not-in-call' } });
  expect(mayInCall(nobodyThere, call, dana, 'shareScreen')).toMatchObject({ refusal: { code: 'not-in-call' } });
  expect(mayInCall(doors, call, dana, 'shareScreen')).toEqual({ ok: true, value: null });
});

describe('a join that is asked for again', () => {
  test('brings in nobody who has left since, and takes no place [SPEC 10.4]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana);
    const { callId } = cameIn(await knock(bench, dana, meetingId));
    const chris = await bench.visit(newcomer(meetingId));
    await knock(bench, chris, meetingId);
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
    const request = { commandId: randomUUID(), meetingId, media: AUDIO };
    cameIn(await bench.hub.calls.joinMeeting(chris, request));
    // The answer was lost, and the page asks again.
    expect(cameIn(await bench.hub.calls.joinMeeting(chris, request)).callId).toBe(callId);
    await leave(bench, chris, callId);
    expect(await bench.hub.calls.joinMeeting(chris, request)).toMatchObject({ refusal: { code: 'not-in-call' } });
    await settle();
    expect(await seatsOf(bench, meetingId)).toEqual([DANA]);
    expect(accepted(await knock(bench, chris, meetingId))).toMatchObject({ state: 'waiting' });
  });
});

test('whose one page leaves while another one of theirs comes is out, and in no call without a place', async () => {
  const held = createHeldStore();
  const bench = await createBench(held.store);
  const dana = await bench.arrive(DANA);
  const { meetingId } = await plan(bench, dana);
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  const who = newcomer(meetingId);
  const [one, other] = [await bench.visit(who), await bench.visit(who)];
  accepted(await knock(bench, one, meetingId));
  accepted(await decide(bench, dana, { type: 'admit', meetingId, person: who.person }));
  cameIn(await knock(bench, one, meetingId));
  held.hold('append');
  const leaving = leave(bench, one, callId);
  await settle();
  const coming = knock(bench, other, meetingId);
  await settle();
  held.letGo();
  accepted(await leaving);
  expect(await coming).toMatchObject({ refusal: { code: 'not-in-call' } });
  await settle();
  expect(Object.keys((await bench.hub.meetings.doors.state({ tid: TID, meetingId })).inside)).toEqual([DANA]);
  expect(dana.call(callId).participants[who.person]?.state).toBe('left');
  expect(accepted(await knock(bench, other, meetingId))).toMatchObject({ state: 'waiting' });
});

test('who comes back and is gone again in the same moment holds no place for ever', async () => {
  const bench = await createBench();
  const dana = await bench.arrive(DANA);
  const { meetingId } = await plan(bench, dana, { lobby: 'everyone' });
  cameIn(await knock(bench, dana, meetingId));
  const who = newcomer(meetingId);
  const chris = await bench.visit(who);
  cameIn(await knock(bench, chris, meetingId));
  bench.hub.departed(chris);
  await bench.clock.advance(SILENT_BLIP_MS + 30_000);
  const back = await bench.visit(who, 'join', chris.device.id);
  bench.hub.departed(back);
  await bench.clock.advance(3 * MINUTE_MS);
  expect(await seatsOf(bench, meetingId)).toEqual([DANA]);
});
