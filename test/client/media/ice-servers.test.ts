import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIceServerSource } from '../../../src/client/media/ice-servers.ts';
import { createPoseFeed } from '../../../src/client/media/pose-feed.ts';
import { createResend } from '../../../src/client/media/resend.ts';

describe('the known ICE servers', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are the last that were told, also after a question that failed', async () => {
    const ask = vi.fn<() => Promise<RTCIceServer[]>>().mockResolvedValueOnce([{ urls: 'turn:a' }]);
    ask.mockRejectedValueOnce(new Error('away'));
    const source = createIceServerSource(ask);
    expect(source.current()).toEqual([]);
    await source.refresh();
    await source.refresh();
    expect(source.current()).toEqual([{ urls: 'turn:a' }]);
  });

  it('are waited for no longer than three seconds, and taken when they come later', async () => {
    let answer: (servers: RTCIceServer[]) => void = () => undefined;
    const source = createIceServerSource(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const refreshed = source.refresh();
    await vi.advanceTimersByTimeAsync(3000);
    await refreshed;
    expect(source.current()).toEqual([]);
    answer([{ urls: 'turn:late' }]);
    await vi.advanceTimersByTimeAsync(0);
    expect(source.current()).toEqual([{ urls: 'turn:late' }]);
  });
});

describe('repeating', () => {
  it('comes after ever longer pauses, and soon again after something new', () => {
    let nowMs = 0;
    const resend = createResend(() => nowMs);
    const due: number[] = [];
    for (; nowMs <= 10_000; nowMs += 500) if (resend.isDue()) due.push(nowMs);
    expect(due).toEqual([1000, 2500, 4500, 7000, 9500]);
    resend.reset();
    nowMs += 1000;
    expect(resend.isDue()).toBe(true);
  });
});

describe('the feed of poses', () => {
  it('reaches every worker that is connected, and nobody after that', async () => {
    const feed = createPoseFeed();
    const [first, second] = [feed.connect(), feed.connect()];
    const came = (port: MessagePort) =>
      new Promise<Float64Array>((resolve) => {
        port.onmessage = ({ data }: MessageEvent<Float64Array>) => resolve(data);
      });
    const samples = [came(first.port), came(second.port)];
    feed.push(5, 1, 2, 3, 0, 0.6, 0, 0.8, true, 4);
    for (const sample of await Promise.all(samples)) expect([...sample]).toEqual([5, 1, 2, 3, 0, 0.6, 0, 0.8, 1, 4]);

    first.disconnect();
    first.disconnect();
    const next = came(second.port);
    const stray = vi.fn();
    first.port.onmessage = stray;
    feed.push(6, 0, 0, 0, 0, 0, 0, 1, false, 5);
    expect([...(await next)]).toEqual([6, 0, 0, 0, 0, 0, 0, 1, 0, 5]);
    expect(stray).not.toHaveBeenCalled();
    second.disconnect();
    first.port.close();
    second.port.close();
  });
});
