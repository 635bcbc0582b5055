import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLateAnnotations } from '../../../src/headset/annotation/late-annotations.ts';
import type { RoomContext, StartRoomTools } from '../../../src/headset/types.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ROOM = {} as RoomContext;

function createTools() {
  const stop = vi.fn();
  const startTools = vi.fn<StartRoomTools>(() => stop);
  return { startTools, stop };
}

test('what draws in the room is fetched once, with the first call, and starts in the session that runs', async () => {
  const wanted = signal(false);
  const tools = createTools();
  const load = vi.fn(async () => tools);
  const late = createLateAnnotations({ wanted, load });
  const end = late.startTools(ROOM);
  await vi.advanceTimersByTimeAsync(0);
  expect(load).not.toHaveBeenCalled();

  wanted.value = true;
  await vi.advanceTimersByTimeAsync(0);
  expect(tools.startTools).toHaveBeenCalledExactlyOnceWith(ROOM);

  end();
  expect(tools.stop).toHaveBeenCalledOnce();
  wanted.value = false;
  wanted.value = true;
  late.startTools(ROOM);
  await vi.advanceTimersByTimeAsync(0);
  expect(load).toHaveBeenCalledOnce();
  expect(tools.startTools).toHaveBeenCalledTimes(2);
});

test('it is fetched again until the network is back', async () => {
  const tools = createTools();
  const load = vi.fn(async () => tools);
  load.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  load.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  const late = createLateAnnotations({ wanted: signal(true), load });
  late.startTools(ROOM);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(load).toHaveBeenCalledTimes(3);
  expect(tools.startTools).toHaveBeenCalledExactlyOnceWith(ROOM);
});

test('a session that ended meanwhile gets nothing', async () => {
  const tools = createTools();
  const late = createLateAnnotations({ wanted: signal(true), load: async () => tools });
  late.startTools(ROOM)();
  await vi.advanceTimersByTimeAsync(0);
  expect(tools.startTools).not.toHaveBeenCalled();
});
