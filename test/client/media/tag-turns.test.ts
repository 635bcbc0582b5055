import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFrameTagger, type FrameTagger } from '../../../src/client/media/frame-tagger.ts';
import { createTagTurns, type TagTurns } from '../../../src/client/media/tag-turns.ts';
import type { FrameTag } from '../../../src/domain/registration/frame-tag.ts';

/** A camera that manages four frames a second, and a head that turns all the time, on a page that is busy drawing. */
const FRAME_MS = 250;
const POSE_MS = 16;
const ENCODE_MS = 100;
const OFFSET_MS = 50_000;

const rtpOf = (captureMs: number): number => (captureMs + OFFSET_MS) * 90;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Bench {
  readonly tagger: FrameTagger;
  readonly turns: TagTurns;
  readonly tags: FrameTag[];
  readonly taggedAtMs: number[];
  /** Captures a frame so long from now; its report comes so long after the encoder has brought it, or never. */
  capture(inMs: number, reportAfterMs: number | null): number;
}

const yawOf = (timeMs: number): number => timeMs / 2_000;

function createBench(): Bench {
  const tagger = createFrameTagger(0);
  const turns = createTagTurns(tagger, () => Date.now());
  const tags: FrameTag[] = [];
  const taggedAtMs: number[] = [];
  const tagged = (tag: FrameTag): void => {
    tags.push(tag);
    taggedAtMs.push(Date.now());
  };
  setInterval(() => {
    const halfYaw = yawOf(Date.now()) / 2;
    tagger.addPose(Float64Array.of(Date.now(), 0, 1.6, 0, 0, Math.sin(halfYaw), 0, Math.cos(halfYaw), 1, 1));
  }, POSE_MS);
  return {
    tagger,
    turns,
    tags,
    taggedAtMs,
    capture(inMs, reportAfterMs) {
      const captureMs = Date.now() + inMs;
      setTimeout(() => void turns.tagOf(rtpOf(captureMs)).then(tagged), inMs + ENCODE_MS);
      if (reportAfterMs !== null) {
        setTimeout(() => tagger.sawLocalFrame(captureMs), inMs + ENCODE_MS + reportAfterMs);
      }
      return captureMs;
    },
  };
}

/** Its reports come before the encoder's frames, so that the clock is known. */
async function runningBench(): Promise<Bench> {
  const bench = createBench();
  for (let i = 0; i < 40; i += 1) {
    bench.capture(0, -20);
    await vi.advanceTimersByTimeAsync(FRAME_MS);
  }
  expect(bench.tags.at(-1)).toMatchObject({ tracked: true });
  bench.tags.length = 0;
  return bench;
}

describe('the turns in which frames are tagged', () => {
  it('wait for the report of a frame that the encoder was quicker with, so that a turning head has its place', async () => {
    const bench = await runningBench();
    const captured: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      captured.push(bench.capture(0, 5 + (i % 40)));
      await vi.advanceTimersByTimeAsync(FRAME_MS);
    }
    expect(bench.tags.map(({ captureTimeMs }) => captureTimeMs)).toEqual(captured);
    expect(bench.tags.every(({ tracked }) => tracked)).toBe(true);
  });

  it('wait no longer than 60 ms, and then say nothing of a head that turns', async () => {
    const bench = await runningBench();
    bench.capture(0, 90);
    await vi.advanceTimersByTimeAsync(ENCODE_MS + 59);
    expect(bench.tags).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(bench.tags).toMatchObject([{ tracked: false }]);
  });

  it('do not wait where the player has stopped', async () => {
    const bench = await runningBench();
    await vi.advanceTimersByTimeAsync(1_200);
    bench.capture(0, null);
    await vi.advanceTimersByTimeAsync(ENCODE_MS + POSE_MS);
    expect(bench.tags).toHaveLength(1);
  });

  it('stop waiting for a player that is always too late, but for a trial now and then', async () => {
    const bench = await runningBench();
    const encodedAtMs: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      encodedAtMs.push(bench.capture(0, 120) + ENCODE_MS);
      await vi.advanceTimersByTimeAsync(FRAME_MS);
    }
    const delays = bench.taggedAtMs.slice(-40).map((timeMs, i) => timeMs - (encodedAtMs[i] ?? 0));
    expect(delays.slice(0, 3).every((delayMs) => delayMs >= 60)).toBe(true);
    expect(delays.slice(3).filter((delayMs) => delayMs >= 60).length).toBeLessThan(6);
    // Once the reports come in time again, every frame waits for its own.
    for (let i = 0; i < 20; i += 1) {
      bench.capture(0, 10);
      await vi.advanceTimersByTimeAsync(FRAME_MS);
    }
    expect(bench.tags.slice(-8).every(({ tracked }) => tracked)).toBe(true);
  });

  it('give frames that still wait no time when another encoder has come, nor its clock theirs', async () => {
    const bench = await runningBench();
    bench.capture(0, 30);
    await vi.advanceTimersByTimeAsync(ENCODE_MS + 10);
    const arrive = vi.spyOn(bench.tagger, 'arrive');
    bench.tagger.restartClock();
    bench.turns.retire();
    await vi.advanceTimersByTimeAsync(60);
    expect(arrive).not.toHaveBeenCalled();
    expect(bench.tags).toMatchObject([{ frameId: 40, captureTimeMs: 0, tracked: false }]);
  });

  it('keep the order of the frames when several wait at a time', async () => {
    const bench = await runningBench();
    const first = bench.capture(0, 55);
    const second = bench.capture(45, 12);
    await vi.advanceTimersByTimeAsync(2 * FRAME_MS);
    expect(bench.tags.map(({ captureTimeMs }) => captureTimeMs)).toEqual([first, second]);
    expect(bench.tags.map(({ frameId }) => frameId)).toEqual([40, 41]);
  });
});
