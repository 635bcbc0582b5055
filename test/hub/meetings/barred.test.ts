import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { apart, applyTo } from '../support/bench-policies.ts';
import { AUDIO, accepted, cameIn, createBench, DANA, EVA, FINN, type Page } from '../support/hub-bench.ts';
import {
  decide,
  draftOf,
  knock,
  leave,
  lobbyOf,
  newcomer,
  oneTimeCall,
  placesOf,
  plan,
} from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

const account = (person: string) => ({ kind: 'account', person }) as const;

/** Dana's meeting, with Dana in it, and Finn of the same company at its door. */
async function finnWaits() {
  const bench = await createBench();
  const [dana, eva, finn] = [await bench.arrive(DANA), await bench.arrive(EVA), await bench.arrive(FINN)];
  const { meetingId } = await plan(bench, dana, {
    ...{ lobby: 'organizer', coOrganizers: [EVA], invitees: [account(FINN)] },
  });
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  expect(accepted(await knock(bench, finn, meetingId))).toMatchObject({ state: 'waiting' });
  const admitFinn = (by: Page) => decide(bench, by, { type: 'admit', meetingId, person: FINN });
  return { bench, dana, eva, finn, meetingId, callId, admitFinn };
}

describe('somebody who waits and may not be with those who are in', () => {
  test('is turned away when the company’s rules part them [SPEC 10.10]', async () => {
    const { bench, dana, finn, meetingId, admitFinn } = await finnWaits();
    await applyTo(bench, apart([DANA], [FINN]));
    await settle();
    expect(placesOf(finn).at(-1)).toEqual({ meetingId, state: 'turnedAway', code: 'not-allowed' });
    expect(lobbyOf(dana)?.entries).toEqual([]);
    expect(await admitFinn(dana)).toMatchObject({ refusal: { code: 'not-waiting' } });
  });

  test('is not admitted while the other one is there, alone or with all, and may be once that one has left [SPEC 10.10]', async () => {
    const { bench, dana, eva, finn, meetingId, callId, admitFinn } = await finnWaits();
    await applyTo(bench, apart([EVA], [FINN]));
    await settle();
    expect(lobbyOf(dana)?.entries).toMatchObject([{ person: FINN }]);
    cameIn(await knock(bench, eva, meetingId));
    expect(await admitFinn(dana)).toMatchObject({ refusal: { code: 'not-allowed' } });
    const all = accepted(await bench.hub.meetings.service.admitAll(dana, { meetingId, people: [FINN] }));
    expect(all).toEqual({ letIn: 0, leftOver: 0 });
    await settle();
    expect(lobbyOf(dana)?.entries).toMatchObject([{ person: FINN }]);
    expect(placesOf(finn).map(({ state }) => state)).not.toContain('admitted');
    await leave(bench, eva, callId);
    accepted(await admitFinn(dana));
    cameIn(await knock(bench, finn, meetingId));
  });

  test('does not use up the link of a one-time call [SPEC 11.8]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meeting, url } = await oneTimeCall(bench, dana);
    const { meetingId } = meeting;
    cameIn(await knock(bench, dana, meetingId));
    const finn = await bench.arrive(FINN, 'join');
    const coming = { commandId: randomUUID(), meetingId, media: AUDIO, link: url.split('/').at(-1) ?? '' };
    expect(accepted(await bench.hub.calls.joinMeeting(finn, coming))).toMatchObject({ state: 'waiting' });
    await applyTo(bench, apart([DANA], [FINN]));
    await settle();
    expect(placesOf(finn).at(-1)).toMatchObject({ state: 'turnedAway', code: 'not-allowed' });
    expect(accepted(await bench.hub.meetings.service.meeting(dana, { meetingId })).oneTime).toBe('waiting');
  });
});

test('what has changed while no hub was there counts for those who wait, from its start on [SPEC 10.10]', async () => {
  const bench = await createBench();
  const dana = await bench.arrive(DANA);
  const { meetingId } = await plan(bench, dana);
  const chris = await bench.visit(newcomer(meetingId));
  await knock(bench, chris, meetingId);
  const meeting = (await bench.store.meetings.get(meetingId)) ?? expect.fail();
  const { anonymousAllowed } = draftOf(bench, { anonymousAllowed: false });
  await bench.store.meetings.change({ ...meeting, anonymousAllowed, revision: meeting.revision + 1 });
  await bench.restart();
  expect(lobbyOf(await bench.arrive(DANA))).toBeUndefined();
});
