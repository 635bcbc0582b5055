import { describe, expect, test } from 'vitest';
import { accepted, type Bench, cameIn, createBench, DANA, GIL, type Page } from '../support/hub-bench.ts';
import { decide, draftOf, knock, leave, MINUTE_MS, newcomer, oneTimeCall, plan } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

/** Dana and Chris, who has no sign-in, are in a meeting of Dana's. */
async function bothInside(bench: Bench) {
  const dana = await bench.arrive(DANA);
  const { meetingId } = await plan(bench, dana);
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  const who = newcomer(meetingId);
  const chris = await bench.visit(who);
  accepted(await knock(bench, chris, meetingId));
  accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
  cameIn(await knock(bench, chris, meetingId));
  return { dana, chris, who, meetingId, callId };
}

const stateIn = (page: Page, callId: string, person: string) => page.call(callId).participants[person]?.state;
const cancel = async (bench: Bench, page: Page, meetingId: string): Promise<void> => {
  accepted(await bench.hub.meetings.service.cancelMeeting(page, { meetingId, revision: 1 }));
  await settle();
};

describe('while people are in it, a meeting', () => {
  test('that is cancelled goes on for them, and takes them back after a drop [SPEC 10.10]', async () => {
    const bench = await createBench();
    const { dana, chris, who, meetingId, callId } = await bothInside(bench);
    await cancel(bench, dana, meetingId);
    expect(stateIn(dana, callId, chris.person)).toBe('joined');
    bench.hub.departed(chris);
    await bench.clock.advance(10_000);
    expect(stateIn(dana, callId, chris.person)).toBe('reconnecting');
    const back = await bench.visit(who);
    cameIn(await knock(bench, back, meetingId));
    expect(stateIn(dana, callId, chris.person)).toBe('joined');
    const finn = await bench.visit(newcomer(meetingId));
    expect(await knock(bench, finn, meetingId)).toMatchObject({ refusal: { code: 'meeting-cancelled' } });
  });

  test('that was cancelled ends for outsiders once nobody of the company is left [SPEC 10.10]', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId, callId } = await bothInside(bench);
    await cancel(bench, dana, meetingId);
    await leave(bench, dana, callId);
    await bench.clock.advance(1_000);
    expect(chris.call(callId).phase).toBe('ended');
    expect(bench.hub.log.open.get(callId)).toBeUndefined();
  });

  test('is over for outsiders at its end, when nobody of the company is there [SPEC 10.10]', async () => {
    const bench = await createBench();
    const { dana, chris, callId } = await bothInside(bench);
    await leave(bench, dana, callId);
    await bench.clock.advance(30 * MINUTE_MS);
    expect(chris.call(callId).phase).not.toBe('ended');
    await bench.clock.advance(60 * MINUTE_MS);
    expect(chris.call(callId).phase).toBe('ended');
  });

  test('that takes nobody without an account any more says so to those who are in without one [SPEC 10.10]', async () => {
    const bench = await createBench();
    const { dana, chris, meetingId, callId } = await bothInside(bench);
    const draft = draftOf(bench, { anonymousAllowed: false });
    accepted(await bench.hub.meetings.service.changeMeeting(dana, { meetingId, revision: 1, draft }));
    await settle();
    const left = chris.heard
      .flatMap((one) => (one.name === 'events' ? one.message.events : []))
      .find(({ event }) => event.type === 'left' && event.person === chris.person);
    expect(left?.event).toMatchObject({ reason: 'not-allowed' });
    expect(stateIn(dana, callId, DANA)).toBe('joined');
  });
});

test('a one-time call is on the headset of its agent as soon as its customer waits, also after its time [SPEC 10.2]', async () => {
  const bench = await createBench();
  const [dana, headset] = [await bench.arrive(DANA), await bench.arrive(DANA, 'headset')];
  const { meetingId } = (await oneTimeCall(bench, dana)).meeting;
  const listed = async () =>
    accepted(await bench.hub.meetings.service.meetings(headset, {})).some((one) => one.meetingId === meetingId);
  expect(await listed()).toBe(true);
  await bench.clock.advance(45 * MINUTE_MS);
  expect(await listed()).toBe(false);
  accepted(await knock(bench, await bench.visit(newcomer(meetingId), 'phone'), meetingId));
  expect(await listed()).toBe(true);
});

test('a meeting stays on the headset beyond its end for as long as people are in it [SPEC 10.2]', async () => {
  const bench = await createBench();
  const [dana, headset] = [await bench.arrive(DANA), await bench.arrive(DANA, 'headset')];
  const { meetingId } = await plan(bench, dana);
  const listed = async () =>
    accepted(await bench.hub.meetings.service.meetings(headset, {})).some((one) => one.meetingId === meetingId);
  const { callId } = cameIn(await knock(bench, dana, meetingId));
  await bench.clock.advance(90 * MINUTE_MS);
  expect(await listed()).toBe(true);
  await leave(bench, dana, callId);
  expect(await listed()).toBe(false);
});

test('who is invited is told to the company alone, not to its guests [SPEC 10.5]', async () => {
  const bench = await createBench();
  const [dana, gil] = [await bench.arrive(DANA), await bench.arrive(GIL)];
  const invitees = [
    { kind: 'mail', mail: 'secret@competitor.com' },
    { kind: 'account', person: GIL },
  ] as const;
  const { meetingId } = await plan(bench, dana, { lobby: 'organizer', invitees });
  await knock(bench, gil, meetingId);
  const seen = accepted(await bench.hub.meetings.service.meeting(gil, { meetingId }));
  expect(JSON.stringify(seen)).not.toContain('competitor');
  expect(seen.draft.invitees).toEqual([]);
  expect(accepted(await bench.hub.meetings.service.meeting(dana, { meetingId })).draft.invitees).toEqual(invitees);
});

test('who is invited is told to a guest who presents [SPEC 10.5]', async () => {
  const bench = await createBench();
  const [dana, gil] = [await bench.arrive(DANA), await bench.arrive(GIL)];
  const invitees = [{ kind: 'mail', mail: 'vendor@oem.example' }] as const;
  const { meetingId } = await plan(bench, dana, { invitees, presenters: [GIL] });
  expect(accepted(await bench.hub.meetings.service.meeting(gil, { meetingId })).draft.invitees).toEqual(invitees);
});
