import { describe, expect, test } from 'vitest';
import type { DirectoryMeeting } from '../../../src/hub/directory/directory.ts';
import { createMemoryStore } from '../../../src/hub/store/memory-store.ts';
import { accepted, cameIn, createBench, DANA, EVA, TID } from '../support/hub-bench.ts';
import { decide, knock, MINUTE_MS, newcomer } from '../support/meeting-bench.ts';

const MEETING_ID = 'calendar-1';

/** A meeting of the company's own calendar, which can be out of reach, with an outsider who was admitted to it. */
async function calendarMeeting() {
  let calendar: 'answers' | 'is empty' | 'fails' = 'answers';
  const store = createMemoryStore();
  const startMs = Date.UTC(2026, 0, 5, 9);
  const listed: DirectoryMeeting = {
    ...{ tid: TID, meetingId: MEETING_ID, title: 'Pump', startMs, endMs: startMs + 60 * MINUTE_MS },
    ...{ organizer: DANA, invitees: [EVA] },
  };
  const bench = await createBench(store, {
    async meeting() {
      if (calendar === 'fails') throw new Error('no calendar');
      return calendar === 'answers' ? listed : null;
    },
  });
  const dana = await bench.arrive(DANA);
  cameIn(await knock(bench, dana, MEETING_ID));
  const who = newcomer(MEETING_ID);
  const chris = await bench.visit(who);
  await knock(bench, chris, MEETING_ID);
  accepted(await decide(bench, dana, { type: 'admit', meetingId: MEETING_ID, person: chris.person }));
  cameIn(await knock(bench, chris, MEETING_ID));
  const set = (now: typeof calendar): void => {
    calendar = now;
  };
  return { bench, dana, chris, who, set };
}

describe('a place in a meeting of the company’s calendar, after a restart of the hub', () => {
  test('is not kept for longer because the calendar does not know of the meeting yet [SPEC 10.8]', async () => {
    const { bench, who, set } = await calendarMeeting();
    set('is empty');
    await bench.restart();
    await bench.clock.advance(10 * MINUTE_MS);
    set('answers');
    const back = await bench.visit(who);
    expect(accepted(await knock(bench, back, MEETING_ID))).toMatchObject({ state: 'waiting' });
  });

  test('is kept as ever once the calendar answers, and the hub starts without it [SPEC 10.8]', async () => {
    const { bench, dana, chris, who, set } = await calendarMeeting();
    set('fails');
    await bench.restart();
    expect(bench.failures).not.toEqual([]);
    set('answers');
    await bench.clock.advance(5_000);
    await bench.arrive(DANA, 'desk', dana.device.id);
    await bench.visit(who, 'join', chris.device.id);
    await bench.clock.advance(10 * MINUTE_MS);
    const { inside } = await bench.hub.meetings.doors.state({ tid: TID, meetingId: MEETING_ID });
    expect(Object.values(inside).map(({ state }) => state)).toEqual(['in', 'in']);
  });
});
