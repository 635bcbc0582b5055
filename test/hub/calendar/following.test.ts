import { describe, expect, test } from 'vitest';
import { accepted, DANA } from '../support/hub-bench.ts';
import { knock, MINUTE_MS, newcomer, placesOf } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';
import { askedIn, DAY_MS, eventOf, look, ownerOf, planned, readDay, reopen } from './calendar-bench.ts';

const HOUR_MS = 60 * MINUTE_MS;
const subjects = (entries: readonly { readonly title: string }[]) => entries.map(({ title }) => title);

describe('what the organizer does in Outlook', () => {
  test('moves and renames the meeting for everybody, as a change at the desk does [SPEC 10.18]', async () => {
    const { bench, dana, eva, meetingNow, event } = await planned();
    await settle();
    const told = eva.count('listsChanged');
    const startMs = bench.clock.nowMs() + 20 * MINUTE_MS;
    Object.assign(event, { startMs, endMs: startMs + HOUR_MS, subject: '  Valve  ' });
    await readDay(bench, dana);
    expect(await meetingNow()).toMatchObject({ title: 'Valve', startMs, endMs: startMs + HOUR_MS, revision: 2 });
    await settle();
    expect(eva.count('listsChanged')).toBe(told + 1);
    await reopen(bench, dana);
    expect(await meetingNow()).toMatchObject({ revision: 2 });
  });

  test('calls it off for whoever waits at its door [SPEC 10.18]', async () => {
    const { bench, dana, meetingId, meetingNow, event } = await planned();
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, chris, meetingId));
    bench.fake.calendars.callOff(ownerOf(dana), event);
    await readDay(bench, dana);
    expect(await meetingNow()).toMatchObject({ cancelled: true, revision: 2 });
    await settle();
    expect(placesOf(chris).at(-1)).toMatchObject({ state: 'turnedAway', code: 'meeting-cancelled' });
  });

  test('that throws it away cancels it, also while it can still be found in the mailbox', async () => {
    const { bench, dana, meetingNow, event } = await planned();
    event.isInTrash = true;
    await readDay(bench, dana);
    expect(askedIn(bench).at(-1)).toBe('GET /me/events');
    expect(await meetingNow()).toMatchObject({ cancelled: true });
  });

  test('counts also where they look at their list alone, with a headset', async () => {
    const { bench, meetingNow, event } = await planned();
    Object.assign(event, { subject: 'Valve' });
    const headset = await bench.arrive(DANA, 'headset');
    await bench.hub.meetings.service.meetings(headset, {});
    await expect.poll(async () => (await meetingNow()).title).toBe('Valve');
  });

  test('is found when it went to another day, or came from one', async () => {
    const { bench, dana, meetingNow, event } = await planned();
    const away = bench.clock.nowMs() + 20 * DAY_MS;
    Object.assign(event, { startMs: away, endMs: away + HOUR_MS });
    await readDay(bench, dana);
    expect(await meetingNow()).toMatchObject({ startMs: away, cancelled: false });
    const far = bench.clock.nowMs() + 300 * DAY_MS;
    Object.assign(event, { startMs: far, endMs: far + HOUR_MS });
    await reopen(bench, dana, { fromMs: away - DAY_MS, toMs: away + DAY_MS });
    expect(await meetingNow()).toMatchObject({ startMs: far });
    const today = bench.clock.nowMs() + HOUR_MS;
    Object.assign(event, { startMs: today, endMs: today + HOUR_MS });
    await reopen(bench, dana);
    expect(await meetingNow()).toMatchObject({ startMs: today, revision: 4 });
  });

  test('with a copy of the event changes the meeting no more than any other entry', async () => {
    const { bench, dana, meetingNow, event } = await planned();
    const startMs = event.startMs + 2 * HOUR_MS;
    bench.fake.calendars.put(ownerOf(dana), {
      ...event,
      ...{ id: 'copy', iCalUId: 'copy', subject: 'Copy', startMs, endMs: startMs + HOUR_MS },
    });
    expect(subjects((await readDay(bench, dana)).entries)).toEqual(['Copy']);
    bench.fake.calendars.callOff(ownerOf(dana), event);
    await reopen(bench, dana);
    expect(await meetingNow()).toMatchObject({ cancelled: true, title: 'Pump' });
  });

  test('to make a series of it lets the meeting be the occurrence that comes next', async () => {
    const { bench, dana, meetingNow, event } = await planned();
    const { startMs, endMs } = event;
    event.type = 'seriesMaster';
    const weeks = [0, 1, 2].map((week) =>
      bench.fake.calendars.put(ownerOf(dana), {
        ...{ subject: 'Pump', type: 'occurrence', seriesMasterId: event.id },
        ...{ startMs: startMs + week * 7 * DAY_MS, endMs: endMs + week * 7 * DAY_MS },
      }),
    );
    const around = (at: number) => ({ fromMs: at - DAY_MS, toMs: at + DAY_MS });
    expect((await readDay(bench, dana)).entries).toEqual([]);
    expect(await meetingNow()).toMatchObject({ startMs, revision: 1, cancelled: false });
    // Nobody moves it by looking at next week.
    expect((await readDay(bench, dana, around(startMs + 7 * DAY_MS))).entries).toEqual([]);
    expect(await meetingNow()).toMatchObject({ startMs });
    await bench.clock.advance(2 * HOUR_MS);
    await readDay(bench, dana, around(startMs + 14 * DAY_MS));
    expect(await meetingNow()).toMatchObject({ startMs: weeks[2]?.startMs });
    await reopen(bench, dana, around(startMs + 7 * DAY_MS));
    expect(await meetingNow()).toMatchObject({ startMs: weeks[1]?.startMs, cancelled: false });
    // An occurrence less is no meeting less.
    bench.fake.calendars.of(ownerOf(dana)).splice(-2, 1);
    await reopen(bench, dana, around(startMs + 7 * DAY_MS));
    expect(await meetingNow()).toMatchObject({ cancelled: false });
  });

  test('does not undo what was changed at the desk while the calendar was being read', async () => {
    const { bench, dana, meetingId, meetingNow } = await planned();
    const { draft } = await meetingNow();
    await look(bench, dana);
    const { service } = bench.hub.meetings;
    const changed = service.changeMeeting(dana, { meetingId, revision: 1, draft: { ...draft, title: 'Valve' } });
    expect(accepted(await changed)).toMatchObject({ title: 'Valve', revision: 2 });
    await readDay(bench, dana);
    expect(await meetingNow()).toMatchObject({ title: 'Valve', revision: 2 });
  });

  test('comes before a change at the desk that had not seen it, which then leaves the calendar alone', async () => {
    const { bench, dana, meetingId, meetingNow, event } = await planned();
    const { draft } = await meetingNow();
    event.subject = 'Valve';
    await look(bench, dana);
    const { service } = bench.hub.meetings;
    expect(
      await service.changeMeeting(dana, { meetingId, revision: 1, draft: { ...draft, title: 'Flange' } }),
    ).toMatchObject({ refusal: { code: 'meeting-changed' } });
    expect([event.subject, (await meetingNow()).title]).toEqual(['Valve', 'Valve']);
    expect(askedIn(bench).filter((one) => one.startsWith('PATCH'))).toEqual([]);
  });

  test('leaves a meeting that is over as it was when the event is thrown away', async () => {
    const { bench, dana, meetingNow, event } = await planned();
    await bench.clock.advance(2 * HOUR_MS);
    bench.fake.calendars.callOff(ownerOf(dana), event);
    await readDay(bench, dana);
    expect(await meetingNow()).toMatchObject({ cancelled: false });
  });
});

describe('an invitee’s calendar', () => {
  test('shows the meeting once, and cannot change it', async () => {
    const { bench, eva, meetingNow } = await planned();
    const copy = eventOf(bench, eva);
    copy.startMs += HOUR_MS;
    copy.subject = 'Mine';
    expect((await readDay(bench, eva)).entries).toEqual([]);
    expect(await meetingNow()).toMatchObject({ title: 'Pump', revision: 1 });
    copy.isCancelled = true;
    await reopen(bench, eva);
    expect(await meetingNow()).toMatchObject({ cancelled: false });
  });

  test('cannot make a meeting of the hub follow it by its identifiers', async () => {
    const { bench, eva, meetingNow, event } = await planned();
    const forged = { ...event, id: 'forged', subject: 'Forged', isOrganizer: true };
    bench.fake.calendars.put(ownerOf(eva), forged);
    await readDay(bench, eva);
    expect(await meetingNow()).toMatchObject({ title: 'Pump', revision: 1 });
  });
});
