import { describe, expect, test } from 'vitest';
import type { PersonKey } from '../../../src/domain/call/state.ts';
import { claimsChallenge, graphError, tooManyRequests } from '../../support/fake-graph/answer.ts';
import { accepted, DANA, EVA, GIL, type Page } from '../support/hub-bench.ts';
import { knock, MINUTE_MS, newcomer, placesOf } from '../support/meeting-bench.ts';
import { settle } from '../support/settle.ts';
import {
  askedIn,
  type CalendarBench,
  createCalendarBench,
  DAY_MS,
  eventOf,
  idle,
  look,
  ownerOf,
  planIn,
  readDay,
  reopen,
  todayOf,
} from './calendar-bench.ts';

const account = (person: PersonKey) => ({ kind: 'account', person }) as const;
const HOUR_MS = 60 * MINUTE_MS;

async function planned(changes: Parameters<typeof planIn>[2] = {}) {
  const bench = await createCalendarBench();
  const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
  const { meetingId } = accepted(await planIn(bench, dana, { invitees: [account(EVA)], ...changes }));
  const { service } = bench.hub.meetings;
  const meetingNow = async () => accepted(await service.meeting(dana, { meetingId }));
  return { bench, dana, eva, meetingId, meetingNow, event: eventOf(bench, dana) };
}

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

describe('what else stands in a calendar', () => {
  const put = (bench: CalendarBench, page: Page, hours: number, changes: object = {}) =>
    bench.fake.calendars.put(ownerOf(page), {
      ...{ subject: `At ${hours}`, startMs: bench.clock.nowMs() + hours * HOUR_MS },
      ...changes,
    });

  test('is shown at the desk alone, and of what is private only when [SPEC 10.19]', async () => {
    const bench = await createCalendarBench();
    const [dana, headset] = [await bench.arrive(DANA), await bench.arrive(DANA, 'headset')];
    put(bench, dana, 1);
    put(bench, dana, 2, { sensitivity: 'private', subject: 'Doctor' });
    put(bench, dana, 3, { sensitivity: 'confidential', subject: 'Layoffs' });
    put(bench, dana, 4, { isCancelled: true });
    const startMs = bench.clock.nowMs() + HOUR_MS;
    const { state, entries } = await readDay(bench, dana);
    expect(state).toBe('ready');
    expect(entries).toMatchObject([
      { title: 'At 1', isPrivate: false, startMs, endMs: startMs + HOUR_MS, allDay: false },
      { title: '', isPrivate: true },
      { title: '', isPrivate: true },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Doctor|Layoffs/);
    expect((await look(bench, headset)).state).toBe('none');
    const { service } = bench.hub.meetings;
    for (const page of [dana, headset]) {
      const listed = accepted(await service.meetings(page, { range: todayOf(bench) }));
      expect(subjects(listed)).not.toContain('At 1');
    }
    const [entryId = ''] = entries.map((one) => one.entryId);
    expect(await service.meeting(dana, { meetingId: entryId })).toMatchObject({ refusal: { code: 'not-found' } });
  });

  test('lasts the days that it lasts, wherever midnight is', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const midnight = Date.UTC(2026, 0, 5);
    const day = { isAllDay: true, startMs: midnight, endMs: midnight + DAY_MS };
    put(bench, dana, 0, { ...day, subject: 'Holiday' });
    put(bench, dana, 0, {
      ...day,
      subject: 'Shifted',
      startMs: midnight - HOUR_MS,
      endMs: midnight + DAY_MS - HOUR_MS,
    });
    const inBerlin = { fromMs: midnight - HOUR_MS, toMs: midnight + DAY_MS - HOUR_MS };
    expect((await readDay(bench, dana, inBerlin)).entries).toMatchObject(
      ['Shifted', 'Holiday'].map((title) => ({ title, allDay: true, startMs: midnight, endMs: midnight + DAY_MS })),
    );
  });

  test('is read to its last page', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    for (let at = 0; at < 120; at += 1) put(bench, dana, 0, { startMs: bench.clock.nowMs() + at * MINUTE_MS });
    expect((await readDay(bench, dana)).entries).toHaveLength(120);
    expect(askedIn(bench)).toEqual(Array.from({ length: 3 }, () => 'GET /me/calendarView'));
  });

  test('cancels nothing where there is more than anybody would read', async () => {
    const { bench, dana, meetingNow, event } = await planned();
    for (let at = 0; at < 250; at += 1) put(bench, dana, 0, { startMs: event.startMs - HOUR_MS + at });
    await readDay(bench, dana);
    expect(await meetingNow()).toMatchObject({ cancelled: false });
  });
});

describe('reading a calendar', () => {
  test('asks once a minute for each day, one after the other, and at once for whoever opens it', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const views = () => askedIn(bench).length;
    await Promise.all([look(bench, dana), look(bench, dana), look(bench, dana)]);
    expect(await look(bench, dana)).toMatchObject({ state: 'reading' });
    await idle(bench);
    expect(views()).toBe(1);
    expect(dana.heard.at(-1)).toEqual({ name: 'listsChanged', message: { list: 'meetings' } });
    await look(bench, dana, { opened: true });
    await idle(bench);
    expect(views()).toBe(1);
    await bench.clock.advance(10_000);
    const range = { fromMs: todayOf(bench).fromMs - 10_000, toMs: todayOf(bench).toMs - 10_000 };
    await look(bench, dana, { range });
    await idle(bench);
    expect(views()).toBe(1);
    await look(bench, dana, { range, opened: true });
    await idle(bench);
    expect(views()).toBe(2);
    await bench.clock.advance(60_000);
    await look(bench, dana, { range });
    await idle(bench);
    expect(views()).toBe(3);
  });

  test.each([
    ['busy', tooManyRequests('120'), { code: 'calendar-unavailable', detail: 'throttled' }, 120_000],
    ['broken', graphError(500, 'InternalServerError'), { code: 'calendar-unavailable', detail: 'unavailable' }, 30_000],
    ['not allowed', graphError(403, 'ErrorAccessDenied'), { code: 'calendar-denied' }, 300_000],
    ['in want of another sign-in', claimsChallenge('{"a":1}'), { code: 'sign-in-more', claims: '{"a":1}' }, 30_000],
  ] as const)(
    'that is %s says so, keeps what was known, and is left alone for a while',
    async (_what, answer, refusal, waitMs) => {
      const bench = await createCalendarBench();
      const dana = await bench.arrive(DANA);
      bench.fake.calendars.put(ownerOf(dana), { subject: 'Known', startMs: bench.clock.nowMs() });
      const range = todayOf(bench);
      await readDay(bench, dana, range);
      await bench.clock.advance(60_000);
      bench.fake.interject(answer);
      const asked = bench.fake.requests.length;
      await look(bench, dana, { range });
      await expect.poll(async () => (await look(bench, dana, { range })).state).toBe('failed');
      expect(await look(bench, dana, { range, opened: true })).toMatchObject({
        refusal,
        entries: [{ title: 'Known' }],
      });
      await bench.clock.advance(waitMs - 1_000);
      await look(bench, dana, { range });
      await idle(bench);
      expect(bench.fake.requests).toHaveLength(asked + 1);
      await bench.clock.advance(1_000);
      await look(bench, dana, { range });
      await expect.poll(async () => (await look(bench, dana, { range })).state).toBe('ready');
      const { service } = bench.hub.meetings;
      expect(await service.meetings(dana, { range })).toMatchObject({ ok: true });
    },
  );

  test('holds nobody else back who is not throttled', async () => {
    const bench = await createCalendarBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    bench.fake.interject(tooManyRequests('120'));
    await readDay(bench, dana);
    expect((await readDay(bench, eva)).state).toBe('ready');
  });

  test('asks nothing of guests, whose mailboxes are elsewhere', async () => {
    const bench = await createCalendarBench();
    const gil = await bench.arrive(GIL);
    expect(await look(bench, gil)).toMatchObject({ state: 'none' });
    await idle(bench);
    expect(bench.fake.requests).toEqual([]);
  });

  test('has no part in joining, waiting, admitting and leaving', async () => {
    const { bench, dana, meetingId } = await planned();
    await idle(bench);
    bench.fake.calendars.consented = false;
    const asked = bench.fake.requests.length;
    const chris = await bench.visit(newcomer(meetingId));
    accepted(await knock(bench, dana, meetingId));
    accepted(await knock(bench, chris, meetingId));
    accepted(await bench.hub.meetings.service.admit(dana, { meetingId, person: chris.person }));
    accepted(await knock(bench, chris, meetingId));
    await idle(bench);
    expect(askedIn(bench, asked)).toEqual([]);
  });

  test('does not pile up for whoever asks for very many days', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    const fromMs = bench.clock.nowMs();
    for (let day = 0; day < 50; day += 1) {
      await look(bench, dana, { range: { fromMs: fromMs + day * DAY_MS, toMs: fromMs + (day + 1) * DAY_MS } });
    }
    await idle(bench);
    expect(bench.fake.requests.length).toBeLessThan(10);
  });

  test('is forgotten when its owner has gone', async () => {
    const bench = await createCalendarBench();
    const dana = await bench.arrive(DANA);
    await readDay(bench, dana);
    bench.hub.departed(dana);
    const again = await bench.arrive(DANA);
    expect(await look(bench, again)).toMatchObject({ state: 'reading' });
    await idle(bench);
  });
});
