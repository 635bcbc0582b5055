import { describe, expect, test } from 'vitest';
import { accepted, cameIn, createBench, DANA, EVA } from '../support/hub-bench.ts';
import { draftOf, knock, leave, lobbyOf, newcomer, plan } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';

describe('pages that are told who waits', () => {
  test('hear of nobody any more once they have nothing to do with the door [SPEC 10.6]', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meetingId } = await plan(bench, dana, { invitees: [{ kind: 'account', person: EVA }] });
    accepted(await knock(bench, await bench.visit(newcomer(meetingId)), meetingId));
    const wearer = await bench.arrive(EVA, 'headset');
    const { callId } = cameIn(await knock(bench, wearer, meetingId));
    expect(lobbyOf(wearer)).toMatchObject({ mayAdmit: false, entries: [{ name: 'Chris Customer' }] });
    await leave(bench, wearer, callId);
    expect(lobbyOf(wearer)).toMatchObject({ entries: [], admitters: [] });
    expect(lobbyOf(dana)).toMatchObject({ mayAdmit: true, entries: [{ name: 'Chris Customer' }] });
  });

  test('that was theirs to decide about, too, is told to be so no more [SPEC 10.6]', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { meetingId } = await plan(bench, dana, { coOrganizers: [EVA] });
    accepted(await knock(bench, await bench.visit(newcomer(meetingId)), meetingId));
    expect(lobbyOf(eva)?.entries).toHaveLength(1);
    const draft = draftOf(bench, { title: 'Valve' });
    accepted(await bench.hub.meetings.service.changeMeeting(dana, { meetingId, revision: 1, draft }));
    await settle();
    expect(lobbyOf(eva)?.entries).toEqual([]);
    expect(lobbyOf(dana)).toMatchObject({ title: 'Valve', entries: [{ name: 'Chris Customer' }] });
  });
});
