import type { CDPSession } from '@playwright/test';
import { quantile } from '../statistics.ts';

/** A heap that was just swept of everything nobody holds, and how many frames there had been by then. */
export interface HeapSample {
  readonly frames: number;
  readonly bytes: number;
}

/**
 * Lets frames pass, sweeps, and looks. By the debugger's protocol alone: every script that a test library evaluates in
 * the page leaves some bytes there, and would be taken for the frames'.
 */
export async function sampleHeap(cdp: CDPSession, frames: number): Promise<HeapSample> {
  const expression = `__frameMeter.after(${frames})`;
  const { result } = await cdp.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  // Twice: what finalizers let go is only collected the second time.
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return { frames: Number(result.value), bytes: usedSize };
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
