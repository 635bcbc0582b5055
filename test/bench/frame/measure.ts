import type { CDPSession, Page } from '@playwright/test';
import { progress, report } from '../report.ts';
import { quantile, rounded } from '../statistics.ts';
import { type HeapSample, retainedPerFrame, sampleHeap } from './heap.ts';
import type { MeteredFrame } from './meter.ts';

/** Full speed last: what stays on the heap is measured then, once rings and caches are full. */
const SLOWDOWNS = [4, 1] as const;
/** Until the compilers have made up their minds. */
const WARM_UP_FRAMES = 120;
const FRAMES = 300;
/** Until compiled code, rings and caches have reached their size: the heap grows by some 100 KiB on the way. */
const HEAP_SETTLE_FRAMES = 10_000;
/** The heap is looked at between windows of frames. */
const HEAP_WINDOWS = 12;
const HEAP_WINDOW_FRAMES = 250;
const FRAME_TIMEOUT_MS = 300_000;

interface FrameCase {
  readonly name: string;
  readonly page: Page;
  /** Also what stays on the heap, which takes more than a thousand frames. */
  readonly heap: boolean;
}

/** Measures a page that is in the room: with its processor slowed down, at full speed, and what stays on its heap. */
export async function measureFrames({ name, page, heap }: FrameCase): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  for (const slowdown of SLOWDOWNS) {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await passFrames(page, WARM_UP_FRAMES);
    const figures = figuresOf(await passFrames(page, FRAMES));
    const heapBytesPerFrame = heap && slowdown === 1 ? rounded(await heapSlope(name, cdp), 1) : null;
    report('frame', name, { slowdown, ...figures, heapBytesPerFrame });
  }
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

async function heapSlope(name: string, cdp: CDPSession): Promise<number> {
  const samples: HeapSample[] = [];
  progress(`${name}: ${HEAP_SETTLE_FRAMES} frames until the heap has settled …`);
  await sampleHeap(cdp, HEAP_SETTLE_FRAMES);
  for (let i = 0; i <= HEAP_WINDOWS; i += 1) {
    const sample = await sampleHeap(cdp, HEAP_WINDOW_FRAMES);
    samples.push(sample);
    progress(`${name}: frame ${sample.frames}, ${Math.round(sample.bytes / 1024)} KiB on the heap`);
  }
  return retainedPerFrame(samples);
}
