import { describe, expect, it, vi } from 'vitest';
import { accept, refuse } from '../../src/domain/call/refusal.ts';
import { decideAtDoor } from '../../src/headset/decide-at-door.ts';

const MEETING = 'meeting';

function setUp({ leftOver = 0 } = {}) {
  return {
    admit: vi.fn(async () => accept(null)),
    deny: vi.fn(async () => refuse('not-waiting')),
    admitAll: vi.fn(async () => accept({ letIn: 1, leftOver })),
    denyAll: vi.fn(async () => accept(null)),
  };
}

describe('deciding at a door from the headset', () => {
  it('asks for one by name, for several at once, and for nobody nothing', async () => {
    const door = setUp();
    expect(await decideAtDoor(door, { decision: 'admit', meetingId: MEETING, people: ['a'] })).toBeNull();
    expect(await decideAtDoor(door, { decision: 'admit', meetingId: MEETING, people: ['a', 'b'] })).toBeNull();
    expect(await decideAtDoor(door, { decision: 'deny', meetingId: MEETING, people: ['a', 'b'] })).toBeNull();
    expect(await decideAtDoor(door, { decision: 'deny', meetingId: MEETING, people: [] })).toBeNull();
    expect(door.admit.mock.calls).toEqual([[MEETING, 'a']]);
    expect(door.admitAll.mock.calls).toEqual([[MEETING, ['a', 'b']]]);
    expect(door.denyAll.mock.calls).toEqual([[MEETING, ['a', 'b']]]);
    expect(door.deny).not.toHaveBeenCalled();
  });

  it('says why it was refused, and that the meeting is full when there was no place for some', async () => {
    const door = setUp({ leftOver: 2 });
    const denied = await decideAtDoor(door, { decision: 'deny', meetingId: MEETING, people: ['a'] });
    expect(denied).toMatchObject({ code: 'not-waiting' });
    const full = await decideAtDoor(door, { decision: 'admit', meetingId: MEETING, people: ['a', 'b', 'c'] });
    expect(full).toEqual({ code: 'meeting-full' });
  });
});
