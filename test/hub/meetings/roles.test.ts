import { expect, test } from 'vitest';
import { DEFAULT_MEETING_SETTINGS } from '../../../src/domain/meeting/model.ts';
import { applyTo } from '../support/bench-policies.ts';
import { accepted, type Bench, createBench, DANA, EVA, FINN, type Page } from '../support/hub-bench.ts';
import {
  type draftOf,
  knock,
  lobbyOf,
  MINUTE_MS,
  newcomer,
  oneTimeCall,
  placesOf,
  plan,
} from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

/** Somebody without a sign-in waits for Dana's meeting, and Eva has a desk. */
async function waiting(bench: Bench) {
  const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
  const { meetingId, draft } = await plan(bench, dana, { invitees: [{ kind: 'account', person: EVA }] });
  const chris = await bench.visit(newcomer(meetingId));
  accepted(await knock(bench, chris, meetingId));
  const edit = async (page: Page, revision: number, changes: Parameters<typeof draftOf>[1]) => {
    const request = { meetingId, revision, draft: { ...draft, ...changes } };
    accepted(await bench.hub.meetings.service.changeMeeting(page, request));
    await settle();
  };
  return { dana, eva, chris, meetingId, edit };
}

test('whoever becomes a co-organizer is told who waits, although nobody has come or gone [SPEC 10.6]', async () => {
  const bench = await createBench();
  const { dana, eva, edit } = await waiting(bench);
  expect(eva.count('lobby')).toBe(0);
  await edit(dana, 1, { coOrganizers: [EVA] });
  expect(lobbyOf(eva)).toMatchObject({ mayAdmit: true, entries: [{ name: 'Chris Customer' }] });
  const another = await bench.arrive(EVA);
  expect(lobbyOf(another)).toMatchObject({ mayAdmit: true, entries: [{ name: 'Chris Customer' }] });
});

test('whoever is none any more sees nobody wait any more, on a new page neither [SPEC 10.6]', async () => {
  const bench = await createBench();
  const { dana, eva, edit } = await waiting(bench);
  await edit(dana, 1, { coOrganizers: [EVA] });
  await edit(dana, 2, { coOrganizers: [] });
  expect(lobbyOf(eva)).toMatchObject({ mayAdmit: false, entries: [], admitters: [] });
  expect(lobbyOf(dana)).toMatchObject({ entries: [{ name: 'Chris Customer' }] });
  const another = await bench.arrive(EVA);
  expect(another.count('lobby')).toBe(0);
});

test('a headset that has left the meeting shows nobody at its door any more', async () => {
  const bench = await createBench();
  const { dana, meetingId, edit } = await waiting(bench);
  await edit(dana, 1, { invitees: [{ kind: 'account', person: FINN }] });
  const headset = await bench.arrive(FINN, 'headset');
  const joined = accepted(await knock(bench, headset, meetingId));
  expect(lobbyOf(headset)).toMatchObject({ entries: [{ name: 'Chris Customer' }] });
  const callId = joined.state === 'in' ? joined.log.callId : '';
  const command = { commandId: 'leave', callId, command: { type: 'leave' } } as const;
  accepted(await bench.hub.calls.command(headset, command));
  await settle();
  expect(lobbyOf(headset)).toMatchObject({ entries: [] });
});

test('who waits without a sign-in hears nothing of what the company decides [SPEC 10.5]', async () => {
  const bench = await createBench();
  const { eva, chris } = await waiting(bench);
  await applyTo(bench, { auditRetentionDays: 30 });
  expect(eva.count('listsChanged')).toBeGreaterThan(0);
  expect(chris.heard.map(({ name }) => name)).toEqual(['lobbyPlace']);
});

test('a meeting that was shortened turns away who waits when it is over then [SPEC 10.10]', async () => {
  const bench = await createBench();
  const { dana, chris, meetingId, edit } = await waiting(bench);
  await edit(dana, 1, { endMs: bench.clock.nowMs() + 20 * MINUTE_MS });
  await bench.clock.advance(20 * MINUTE_MS + 10);
  expect(placesOf(chris).at(-1)).toEqual({ meetingId, state: 'turnedAway', code: 'call-over' });
});

test('a link that the company now lets expire sooner turns away who waits by it then [SPEC 11.9]', async () => {
  const bench = await createBench();
  const dana = await bench.arrive(DANA);
  const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
  await bench.clock.advance(60 * MINUTE_MS);
  const chris = await bench.visit(newcomer(meetingId));
  accepted(await knock(bench, chris, meetingId));
  await applyTo(bench, { meetings: { ...DEFAULT_MEETING_SETTINGS, oneTimeLinkHours: 1 } });
  await bench.clock.advance(29 * MINUTE_MS);
  expect(placesOf(chris).at(-1)).toMatchObject({ state: 'waiting' });
  await bench.clock.advance(MINUTE_MS + 10);
  expect(placesOf(chris).at(-1)).toEqual({ meetingId, state: 'turnedAway', code: 'link-expired' });
});
