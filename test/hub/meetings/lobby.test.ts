import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SILENT_BLIP_MS } from '../../../src/hub/calls/call-timers.ts';
import { applyTo } from '../support/bench-policies.ts';
import {
  AUDIO,
  accepted,
  type Bench,
  cameIn,
  createBench,
  DANA,
  EVA,
  FINN,
  GIL,
  OLGA,
  OTHER_TID,
  type Page,
  TID,
} from '../support/hub-bench.ts';
import {
  decide,
  draftOf,
  knock,
  leave,
  lobbyOf,
  MINUTE_MS,
  newcomer,
  placesOf,
  plan,
} from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

/** Dana's meeting with Dana in it, and somebody without a sign-in who waits. */
async function waiting(bench: Bench) {
  const dana = await bench.arrive(DANA);
  const { meetingId } = await plan(bench, dana);
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  const who = newcomer(meetingId);
  const chris = await bench.visit(who);
  expect(accepted(await knock(bench, chris, meetingId))).toEqual({
    state: 'waiting',
    place: { number: 1, waitedMs: 0 },
  });
  return { dana, chris, who, meetingId, callId };
}

describe('somebody who waits', () => {
  test('comes in once they are admitted, and hears of it [SPEC 10.4]', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId, callId } = await waiting(bench);
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
    expect(placesOf(chris).at(-1)).toEqual({ meetingId, state: 'admitted' });
    const answer = accepted(await knock(bench, chris, meetingId));
    expect(answer).toMatchObject({ state: 'in', log: { callId }, part: { class: 'anonymous', kind: 'scheduled' } });
    expect(dana.call(callId).participants[chris.person]).toMatchObject({ state: 'joined', name: 'Chris Customer' });
  });

  test('has no seat any more a minute after being admitted [SPEC 10.4]', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId } = await waiting(bench);
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
    await bench.clock.advance(61_000);
    expect(accepted(await knock(bench, chris, meetingId))).toMatchObject({ state: 'waiting' });
  });

  test('hears nothing of the call, and nothing of theirs reaches it [SPEC 10.5]', async () => {
    const bench = await createBench();
    const { dana, chris, callId } = await waiting(bench);
    const command = { commandId: randomUUID(), callId };
    const { calls } = bench.hub;
    expect(await calls.resume(chris, { callId, afterSeq: 0 })).toMatchObject({ refusal: { code: 'call-unknown' } });
    for (const type of ['leave', 'undo', 'eraseAll'] as const) {
      const answer = await calls.command(chris, { ...command, command: { type } });
      expect(answer).toMatchObject({ ok: false });
    }
    const eva = await bench.arrive(EVA);
    await knock(bench, eva, callId);
    expect(await calls.logsFor(chris, [{ callId, afterSeq: 0 }])).toEqual([]);
    expect(chris.heard.map(({ name }) => name)).toEqual(['lobbyPlace']);
    expect(JSON.stringify(dana.heard.filter(({ name }) => name === 'events'))).not.toContain(chris.person);
    expect(JSON.stringify(chris.heard)).not.toMatch(/Dana|Eva|[0-9a-f-]{36}:[0-9a-f-]{36}/);
  });

  test('is told of the own place alone, as others go before them [SPEC 10.4]', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId } = await waiting(bench);
    const second = await bench.visit(newcomer(meetingId, 'Sam'));
    accepted(await knock(bench, second, meetingId));
    await decide(bench, dana, { type: 'deny', meetingId, person: chris.person });
    expect(placesOf(chris).at(-1)).toEqual({ meetingId, state: 'turnedAway', code: 'lobby-denied' });
    expect(placesOf(second).map((news) => ('place' in news ? news.place.number : null))).toEqual([2, 1]);
    expect(JSON.stringify(second.heard)).not.toContain('Chris');
  });

  test('goes when they want to, and is not admitted then', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId } = await waiting(bench);
    accepted(await bench.hub.meetings.service.leaveLobby(chris, { meetingId }));
    const result = await decide(bench, dana, { type: 'admit', meetingId, person: chris.person });
    expect(result).toMatchObject({ refusal: { code: 'not-waiting' } });
  });

  test('keeps the place while the connection is gone for less than a minute, on another page too [SPEC 10.9]', async () => {
    const bench = await createBench();
    const { dana, chris, who, meetingId } = await waiting(bench);
    bench.hub.departed(chris);
    await settle();
    expect(lobbyOf(dana)?.entries).toMatchObject([{ away: true }]);
    const result = await decide(bench, dana, { type: 'admit', meetingId, person: chris.person });
    expect(result).toMatchObject({ refusal: { code: 'not-waiting', detail: 'away' } });
    const back = await bench.visit(who, 'join', chris.device.id);
    await settle();
    expect(lobbyOf(dana)?.entries).toMatchObject([{ away: false }]);
    const other = await bench.visit(who);
    accepted(await knock(bench, other, meetingId));
    expect(placesOf(back).at(-1)).toEqual({ meetingId, state: 'takenOver' });
    expect(lobbyOf(dana)?.entries).toHaveLength(1);
    bench.hub.departed(other);
    await bench.clock.advance(61_000);
    expect(lobbyOf(dana)?.entries).toEqual([]);
  });

  test('keeps the place over a restart of the hub, and the order [SPEC 10.8]', async () => {
    const bench = await createBench();
    const { chris, who, meetingId } = await waiting(bench);
    const second = await bench.visit(newcomer(meetingId, 'Sam'));
    accepted(await knock(bench, second, meetingId));
    await bench.clock.advance(5 * MINUTE_MS);
    await bench.restart();
    const dana = await bench.arrive(DANA);
    expect(lobbyOf(dana)?.entries).toMatchObject([
      { name: 'Chris Customer', away: true, waitedMs: 5 * MINUTE_MS },
      { name: 'Sam', away: true },
    ]);
    const back = await bench.visit(who, 'join', chris.device.id);
    await settle();
    expect(placesOf(back).at(-1)).toMatchObject({ state: 'waiting', place: { number: 1 } });
    await bench.clock.advance(61_000);
    expect(lobbyOf(dana)?.entries).toMatchObject([{ name: 'Chris Customer' }]);
  });
});

describe('those who may admit', () => {
  test('are told who waits on all of their pages, in the meeting or not; nobody else is [SPEC 10.6]', async () => {
    const bench = await createBench();
    const [dana, second, eva, finn] = [
      await bench.arrive(DANA),
      await bench.arrive(DANA),
      await bench.arrive(EVA),
      await bench.arrive(FINN),
    ];
    const { meetingId } = await plan(bench, dana, { presenters: [EVA], invitees: [{ kind: 'account', person: FINN }] });
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, chris, meetingId));
    for (const page of [dana, second, eva]) {
      expect(lobbyOf(page)).toMatchObject({
        mayAdmit: true,
        entries: [{ name: 'Chris Customer', class: 'anonymous' }],
      });
    }
    expect(finn.count('lobby')).toBe(0);
    const answer = await decide(bench, finn, { type: 'admit', meetingId, person: chris.person });
    expect(answer).toMatchObject({ refusal: { code: 'may-not-admit', reference: expect.any(String) } });
    const reference = answer.ok ? '' : (answer.refusal.reference ?? '');
    expect(await bench.store.reachAudit.byReference(TID, reference)).toMatchObject({
      what: { kind: 'door-refused', actor: FINN, meetingId, code: 'may-not-admit' },
    });
  });

  test('of two the second learns what the first has decided [SPEC 10.7]', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { meetingId } = await plan(bench, dana, { coOrganizers: [EVA] });
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, chris, meetingId));
    const both = await Promise.all([
      bench.hub.meetings.service.admit(dana, { meetingId, person: chris.person }),
      bench.hub.meetings.service.deny(eva, { meetingId, person: chris.person }),
    ]);
    expect(both).toEqual([
      { ok: true, value: null },
      { ok: false, refusal: { code: 'already-admitted', detail: 'Dana Okafor' } },
    ]);
  });

  test('on a headset see who waits and who may; and may themselves where the company says so [SPEC 10.6]', async () => {
    const bench = await createBench();
    const headset = await bench.arrive(DANA, 'headset');
    const { meetingId } = await plan(bench, await bench.arrive(DANA));
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, chris, meetingId));
    expect(lobbyOf(headset)).toMatchObject({ mayAdmit: false, admitters: ['Dana Okafor'], entries: [{}] });
    const refused = await decide(bench, headset, { type: 'admit', meetingId, person: chris.person });
    expect(refused).toMatchObject({ refusal: { code: 'may-not-admit', detail: 'headset' } });
    const { settings } = bench.hub.meetings.doors.contextOf(
      (await bench.hub.meetings.book.find({ tid: TID, meetingId }))?.meeting ?? expect.fail(),
    );
    await applyTo(bench, { meetings: { ...settings, headsetMayAdmit: true } });
    await settle();
    expect(lobbyOf(headset)).toMatchObject({ mayAdmit: true, entries: [{}] });
    accepted(await decide(bench, headset, { type: 'admit', meetingId, person: chris.person }));
  });
});

describe('a meeting', () => {
  test('takes four people, devices not counted, and a fifth when one has left [SPEC 10.12]', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId } = await waiting(bench);
    const others = [];
    for (const name of ['A', 'B', 'C']) {
      const page = await bench.visit(newcomer(meetingId, name));
      accepted(await knock(bench, page, meetingId));
      others.push(page);
    }
    const people = [chris, ...others].map(({ person }) => person);
    const all = accepted(await bench.hub.meetings.service.admitAll(dana, { meetingId, people }));
    expect(all).toEqual({ letIn: 3, leftOver: 1 });
    await settle();
    const last = others.at(-1)?.person ?? '';
    expect(await decide(bench, dana, { type: 'admit', meetingId, person: last })).toMatchObject({
      refusal: { code: 'meeting-full' },
    });
    const { callId } = cameIn(await knock(bench, chris, meetingId));
    await leave(bench, chris, callId);
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: last }));
  });

  test('that is cancelled, moved or opened meanwhile asks anew of those who wait [SPEC 10.10]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana);
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, chris, meetingId));
    const { service } = bench.hub.meetings;
    const edit = async (revision: number, changes: Parameters<typeof draftOf>[1]) =>
      accepted(await service.changeMeeting(dana, { meetingId, revision, draft: draftOf(bench, changes) }));
    await edit(1, { startMs: bench.clock.nowMs() + 60 * MINUTE_MS, endMs: bench.clock.nowMs() + 90 * MINUTE_MS });
    await settle();
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'turnedAway', code: 'meeting-moved' });
    await edit(2, { anonymousAllowed: true });
    accepted(await knock(bench, chris, meetingId));
    await edit(3, { anonymousAllowed: false });
    await settle();
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'turnedAway', code: 'anonymous-off' });
    await edit(4, {});
    accepted(await knock(bench, chris, meetingId));
    accepted(await service.cancelMeeting(dana, { meetingId, revision: 5 }));
    await settle();
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'turnedAway', code: 'meeting-cancelled' });
    expect(await knock(bench, chris, meetingId)).toMatchObject({ refusal: { code: 'meeting-cancelled' } });
  });

  test('lets in who waits once the lobby is open to them [SPEC 10.10]', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId } = await waiting(bench);
    const draft = draftOf(bench, { lobby: 'everyone' });
    accepted(await bench.hub.meetings.service.changeMeeting(dana, { meetingId, revision: 1, draft }));
    await settle();
    expect(placesOf(chris).at(-1)).toEqual({ meetingId, state: 'admitted' });
  });

  test('is told nobody of who has nothing to do with it [SPEC 10.3]', async () => {
    const bench = await createBench();
    const [dana, finn, gil] = [await bench.arrive(DANA), await bench.arrive(FINN), await bench.arrive(GIL)];
    const { meetingId } = await plan(bench, dana);
    const { service } = bench.hub.meetings;
    for (const page of [finn, gil]) {
      const nothing = { ok: false, refusal: { code: 'not-found', detail: 'meeting' } };
      expect(await knock(bench, page, meetingId)).toEqual(nothing);
      expect(await service.meeting(page, { meetingId })).toEqual(nothing);
      expect(await service.joinLink(page, { meetingId })).toEqual(nothing);
      expect(await service.cancelMeeting(page, { meetingId, revision: 1 })).toEqual(nothing);
      expect(await service.meeting(page, { meetingId: randomUUID() })).toEqual(nothing);
      const listed = accepted(await service.meetings(page, {}));
      expect(listed.filter((one) => one.meetingId === meetingId)).toEqual([]);
    }
  });

  test('brings people of companies that do not trust each other together [SPEC 10.13]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana);
    const { callId } = cameIn(await knock(bench, dana, meetingId));
    const link =
      accepted(await bench.hub.meetings.service.joinLink(dana, { meetingId }))
        .url.split('/')
        .at(-1) ?? '';
    const olga = await bench.arrive(OLGA, 'join');
    const coming = { commandId: randomUUID(), meetingId, media: AUDIO, link };
    expect(accepted(await bench.hub.calls.joinMeeting(olga, coming))).toMatchObject({ state: 'waiting' });
    await settle();
    expect(lobbyOf(dana)?.entries).toMatchObject([{ person: OLGA, class: 'anonymous', signedIn: true }]);
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: OLGA }));
    cameIn(await knock(bench, olga, meetingId));
    await applyTo(bench, {}, OTHER_TID);
    expect(dana.call(callId).participants[OLGA]?.state).toBe('joined');
  });

  test('refuses whom it does not admit anonymously, with a record for its own company [SPEC 10.15]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana, { anonymousAllowed: false });
    const chris = await bench.visit(newcomer(meetingId));
    const answer = await knock(bench, chris, meetingId);
    expect(answer).toMatchObject({ refusal: { code: 'anonymous-off' } });
    const reference = answer.ok ? '' : (answer.refusal.reference ?? '');
    expect(await bench.store.reachAudit.byReference(TID, reference)).toMatchObject({ what: { actor: chris.person } });
  });

  test('keeps the seat of whoever is lost for a minute, and then is rid of them', async () => {
    const bench = await createBench();
    const { dana, chris, who, meetingId, callId } = await waiting(bench);
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
    cameIn(await knock(bench, chris, meetingId));
    bench.hub.departed(chris);
    await bench.clock.advance(SILENT_BLIP_MS + 50_000);
    const back = await bench.visit(who);
    cameIn(await knock(bench, back, meetingId));
    bench.hub.departed(back);
    await bench.clock.advance(SILENT_BLIP_MS + 61_000);
    expect(dana.call(callId).participants[chris.person]?.state).toBe('left');
    const late = await bench.visit(who);
    expect(accepted(await knock(bench, late, meetingId))).toMatchObject({ state: 'waiting' });
  });
});

/** Those who are in it after a restart of the hub, and come back before anybody has noticed. */
test('a seat outlives a restart of the hub without a new admission', async () => {
  const bench = await createBench();
  const { dana, chris, who, meetingId, callId } = await waiting(bench);
  accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
  cameIn(await knock(bench, chris, meetingId));
  await bench.restart();
  const again: readonly Page[] = [
    await bench.arrive(DANA, 'desk', dana.device.id),
    await bench.visit(who, 'join', chris.device.id),
  ];
  await bench.clock.advance(2 * MINUTE_MS);
  for (const page of again) {
    expect(bench.hub.log.open.get(callId)?.state.participants[page.person]?.state).toBe('joined');
  }
  expect(Object.keys((await bench.hub.meetings.doors.state({ tid: TID, meetingId })).inside)).toHaveLength(2);
});
