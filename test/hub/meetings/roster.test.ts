import { describe, expect, test } from 'vitest';
import { accepted, type Bench, cameIn, createBench, DANA, EVA, FINN, OLGA, type Page } from '../support/hub-bench.ts';
import { decide, draftOf, knock, newcomer, plan } from '../support/meeting-bench.ts';

const account = (person: string) => ({ kind: 'account', person }) as const;
const mail = (address: string) => ({ kind: 'mail', mail: address }) as const;

/** Dana's meeting, at whose door everybody else waits, with Dana and Chris in it. */
async function closedMeeting() {
  const bench = await createBench();
  const dana = await bench.arrive(DANA);
  const { meetingId } = await plan(bench, dana, {
    lobby: 'organizer',
    presenters: [EVA],
    invitees: [account(FINN), mail('olga@contoso1.com'), mail('helper@oem.example')],
  });
  cameIn(await knock(bench, dana, meetingId));
  const chris = await bench.visit(newcomer(meetingId));
  await knock(bench, chris, meetingId);
  accepted(await decide(bench, dana, { type: 'admit', meetingId, person: chris.person }));
  cameIn(await knock(bench, chris, meetingId));
  return { bench, dana, meetingId };
}

const details = async (bench: Bench, page: Page, meetingId: string) =>
  accepted(await bench.hub.meetings.service.meeting(page, { meetingId }));
const listed = async (bench: Bench, page: Page, meetingId: string) =>
  accepted(await bench.hub.meetings.service.meetings(page, {})).find((one) => one.meetingId === meetingId);

describe('who is in a meeting', () => {
  test('is not told to a member who would have to wait, waits, or not yet is in [SPEC 10.5]', async () => {
    const { bench, dana, meetingId } = await closedMeeting();
    const finn = await bench.arrive(FINN);
    expect((await details(bench, finn, meetingId)).present).toEqual([]);
    expect(accepted(await knock(bench, finn, meetingId))).toMatchObject({ state: 'waiting' });
    expect((await details(bench, finn, meetingId)).present).toEqual([]);
    expect((await listed(bench, finn, meetingId))?.present).toEqual([]);
    accepted(await decide(bench, dana, { type: 'admit', meetingId, person: FINN }));
    expect((await details(bench, finn, meetingId)).present).toEqual(['Dana Okafor', 'Chris Customer']);
  });

  test('is told to those who may admit, until they wait themselves [SPEC 10.5]', async () => {
    const { bench, meetingId } = await closedMeeting();
    const eva = await bench.arrive(EVA);
    expect((await listed(bench, eva, meetingId))?.present).toEqual(['Dana Okafor', 'Chris Customer']);
    expect(accepted(await knock(bench, eva, meetingId))).toMatchObject({ state: 'waiting' });
    expect((await listed(bench, eva, meetingId))?.present).toEqual([]);
  });

  test('is told to a member who would come in without waiting [SPEC 10.5]', async () => {
    const bench = await createBench();
    const [dana, finn] = [await bench.arrive(DANA), await bench.arrive(FINN)];
    const { meetingId } = await plan(bench, dana, { invitees: [account(FINN)] });
    cameIn(await knock(bench, dana, meetingId));
    expect((await listed(bench, finn, meetingId))?.present).toEqual(['Dana Okafor']);
  });
});

describe('somebody invited from a company that is not trusted', () => {
  test('learns neither who is in, nor who is invited, nor how the door is set [SPEC 10.5]', async () => {
    const { bench, meetingId } = await closedMeeting();
    const olga = await bench.arrive(OLGA);
    for (const when of ['before', 'waiting']) {
      const told = await details(bench, olga, meetingId);
      expect([when, told.present, told.people, told.draft.invitees]).toEqual([when, [], [], []]);
      expect([told.draft.coOrganizers, told.draft.presenters, told.draft.lobby]).toEqual([[], [], 'organization']);
      expect(JSON.stringify(told)).not.toMatch(/Chris|Finn|Eva|oem|[0-9a-f-]{36}:/);
      expect(accepted(await knock(bench, olga, meetingId))).toMatchObject({ state: 'waiting' });
    }
  });

  test('cannot ask about the meeting as if they could edit it [SPEC 10.5]', async () => {
    const { bench, dana, meetingId } = await closedMeeting();
    const { service } = bench.hub.meetings;
    const draft = draftOf(bench);
    const olga = await bench.arrive(OLGA);
    expect(await service.checkMeeting(olga, { meetingId, draft })).toEqual({
      ok: false,
      refusal: { code: 'organizer-only' },
    });
    expect(accepted(await service.checkMeeting(dana, { meetingId, draft })).problems).toEqual([]);
  });
});
