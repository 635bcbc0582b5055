import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createListeners } from '../../../src/client/listeners.ts';
import { createDoor } from '../../../src/client/meetings/door.ts';
import type { CallSession, LobbyPlaceNews, MeetingEntry, MeetingEntryRequest } from '../../../src/client/types.ts';
import { initialCall, NO_MEDIA } from '../../../src/domain/call/initial.ts';
import { accept, type Result, refuse } from '../../../src/domain/call/refusal.ts';
import type { LobbyNews } from '../../../src/protocol/meetings.ts';

const session = { callId: 'c', state: signal(initialCall('c')) } as unknown as CallSession;
const IN: MeetingEntry = { state: 'in', session, part: { class: 'member', signedIn: true, kind: 'scheduled' } };
const at = (number: number, waitedMs = 0): MeetingEntry => ({ state: 'waiting', place: { number, waitedMs } });
const REQUEST: MeetingEntryRequest = { meetingId: 'm', media: NO_MEDIA };

function setUp(...entries: readonly Result<MeetingEntry>[]) {
  const left = [...entries];
  const asked: MeetingEntryRequest[] = [];
  const invoked: unknown[] = [];
  const heard = new Map<string, (news: never) => void>();
  const places = createListeners<[LobbyPlaceNews]>();
  const door = createDoor({
    hub: {
      invoke: async (method: string, request: unknown) => {
        invoked.push({ method, request });
        return accept(null) as never;
      },
      on: (message: string, listener: (news: never) => void) => void heard.set(message, listener),
    },
    enter: async (request) => {
      asked.push(request);
      return left.shift() ?? refuse('not-found');
    },
    onPlace: places.add,
  });
  const tellLobby = (news: LobbyNews): void => heard.get('lobby')?.(news as never);
  return { door, asked, invoked, tellPlace: places.emit, tellLobby };
}

const entry = {
  person: 'p',
  name: 'Pat',
  class: 'anonymous',
  signedIn: false,
  waitedMs: 60_000,
  away: false,
} as const;
const lobby = (meetingId: string, entries: LobbyNews['entries']): LobbyNews => ({
  meetingId,
  title: 'Pump',
  kind: 'scheduled',
  entries,
  mayAdmit: true,
  admitters: [],
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('joining a meeting', () => {
  it('answers at once where no lobby is on the way', async () => {
    const { door } = setUp(accept(IN));
    expect(await door.join(REQUEST)).toEqual(accept(session));
    expect(door.place.value).toBeNull();
  });

  it('waits in the lobby, shows the place, and comes in once admitted', async () => {
    const { door, asked, tellPlace } = setUp(accept(at(2, 5_000)), accept(IN));
    const joined = door.join(REQUEST);
    await vi.advanceTimersByTimeAsync(0);
    expect(door.place.value).toEqual({ meetingId: 'm', number: 2, sinceMs: Date.now() - 5_000 });
    tellPlace({ meetingId: 'm', state: 'waiting', place: { number: 1, waitedMs: 9_000 } });
    expect(door.place.value?.number).toBe(1);
    tellPlace({ meetingId: 'm', state: 'admitted' });
    expect(await joined).toEqual(accept(session));
    expect([asked.length, door.place.value]).toEqual([2, null]);
  });

  it('asks after a drop for the place that it had, so that whoever was denied meanwhile learns so', async () => {
    const { door, asked } = setUp(accept(at(1)), refuse('lobby-denied'));
    const joined = door.join(REQUEST);
    await vi.advanceTimersByTimeAsync(0);
    door.resume();
    expect(await joined).toEqual(refuse('lobby-denied'));
    expect(asked).toEqual([REQUEST, { ...REQUEST, again: true }]);
  });

  it('says why somebody was turned away', async () => {
    const { door, tellPlace } = setUp(accept(at(1)));
    const joined = door.join(REQUEST);
    await vi.advanceTimersByTimeAsync(0);
    tellPlace({ meetingId: 'other', state: 'turnedAway', code: 'lobby-denied' });
    expect(door.place.value).not.toBeNull();
    tellPlace({ meetingId: 'm', state: 'turnedAway', code: 'meeting-cancelled' });
    expect(await joined).toEqual(refuse('meeting-cancelled'));
    expect(door.place.value).toBeNull();
  });

  it('tells the hub that somebody waits no more, and needs no answer for it', async () => {
    const { door, invoked } = setUp(accept(at(1)));
    const joined = door.join(REQUEST);
    await vi.advanceTimersByTimeAsync(0);
    await door.leave();
    expect(await joined).toEqual(accept(null));
    expect(invoked).toEqual([{ method: 'leaveLobby', request: { meetingId: 'm' } }]);
  });

  it('asks for its place again after a drop, and keeps waiting while the hub gives no answer', async () => {
    const { door, tellPlace } = setUp(accept(at(3)), refuse('internal'), accept(at(2)), accept(IN));
    const joined = door.join(REQUEST);
    await vi.advanceTimersByTimeAsync(0);
    door.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(door.place.value?.number).toBe(3);
    door.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect(door.place.value?.number).toBe(2);
    tellPlace({ meetingId: 'm', state: 'admitted' });
    expect(await joined).toEqual(accept(session));
  });

  it('gives way to another page of the same person', async () => {
    const { door, tellPlace } = setUp(accept(at(1)));
    const joined = door.join(REQUEST);
    await vi.advanceTimersByTimeAsync(0);
    tellPlace({ meetingId: 'm', state: 'takenOver' });
    expect(await joined).toEqual(accept(null));
  });
});

describe('who waits', () => {
  it('is kept for each meeting, until nobody does', () => {
    const { door, tellLobby } = setUp();
    tellLobby(lobby('a', [entry]));
    tellLobby(lobby('b', [entry]));
    tellLobby(lobby('a', []));
    expect(door.lobbies.value.map(({ meetingId }) => meetingId)).toEqual(['b']);
    expect(door.lobbies.value[0]?.toldAtMs).toBe(Date.now());
    door.forget();
    expect(door.lobbies.value).toEqual([]);
  });

  it('is decided about one by one, or all that the page shows', async () => {
    const { door, invoked } = setUp();
    await door.admit('m', 'p');
    await door.denyAll('m', ['p', 'q']);
    expect(invoked).toEqual([
      { method: 'admit', request: { meetingId: 'm', person: 'p' } },
      { method: 'denyAll', request: { meetingId: 'm', people: ['p', 'q'] } },
    ]);
  });
});
