import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EditingBlock } from '../../../src/ui/editing/availability.ts';
import { createFreezing } from '../../../src/ui/editing/freezing.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(startsPlaced: boolean) {
  const isPlaced = signal(startsPlaced);
  const world = { frozen: 0, block: null as EditingBlock | null, said: [] as EditingBlock[] };
  const freezing = createFreezing({
    isPlaced,
    freeze() {
      if (isPlaced.value) world.frozen += 1;
      return isPlaced.value;
    },
  });
  const begin = () => freezing.begin({ blocked: () => world.block, onGivenUp: (why) => world.said.push(why) });
  return { isPlaced, world, freezing, begin };
}

describe('freezing the picture', () => {
  it('happens at once when the frame on stage can be drawn on', () => {
    const { world, freezing, begin } = setUp(true);
    expect(begin()).toBe('frozen');
    expect(freezing.waiting.value).toBe(false);
    expect(world).toMatchObject({ frozen: 1, said: [] });
  });

  it('waits for the next frame that can be, and freezes that one once', () => {
    const { isPlaced, world, freezing, begin } = setUp(false);
    expect(begin()).toBe('waiting');
    expect(freezing.waiting.value).toBe(true);
    vi.advanceTimersByTime(900);
    isPlaced.value = true;
    expect(freezing.waiting.value).toBe(false);
    isPlaced.value = false;
    isPlaced.value = true;
    vi.runAllTimers();
    expect(world).toMatchObject({ frozen: 1, said: [] });
  });

  it('gives up after a second, says why, and can be wished for again', () => {
    const { isPlaced, world, freezing, begin } = setUp(false);
    begin();
    vi.advanceTimersByTime(999);
    expect(world.said).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(world.said).toEqual(['no-pose']);
    expect(freezing.waiting.value).toBe(false);
    isPlaced.value = true;
    expect(world.frozen).toBe(0);
    expect(begin()).toBe('frozen');
  });

  it('names what came in the way meanwhile, when the frame is there or the time is over', () => {
    const early = setUp(false);
    early.begin();
    early.world.block = 'offline';
    early.isPlaced.value = true;
    expect(early.world).toMatchObject({ frozen: 0, said: ['offline'] });
    const late = setUp(false);
    late.begin();
    late.world.block = 'tracking-lost';
    vi.runAllTimers();
    expect(late.world).toMatchObject({ frozen: 0, said: ['tracking-lost'] });
  });

  it('keeps the first wish when it is wished for again', () => {
    const { world, begin } = setUp(false);
    begin();
    vi.advanceTimersByTime(600);
    expect(begin()).toBe('waiting');
    vi.advanceTimersByTime(400);
    expect(world.said).toEqual(['no-pose']);
    vi.runAllTimers();
    expect(world.said).toEqual(['no-pose']);
  });

  it('freezes nothing and says nothing once it is called off', () => {
    const { isPlaced, world, freezing, begin } = setUp(false);
    begin();
    freezing.cancel();
    expect(freezing.waiting.value).toBe(false);
    isPlaced.value = true;
    vi.runAllTimers();
    expect(world).toMatchObject({ frozen: 0, said: [] });
  });
});
