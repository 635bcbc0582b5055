import { afterEach, expect, test, vi } from 'vitest';
import { watchCameraFrames } from '../../../src/client/media/shared-frames.ts';

const [read, played] = [vi.fn(), vi.fn()];
let bring: (captureTimeMs: number) => void = () => undefined;
vi.mock('../../../src/client/media/local-frames.ts', () => ({
  readFrameTimes: (_track: MediaStreamTrack, onFrame: (captureTimeMs: number) => void) => {
    bring = onFrame;
    read('begins');
    return { end: () => read('ends') };
  },
  watchLocalFrames: () => () => played(),
}));
afterEach(() => {
  vi.clearAllMocks();
});

const camera = () => ({}) as MediaStreamTrack;

test('a camera’s frames are read once for all who want them, until the last one has gone', () => {
  const track = camera();
  const [one, other] = [vi.fn(), vi.fn()];
  const stops = [watchCameraFrames(track, one), watchCameraFrames(track, other)];
  expect(read.mock.calls).toEqual([['begins']]);
  bring(10);
  stops[0]?.();
  stops[0]?.();
  bring(20);
  expect([one.mock.calls, other.mock.calls]).toEqual([[[10]], [[10], [20]]]);
  expect(played).not.toHaveBeenCalled();
  stops[1]?.();
  expect(read.mock.calls).toEqual([['begins'], ['ends']]);
  expect(played).toHaveBeenCalledOnce();
});

test('whoever comes after the last one has gone begins anew, and each camera is read for itself', () => {
  const [track, other] = [camera(), camera()];
  watchCameraFrames(track, () => undefined)();
  watchCameraFrames(track, () => undefined);
  watchCameraFrames(other, () => undefined);
  expect(read.mock.calls).toEqual([['begins'], ['ends'], ['begins'], ['begins']]);
});
