import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLateMediaPaths } from '../../../src/client/call/late-media-paths.ts';
import type { MediaPathsRequest, OpenMediaPaths } from '../../../src/client/call/media-paths.ts';
import type { MediaLink } from '../../../src/client/types.ts';

const REQUEST = {} as MediaPathsRequest;
const LINK = {} as MediaLink;

function setUp() {
  const disposed = vi.fn();
  const open = vi.fn<OpenMediaPaths>(() => {
    const links = signal<ReadonlyMap<string, MediaLink>>(new Map([['anna', LINK]]));
    const dispose = (): void => {
      links.value = new Map();
      disposed();
    };
    return { links, dispose };
  });
  return { open, disposed };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('media paths that are fetched for the first call', () => {
  it('are not fetched before it, and once only', async () => {
    const { open } = setUp();
    const load = vi.fn(async () => open);
    const late = createLateMediaPaths(load);
    expect(load).not.toHaveBeenCalled();
    const paths = late(REQUEST);
    expect(paths.links.value.size).toBe(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(paths.links.value.get('anna')).toBe(LINK);
    const next = late(REQUEST);
    expect(next.links.value.get('anna')).toBe(LINK);
    expect([load, open].map(({ mock }) => mock.calls.length)).toEqual([1, 2]);
  });

  it('are fetched again while that fails', async () => {
    const { open } = setUp();
    const load = vi.fn(async () => open).mockRejectedValueOnce(new Error('away'));
    const paths = createLateMediaPaths(load)(REQUEST);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(paths.links.value.size).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(paths.links.value.size).toBe(1);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('end with the call, also one that is over before they are there', async () => {
    const { open, disposed } = setUp();
    const late = createLateMediaPaths(async () => open);
    const short = late(REQUEST);
    short.dispose();
    const long = late(REQUEST);
    await vi.advanceTimersByTimeAsync(0);
    expect(open).toHaveBeenCalledTimes(1);
    expect([short.links.value.size, long.links.value.size]).toEqual([0, 1]);
    long.dispose();
    expect(disposed).toHaveBeenCalledTimes(1);
    expect(long.links.value.size).toBe(0);
  });
});
