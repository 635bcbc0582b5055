import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { AUDIO, accepted, type Bench, DANA, EVA, FINN, type Page } from '../support/hub-bench.ts';
import { draftOf, knock, MINUTE_MS, newcomer, placesOf } from '../support/meeting-bench.ts';
import { planIn } from './calendar-bench.ts';

const account = (person: string) => ({ kind: 'account', person }) as const;

/** What holds wherever meetings stand: in the hub alone, or in people's own calendars. */
export function describePlanning(name: string, open: () => Promise<Bench>): void {
  describe(`planning with ${name}`, () => {
    const listed = async (bench: Bench, page: Page, meetingId: string) =>
      accepted(await bench.hub.meetings.service.meetings(page, {})).find((one) => one.meetingId === meetingId);
    const arriveAll = async (bench: Bench) => ({
      dana: await bench.arrive(DANA),
      eva: await bench.arrive(EVA),
      finn: await bench.arrive(FINN),
    });

    test('puts a meeting into the lists of those it names, and of nobody else', async () => {
      const bench = await open();
      const { dana, eva, finn } = await arriveAll(bench);
      const { meetingId } = accepted(await planIn(bench, dana, { invitees: [account(EVA)] }));
      expect(await listed(bench, dana, meetingId)).toMatchObject({ title: 'Pump', may: { edit: true, cancel: true } });
      expect(await listed(bench, eva, meetingId)).toMatchObject({ title: 'Pump', may: { edit: false } });
      expect(await listed(bench, finn, meetingId)).toBeUndefined();
    });

    test('makes one meeting of a request that comes again, also at the same moment', async () => {
      const bench = await open();
      const { dana } = await arriveAll(bench);
      const commandId = randomUUID();
      const ask = () => planIn(bench, dana, {}, commandId);
      const [first, second] = await Promise.all([ask(), ask()]);
      const ids = [first, second, await ask()].map((one) => accepted(one).meetingId);
      expect(new Set(ids).size).toBe(1);
      const all = accepted(await bench.hub.meetings.service.meetings(dana, {}));
      expect(all.filter(({ title }) => title === 'Pump')).toHaveLength(1);
    });

    test('changes it for everybody, from the revision that was seen', async () => {
      const bench = await open();
      const { dana, eva, finn } = await arriveAll(bench);
      const { meetingId } = accepted(await planIn(bench, dana, { invitees: [account(EVA)] }));
      const startMs = bench.clock.nowMs() + 30 * MINUTE_MS;
      const draft = draftOf(bench, {
        ...{ title: 'Valve', startMs, endMs: startMs + 10 * MINUTE_MS, invitees: [account(FINN)] },
      });
      const change = (revision: number) =>
        bench.hub.meetings.service.changeMeeting(dana, { meetingId, revision, draft });
      expect(accepted(await change(1))).toMatchObject({ title: 'Valve', startMs, revision: 2 });
      expect(await change(1)).toMatchObject({ refusal: { code: 'meeting-changed' } });
      expect(await listed(bench, finn, meetingId)).toMatchObject({ title: 'Valve', startMs });
      expect(await listed(bench, eva, meetingId)).toBeUndefined();
    });

    test('cancels it, and whoever waits is told', async () => {
      const bench = await open();
      const { dana } = await arriveAll(bench);
      const { meetingId } = accepted(await planIn(bench, dana));
      const chris = await bench.visit(newcomer(meetingId));
      accepted(await knock(bench, chris, meetingId));
      const cancelled = accepted(await bench.hub.meetings.service.cancelMeeting(dana, { meetingId, revision: 1 }));
      expect(cancelled).toMatchObject({ cancelled: true, revision: 2 });
      expect(placesOf(chris).at(-1)).toMatchObject({ state: 'turnedAway', code: 'meeting-cancelled' });
      expect(await listed(bench, dana, meetingId)).toMatchObject({ cancelled: true, joinable: false });
    });

    test('gives an invitation whose link leads to the meeting', async () => {
      const bench = await open();
      const { dana } = await arriveAll(bench);
      const { meetingId } = accepted(await planIn(bench, dana));
      const invitation = accepted(await bench.hub.meetings.service.invitation(dana, { meetingId }));
      const token = invitation.url?.split('/').at(-1) ?? '';
      expect(await bench.hub.meetings.links.open(token)).toMatchObject({ meetingId });
    });

    test('is no part of joining, nor of meetings by link alone', async () => {
      const bench = await open();
      const { dana, eva } = await arriveAll(bench);
      const { meetingId } = accepted(await planIn(bench, dana, { invitees: [account(EVA)] }));
      const join = { commandId: randomUUID(), meetingId, media: AUDIO };
      expect(accepted(await bench.hub.calls.joinMeeting(eva, join)).state).toBe('in');
      const { service } = bench.hub.meetings;
      const now = accepted(await service.meetNow(dana, { commandId: randomUUID(), title: 'Now', zone: 'UTC' }));
      expect(now.meeting).toMatchObject({ joinable: true, inCalendar: false });
    });
  });
}
