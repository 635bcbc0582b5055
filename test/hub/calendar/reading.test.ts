import { describe, expect, test } from 'vitest';
import { claimsChallenge, graphError, tooManyRequests } from '../../support/fake-graph/answer.ts';
import { accepted, DANA, EVA, GIL, type Page } from '../support/hub-bench.ts';
import { knock, MINUTE_MS, newcomer } from '../support/meeting-bench.ts';
import {
  askedIn,
  type CalendarBench,
  createCalendarBench,
  DAY_MS,
  idle,
  look,
  ownerOf,
  planned,
  readDay,
  todayOf,
} from './calendar-bench.ts';

const HOUR_MS = 60 * MINUTE_MS;
const subjects = (entries: readonly { readonly title: string }[]) => entries.map(({ title }) => title);

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
