/** When pens went up on a desk, and when the marks they made were drawn there. Times: ms of `Date.now()`, exact. */
export interface Stopwatch {
  readonly penUps: readonly number[];
  readonly drawn: readonly number[];
}

declare global {
  interface Window {
    __stopwatch?: Stopwatch;
  }
}

/** Runs in the desk's page. A mark is drawn when the frame after its arrival in the page's state was painted. */
export function installStopwatch(): void {
  const penUps: number[] = [];
  const drawn: number[] = [];
  let known = 0;
  const absolute = (timeMs: number): number => performance.timeOrigin + timeMs;
  addEventListener('pointerup', (event) => penUps.push(absolute(event.timeStamp)), { capture: true });
  const painted = (): void => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      drawn.push(absolute(performance.now()));
      channel.port1.close();
    };
    // Frames are painted between their callbacks and the next task.
    requestAnimationFrame(() => channel.port2.postMessage(null));
  };
  const look = (): void => {
    const count = document.querySelectorAll('[data-annotation-id]').length;
    for (; known < count; known += 1) painted();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  window.__stopwatch = { penUps, drawn };
}
