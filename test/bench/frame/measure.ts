import type { CDPSession, Page } from '@playwright/test';
import { progress, report } from '../report.ts';
import { quantile, rounded } from '../statistics.ts';
import { type HeapSample, retainedPerFrame, sampleHeap } from './heap.ts';
import type { MeteredFrame } from './meter.ts';

const SLOWDOWNS = [1, 4] as const;
/** Until the compilers have made up their minds. */
const WARM_UP_FRAMES = 120;
const FRAMES = 300;
/** The heap is looked at last, between windows of frames: by then rings and caches are full. */
const HEAP_WINDOWS = 10;
const HEAP_WINDOW_FRAMES = 200;
const FRAME_TIMEOUT_MS = 300_000;

/** Measures a page that is in the room: at full speed, with its processor slowed down, and what stays on its heap. */
export async function measureFrames(name: string, page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const results = [];
  for (const slowdown of SLOWDOWNS) {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await passFrames(page, WARM_UP_FRAMES);
    const figures = figuresOf(await passFrames(page, FRAMES));
    progress(`${name}, ${slowdown} times slower: ${JSON.stringify(figures)}`);
    results.push({ slowdown, ...figures });
  }
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const heapBytesPerFrame = rounded(await heapSlope(name, cdp), 1);
  await cdp.detach();
  for (const result of results) {
    report('frame', name, { ...result, heapBytesPerFrame: result.slowdown === 1 ? heapBytesPerFrame : null });
  }
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
  for (let i = 0; i <= HEAP_WINDOWS; i += 1) {
    const sample = await sampleHeap(cdp, HEAP_WINDOW_FRAMES);
    samples.push(sample);
    progress(`${name}: frame ${sample.frames}, ${Math.round(sample.bytes / 1024)} KiB on the heap`);
  }
  return retainedPerFrame(samples);
}
