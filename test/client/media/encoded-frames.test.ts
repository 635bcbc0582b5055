import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EncodedVideoFrame, pumpFrames } from '../../../src/client/media/encoded-frames.ts';

const frame = (id: number): EncodedVideoFrame => ({
  data: Uint8Array.of(id).buffer,
  getMetadata: () => ({ rtpTimestamp: id }),
});
const idOf = ({ data }: EncodedVideoFrame): number => new Uint8Array(data)[0] ?? -1;

/** A source to feed by hand and a sink that notes what came when. */
function createLine() {
  const written: [id: number, atMs: number][] = [];
  let feed: ReadableStreamDefaultController<EncodedVideoFrame> | undefined;
  const readable = new ReadableStream<EncodedVideoFrame>({
    start(controller) {
      feed = controller;
    },
  });
  const writable = new WritableStream<EncodedVideoFrame>({
    write: (out) => void written.push([idOf(out), performance.now()]),
  });
  return { readable, writable, written, push: (id: number) => feed?.enqueue(frame(id)), close: () => feed?.close() };
}

describe('the pump of encoded frames', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('leads every frame through in order, though one takes longer', async () => {
    const line = createLine();
    const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const pumping = pumpFrames(line, { holdMs: 0, process: (out) => wait(idOf(out) === 1 ? 20 : 0) });
    for (const id of [1, 2, 3]) line.push(id);
    line.close();
    await vi.advanceTimersByTimeAsync(30);
    await pumping;
    expect(line.written.map(([id]) => id)).toEqual([1, 2, 3]);
  });

  it('holds each frame for as long as asked, counted from its own arrival', async () => {
    const line = createLine();
    const startMs = performance.now();
    const pumping = pumpFrames(line, { holdMs: 150, process: async () => undefined });
    for (const id of [1, 2, 3, 4]) {
      line.push(id);
      await vi.advanceTimersByTimeAsync(40);
    }
    line.close();
    await vi.advanceTimersByTimeAsync(200);
    await pumping;
    expect(line.written.map(([id, atMs]) => [id, atMs - startMs])).toEqual([
      [1, 150],
      [2, 190],
      [3, 230],
      [4, 270],
    ]);
  });

  it('passes a frame on as it is when tagging fails', async () => {
    const line = createLine();
    const pumping = pumpFrames(line, { holdMs: 0, process: () => Promise.reject(new Error('no')) });
    line.push(1);
    line.close();
    await pumping;
    expect(line.written.map(([id]) => id)).toEqual([1]);
  });

  it('ends quietly when the connection is closed under it', async () => {
    const line = createLine();
    const writable = new WritableStream<EncodedVideoFrame>({ write: () => Promise.reject(new Error('closed')) });
    const pumping = pumpFrames({ readable: line.readable, writable }, { holdMs: 0, process: async () => undefined });
    line.push(1);
    line.push(2);
    line.close();
    await expect(pumping).resolves.toBeUndefined();
  });
});
