import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type FormFields, readFields } from '../../../src/desk/meetings/form-fields.ts';
import { calendarDay } from '../../../src/domain/meeting/day.ts';
import { dayBounds } from '../../../src/domain/meeting/local-time.ts';
import { meetings as words } from '../../../src/ui/text/en/meetings.ts';
import { offsetMinAt } from '../../../src/ui/text/zones.ts';
import { accepted, type Bench, createBench, DANA, EVA, type Page } from '../support/hub-bench.ts';

/** Planned as the desk's form has it, by what clocks in the zone show. */
const planned = async (bench: Bench, page: Page, fields: Partial<FormFields>) => {
  const form: FormFields = {
    ...{ title: 'Pump', date: '2026-03-29', time: '10:00', durationMin: '60', zone: 'Europe/Berlin' },
    ...{ lobby: 'organization', anonymousAllowed: true, people: [], ...fields },
  };
  const { draft, clocks } = readFields(form, null);
  const invitees = [{ kind: 'account', person: EVA }] as const;
  const request = { commandId: randomUUID(), draft: { ...draft, invitees } };
  return { clocks, meeting: accepted(await bench.hub.meetings.service.planMeeting(page, request)) };
};
const at = (iso: string): number => Date.parse(iso);

/** The titles of a day's calendar, with the minutes from the day's first instant. */
async function dayOf(bench: Bench, page: Page, date: string, zone: string) {
  const { startMs, endMs } = dayBounds(date, zone, offsetMinAt);
  const range = { fromMs: startMs, toMs: endMs };
  const listed = accepted(await bench.hub.meetings.service.meetings(page, { range }));
  const { entries } = calendarDay(listed, { date, zone }, offsetMinAt);
  return entries.map(({ meeting, fromMin, toMin, startsBefore, endsAfter }) => ({
    ...{ title: meeting.title, fromMin, toMin, startsBefore, endsAfter },
  }));
}

describe('the calendar where clocks change', () => {
  test('02:30 that is skipped becomes 03:30, and the form says so', async () => {
    const bench = await createBench();
    const { clocks, meeting } = await planned(bench, await bench.arrive(DANA), { time: '02:30' });
    expect(clocks).toBe('gap');
    expect(words['form.gap']).toBe('Clocks go forward and skip this time. It starts at {time}.');
    expect(meeting.startMs).toBe(at('2026-03-29T03:30:00+02:00'));
  });

  test('02:30 that comes twice is the first one, and the form says so', async () => {
    const bench = await createBench();
    const { clocks, meeting } = await planned(bench, await bench.arrive(DANA), { date: '2026-10-25', time: '02:30' });
    expect(clocks).toBe('overlap');
    expect(words['form.overlap']).toBe('Clocks go back and this time comes twice. The first one counts.');
    expect(meeting.startMs).toBe(at('2026-10-25T02:30:00+02:00'));
    expect(meeting.endMs).toBe(at('2026-10-25T02:30:00+01:00'));
  });

  test('an hour across the change is an hour, and the day knows how many it has', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    await planned(bench, dana, { date: '2026-10-25', time: '02:30' });
    expect(await dayOf(bench, dana, '2026-10-25', 'Europe/Berlin')).toMatchObject([{ fromMin: 150, toMin: 210 }]);
    expect(words['day.clocksChange']).toBe('Clocks change on this day: it has {hours} hours.');
  });
});

describe('a meeting that was planned in another zone', () => {
  test('stands in everybody’s calendar at the same instant, on the day that it is there', async () => {
    const bench = await createBench();
    const [dana, eva] = [await bench.arrive(DANA), await bench.arrive(EVA)];
    const { meeting } = await planned(bench, dana, { date: '2026-06-10', time: '20:00', zone: 'America/Los_Angeles' });
    expect(meeting.startMs).toBe(at('2026-06-10T20:00:00-07:00'));
    expect(meeting.zone).toBe('America/Los_Angeles');
    expect(await dayOf(bench, eva, '2026-06-10', 'Europe/Berlin')).toEqual([]);
    expect(await dayOf(bench, eva, '2026-06-11', 'Europe/Berlin')).toMatchObject([{ title: 'Pump', fromMin: 5 * 60 }]);
    expect(await dayOf(bench, dana, '2026-06-10', 'America/Los_Angeles')).toMatchObject([{ fromMin: 20 * 60 }]);
  });

  test('is an event of its instant for every calendar program, whatever that knows of zones', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meeting } = await planned(bench, dana, { date: '2026-06-10', time: '20:00', zone: 'America/Los_Angeles' });
    const { ics, text } = accepted(await bench.hub.meetings.service.invitation(dana, { meetingId: meeting.meetingId }));
    expect(ics).toContain('DTSTART:20260611T030000Z');
    expect(ics).toContain('DTEND:20260611T040000Z');
    expect(text).toContain('(America/Los_Angeles)');
  });
});

describe('a meeting across midnight', () => {
  test('stands in both days, cut at midnight', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    await planned(bench, dana, { date: '2026-06-10', time: '23:30', durationMin: '90' });
    expect(await dayOf(bench, dana, '2026-06-10', 'Europe/Berlin')).toMatchObject([
      { fromMin: 23 * 60 + 30, toMin: 24 * 60, startsBefore: false, endsAfter: true },
    ]);
    expect(await dayOf(bench, dana, '2026-06-11', 'Europe/Berlin')).toMatchObject([
      { fromMin: 0, toMin: 60, startsBefore: true, endsAfter: false },
    ]);
  });

  test('says in its invitation on which day it ends', async () => {
    const bench = await createBench();
    const dana = await bench.arrive(DANA);
    const { meeting } = await planned(bench, dana, { date: '2026-06-10', time: '23:30', durationMin: '90' });
    const { text } = accepted(await bench.hub.meetings.service.invitation(dana, { meetingId: meeting.meetingId }));
    expect(text).toMatch(/Wednesday,? 10 June 2026, 23:30 – Thursday,? 11 June 2026, 01:00 \(Europe\/Berlin\)/);
  });
});
