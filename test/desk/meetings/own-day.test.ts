import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CalendarEntry, Loadable, Meeting, OwnDay } from '../../../src/client/types.ts';
import { dayPicture } from '../../../src/desk/meetings/calendar-layout.ts';
import { createMeetingsState, type MeetingsState } from '../../../src/desk/meetings/meetings-state.ts';
import { allDayEntries, calendarProblem, timedEntries } from '../../../src/desk/meetings/own-entries.ts';
import { accept, type Result, refuse } from '../../../src/domain/call/refusal.ts';
import { meeting } from '../../support/headset-views.ts';

const HOUR_MS = 3_600_000;
/** 0:00 in Berlin. */
const MIDNIGHT_MS = Date.UTC(2026, 10, 19, 23);
const ZONE = 'Europe/Berlin';

const entry = (entryId: string, changes: Partial<CalendarEntry> = {}): CalendarEntry => ({
  ...{ entryId, title: entryId, isPrivate: false, allDay: false },
  ...{ startMs: MIDNIGHT_MS + 9 * HOUR_MS, endMs: MIDNIGHT_MS + 10 * HOUR_MS },
  ...changes,
});
const ready = (...entries: readonly CalendarEntry[]): OwnDay => ({ state: 'ready', entries, refusal: null });

describe('what else stands in a calendar', () => {
  it('has its place beside the meetings of that hour', () => {
    const own = timedEntries(ready(entry('Dentist')));
    const times = { startMs: MIDNIGHT_MS + 9.5 * HOUR_MS, endMs: MIDNIGHT_MS + 11 * HOUR_MS };
    const day = { date: '2026-11-20', zone: ZONE, nowMs: MIDNIGHT_MS };
    const { entries } = dayPicture([meeting('m', times), ...own], day);
    expect(entries.map(({ entry: one, left, width }) => [one.meeting.meetingId, left, width])).toEqual([
      ['own Dentist', 0, 0.5],
      ['m', 0.5, 0.5],
    ]);
  });

  it('stands above the hours on each day that it takes whole, and on no other', () => {
    const [startMs, endMs] = [Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 22)];
    const own = ready(entry('Fair', { allDay: true, startMs, endMs }), entry('Dentist'));
    expect(timedEntries(own).map((one) => one.own.title)).toEqual(['Dentist']);
    const days = ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];
    expect(days.map((date) => allDayEntries(own, date).length)).toEqual([0, 1, 1, 0]);
  });

  it.each([
    ['calendar-unavailable', 'day.calendarAway'],
    ['calendar-denied', 'day.calendarDenied'],
    ['sign-in-more', 'day.calendarSignIn'],
  ] as const)('that cannot be read says why: %s', (code, words) => {
    expect(calendarProblem({ state: 'failed', entries: [], refusal: { code } })).toBe(words);
    expect(calendarProblem(ready())).toBeNull();
  });
});

describe('a day at the desk', () => {
  let asked: { range: { fromMs: number; toMs: number }; opened: boolean; answer: (day: Result<OwnDay>) => void }[];
  let meetings: ReturnType<typeof signal<Loadable<readonly Meeting[]>>>;
  let state: MeetingsState;

  beforeEach(() => {
    vi.useFakeTimers({ now: MIDNIGHT_MS + 12 * HOUR_MS });
    asked = [];
    meetings = signal<Loadable<readonly Meeting[]>>({ state: 'loading' });
    const planner = {
      list: async () => accept([]),
      calendar: (range: (typeof asked)[number]['range'], opened: boolean) =>
        new Promise<Result<OwnDay>>((answer) => void asked.push({ range, opened, answer })),
    };
    const client = { planner, meetings, door: { lobbies: signal([]) }, clockOffsetMs: signal(0) };
    state = createMeetingsState(client as unknown as Parameters<typeof createMeetingsState>[0], ZONE);
  });
  afterEach(() => {
    state.dispose();
    vi.useRealTimers();
  });
  const answer = async (at: number, day: Result<OwnDay>): Promise<void> => {
    asked[at]?.answer(day);
    await Promise.resolve();
  };

  it('is asked for anew when somebody opens it, and as it is known when there is news', async () => {
    expect(asked.map(({ opened }) => opened)).toEqual([false, true]);
    expect(asked[1]?.range).toEqual({ fromMs: MIDNIGHT_MS, toMs: MIDNIGHT_MS + 24 * HOUR_MS });
    meetings.value = { state: 'ready', value: [] };
    expect(asked.map(({ opened }) => opened)).toEqual([false, true, false]);
    await answer(2, accept(ready(entry('Dentist'))));
    expect(state.own.value).toMatchObject({ state: 'ready', entries: [{ title: 'Dentist' }] });
  });

  it('never shows one day’s calendar on another, whichever answer comes first', async () => {
    await answer(1, accept(ready(entry('Today'))));
    state.move(1);
    expect(state.own.value.entries).toEqual([]);
    expect(asked.at(-1)).toMatchObject({ opened: true, range: { fromMs: MIDNIGHT_MS + 24 * HOUR_MS } });
    await answer(0, accept(ready(entry('Late'))));
    expect(state.own.value.entries).toEqual([]);
    await answer(2, accept(ready(entry('Tomorrow'))));
    expect(state.own.value.entries).toMatchObject([{ title: 'Tomorrow' }]);
  });

  it('keeps what is known while the hub is away', async () => {
    await answer(1, accept(ready(entry('Dentist'))));
    state.reload();
    await answer(2, refuse('internal'));
    expect(state.own.value.entries).toHaveLength(1);
  });
});
