import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readFrameTimes } from '../../../src/client/media/local-frames.ts';

/** A camera whose frames come when the test says so, as `MediaStreamTrackProcessor` brings them. */
function createCamera() {
  let controller: ReadableStreamDefaultController<unknown> | undefined;
  const clone = { stop: vi.fn(), kind: 'video' };
  const closed: number[] = [];
  const cancelled = vi.fn();
  class Processor {
    readonly readable = new ReadableStream(
      {
        start: (own) => {
          controller = own;
        },
        cancel: cancelled,
      },
      { highWaterMark: 0 },
    );
  }
  vi.stubGlobal('MediaStreamTrackProcessor', Processor);
  return {
    track: { clone: () => clone } as unknown as MediaStreamTrack,
    clone,
    closed,
    cancelled,
    end: () => controller?.close(),
    async frame(timeMs: number): Promise<void> {
      controller?.enqueue({ timestamp: timeMs * 1000, close: () => closed.push(timeMs) });
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const STRANGE_MS = 9_000_000;

describe('the times of a camera’s frames', () => {
  test('are told in order, and every frame is closed', async () => {
    const camera = createCamera();
    const times: number[] = [];
    readFrameTimes(camera.track, (timeMs) => times.push(timeMs));
    for (const timeMs of [10, 20, 30]) await camera.frame(timeMs);
    expect(times).toEqual([10, 20, 30]);
    expect(camera.closed).toEqual([10, 20, 30]);
  });

  test('end with the next frame, and only then is the track stopped', async () => {
    const camera = createCamera();
    const times: number[] = [];
    const reading = readFrameTimes(camera.track, (timeMs) => times.push(timeMs));
    await camera.frame(10);
    reading?.end();
    await vi.advanceTimersByTimeAsync(100);
    expect(camera.clone.stop).not.toHaveBeenCalled();
    await camera.frame(20);
    expect(camera.closed).toEqual([10, 20]);
    expect(times).toEqual([10]);
    expect(camera.cancelled).toHaveBeenCalledOnce();
    expect(camera.clone.stop).toHaveBeenCalled();
  });

  test('end soon where no frame comes any more', async () => {
    const camera = createCamera();
    readFrameTimes(camera.track, () => undefined)?.end();
    await vi.advanceTimersByTimeAsync(1_999);
    expect(camera.clone.stop).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(camera.clone.stop).toHaveBeenCalled();
  });

  test('end with the camera', async () => {
    const camera = createCamera();
    readFrameTimes(camera.track, () => undefined);
    camera.end();
    await vi.advanceTimersByTimeAsync(0);
    expect(camera.clone.stop).toHaveBeenCalled();
  });

  test('are given up after ten frames in a row that count on another clock', async () => {
    const camera = createCamera();
    const times: number[] = [];
    readFrameTimes(camera.track, (timeMs) => times.push(timeMs));
    for (let i = 0; i < 10; i += 1) await camera.frame(STRANGE_MS + i);
    expect(times).toEqual([]);
    expect(camera.clone.stop).toHaveBeenCalled();
  });

  test('go on when a frame now and then is from another clock', async () => {
    const camera = createCamera();
    const times: number[] = [];
    readFrameTimes(camera.track, (timeMs) => times.push(timeMs));
    for (let i = 0; i < 30; i += 1) {
      await camera.frame(STRANGE_MS + i);
      await camera.frame(i);
    }
    expect(times).toHaveLength(30);
    expect(camera.clone.stop).not.toHaveBeenCalled();
  });

  test('are nobody’s where the browser cannot read frames, and no camera is kept', () => {
    const clone = { stop: vi.fn() };
    const track = { clone: () => clone } as unknown as MediaStreamTrack;
    expect(readFrameTimes(track, () => undefined)).toBeNull();
    expect(clone.stop).toHaveBeenCalled();
  });
});
