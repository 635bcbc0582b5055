import type { CDPSession, Page } from '@playwright/test';
import { progress, report } from '../report.ts';
import { quantile, rounded } from '../statistics.ts';
import { type HeapSample, retainedPerFrame, sampleHeap } from './heap.ts';
import type { MeteredFrame } from './meter.ts';

const SLOWDOWNS = [1, 4] as const;
/** Until the compilers have made up their minds. */
const WARM_UP_FRAMES = 120;
const FRAMES = 300;
/** The heap is looked at between windows of frames, after the page's rings (10 s of poses) have been filled. */
const HEAP_WINDOWS = 8;
const HEAP_WINDOW_FRAMES = 200;
const FRAME_TIMEOUT_MS = 300_000;

interface FrameCase {
  readonly name: string;
  readonly page: Page;
  /** Also the slope of the heap, which takes minutes. */
  readonly heap: boolean;
}

/** Measures a page that is in the room: at full speed, then with its processor slowed down. */
export async function measureFrames({ name, page, heap }: FrameCase): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  for (const slowdown of SLOWDOWNS) {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await passFrames(page, WARM_UP_FRAMES);
    const frames = await passFrames(page, FRAMES);
    const heapBytesPerFrame = heap && slowdown === 1 ? rounded(await heapSlope(name, page, cdp), 1) : null;
    report('frame', name, { slowdown, ...figuresOf(frames), heapBytesPerFrame });
  }
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await cdp.detach();
}

function figuresOf(frames: readonly MeteredFrame[]) {
  const jsMs = frames.map((frame) => frame.jsMs);
  return {
    drawCalls: Math.max(...frames.map((frame) => frame.drawCalls)),
    jsMsP50: rounded(quantile(jsMs, 0.5), 2),
    jsMsP95: rounded(quantile(jsMs, 0.95), 2),
  };
}

/** Waits for so many frames and returns them. */
async function passFrames(page: Page, count: number): Promise<readonly MeteredFrame[]> {
  const before = await page.evaluate(() => window.__frameMeter?.frames() ?? 0);
  await page.waitForFunction((until) => (window.__frameMeter?.frames() ?? 0) >= until, before + count, {
    timeout: FRAME_TIMEOUT_MS,
    polling: 250,
  });
  return page.evaluate((last) => window.__frameMeter?.last(last) ?? [], count);
}

async function heapSlope(name: string, page: Page, cdp: CDPSession): Promise<number> {
  const samples: HeapSample[] = [await sampleHeap(page, cdp)];
  for (let i = 0; i < HEAP_WINDOWS; i += 1) {
    await passFrames(page, HEAP_WINDOW_FRAMES);
    const sample = await sampleHeap(page, cdp);
    samples.push(sample);
    progress(`${name}: frame ${sample.frames}, ${Math.round(sample.bytes / 1024)} KiB on the heap`);
  }
  return retainedPerFrame(samples);
}
