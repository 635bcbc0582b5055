import type { CDPSession, Page } from '@playwright/test';
import { quantile } from '../statistics.ts';

/** A heap that was just swept of everything nobody holds, and how many frames there had been by then. */
export interface HeapSample {
  readonly frames: number;
  readonly bytes: number;
}

/** Twice: what finalizers let go is only collected the second time. */
export async function sampleHeap(page: Page, cdp: CDPSession): Promise<HeapSample> {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const frames = await page.evaluate(() => window.__frameMeter?.frames() ?? 0);
  return { frames, bytes: usedSize };
}

/**
 * Bytes that stay for every frame: the median of the slopes between all pairs of samples (Theil 1950, Sen 1968),
 * which a single cache that fills up or empties in the meantime does not bend.
 */
export function retainedPerFrame(samples: readonly HeapSample[]): number {
  const slopes = samples.flatMap((a, i) =>
    samples.slice(i + 1).map((b) => (b.bytes - a.bytes) / Math.max(1, b.frames - a.frames)),
  );
  return quantile(slopes, 0.5);
}
