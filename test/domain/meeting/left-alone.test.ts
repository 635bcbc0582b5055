import { describe, expect, test } from 'vitest';
import { nextDueMs } from '../../../src/domain/meeting/sweep.ts';
import {
  anonymous,
  createDoor,
  HOUR_MS,
  knockOf,
  MINUTE_MS,
  meetingOf,
  oneTime,
  organizer,
  START_MS,
} from './fixtures.ts';

const [ann, bob] = [anonymous('ann'), anonymous('bob')];
const LINK_MS = 24 * HOUR_MS;

/** Outsiders and the organizer are in; the clock stands at the start. */
function held(meeting = meetingOf(), outsiders = [ann, bob]) {
  const door = createDoor(meeting);
  door.come(organizer);
  for (const one of outsiders) {
    door.ask(knockOf(one));
    door.ask(door.admit(one.person));
    door.ask({ type: 'enter', person: one.person });
  }
  return door;
}

describe('outsiders among themselves', () => {
  test('stay until the meeting is over, and hold it open no longer', () => {
    const door = held();
    door.ask({ type: 'leave', person: organizer.person });
    expect(nextDueMs(door.state, door.context)).toBe(START_MS + HOUR_MS);
    door.wait(HOUR_MS - 1);
    door.ask({ type: 'sweep' });
    expect(door.inside()).toEqual([ann.person, bob.person]);
    door.wait(1);
    const swept = door.ask({ type: 'sweep' });
    expect(swept.ok ? swept.value.map((event) => (event.type === 'wentOut' ? event.reason : event.type)) : []).toEqual([
      'over',
      'over',
    ]);
    expect(door.inside()).toEqual([]);
    expect(door.ask(knockOf(ann))).toMatchObject({ refusal: { code: 'call-over' } });
  });

  test('go with the last of the company after the end; a place that is kept counts', () => {
    const door = held();
    door.wait(3 * HOUR_MS);
    door.ask({ type: 'drop', person: organizer.person });
    door.wait(MINUTE_MS - 1);
    door.ask({ type: 'sweep' });
    expect(door.inside()).toHaveLength(3);
    door.wait(1);
    door.ask({ type: 'sweep' });
    expect(door.inside()).toEqual([]);
  });

  test('go at once when the meeting is cancelled and nobody of the company is there', () => {
    const door = held();
    door.change({ meeting: meetingOf({ cancelled: true }) });
    door.ask({ type: 'sweep' });
    expect(door.inside()).toHaveLength(3);
    door.ask({ type: 'leave', person: organizer.person });
    expect(nextDueMs(door.state, door.context)).toBeLessThanOrEqual(door.context.nowMs);
    door.ask({ type: 'sweep' });
    expect(door.inside()).toEqual([]);
  });

  test('a customer waits for an agent who was lost for as long as the link was worth, and then the call is over', () => {
    const door = held(oneTime(), [ann]);
    door.ask({ type: 'drop', person: organizer.person });
    door.wait(MINUTE_MS);
    door.ask({ type: 'sweep' });
    expect(door.inside()).toEqual([ann.person]);
    const overMs = oneTime().endMs + LINK_MS;
    expect(nextDueMs(door.state, door.context)).toBe(overMs);
    door.wait(overMs - door.context.nowMs);
    door.ask({ type: 'sweep' });
    expect([door.inside(), door.state.ended]).toEqual([[], true]);
  });
});
