/**
 * Runs in the hub's process before the hub does: its clock jumps by as many ms as it is sent, and every timer that falls due
 * by that runs, in order. Nobody has to wait a minute to see what a minute does.
 */
function installLeapingClock(): void {
  const later = globalThis.setTimeout;
  const never = globalThis.clearTimeout;
  const now = Date.now;
  const waiting = new Map<unknown, { readonly dueMs: number; readonly run: () => void }>();
  let aheadMs = 0;

  Date.now = () => now() + aheadMs;
  globalThis.setTimeout = ((work: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
    const run = (): void => {
      waiting.delete(timer);
      work(...given);
    };
    const timer = later(run, ms);
    waiting.set(timer, { dueMs: Date.now() + ms, run });
    return timer;
  }) as typeof setTimeout;
  globalThis.clearTimeout = ((timer: NodeJS.Timeout) => {
    waiting.delete(timer);
    never(timer);
  }) as typeof clearTimeout;
  const runDue = (): void => {
    const due = [...waiting].filter(([, { dueMs }]) => dueMs <= Date.now()).sort(([, a], [, b]) => a.dueMs - b.dueMs);
    for (const [timer, { run }] of due) {
      never(timer as NodeJS.Timeout);
      run();
    }
  };
  // In hops: what one timer starts has time to set the next.
  const leap = async (ms: number): Promise<void> => {
    const hops = 20;
    for (let hop = 0; hop < hops; hop += 1) {
      aheadMs += ms / hops;
      runDue();
      await new Promise((resolve) => later(resolve, 40));
    }
    process.send?.('leapt');
  };
  process.on('message', (ms) => void leap(Number(ms)));
  process.channel?.unref();
}

/** The environment of a process whose clock can jump. */
export const LEAPING = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`(${installLeapingClock.toString()})()`)}`,
} as const;
