/** What each frame of the mixed-reality session cost the page; lives in the page, read by the benchmarks. */
export interface FrameMeter {
  /** Frames since the page began; never reset. */
  frames(): number;
  /** Resolves with `frames()` when so many more have passed. One at a time. */
  after(count: number): Promise<number>;
  /** The last frames, oldest first; as many as there are, up to `count`. */
  last(count: number): readonly MeteredFrame[];
}

export interface MeteredFrame {
  /** JavaScript of the app's own frame callbacks, not of the emulator around them. */
  readonly jsMs: number;
  /** WebGL draw calls within those callbacks, both eyes together. */
  readonly drawCalls: number;
  /** Indices or vertices of those draw calls: changes when what is drawn changes. */
  readonly drawnElements: number;
  /** When its last callback was over, `performance.now()`. */
  readonly endMs: number;
}

declare global {
  interface Window {
    __frameMeter?: FrameMeter;
  }
}

/**
 * Runs in the page before anything else of it. Wraps the frame callbacks of whatever XR session comes, and WebGL's
 * draw calls. Remembers in arrays made beforehand: a meter that allocates would show up in the heap it measures.
 */
export function installFrameMeter(): void {
  const capacity = 4_096;
  const jsMs = new Float64Array(capacity);
  const endMs = new Float64Array(capacity);
  const drawCalls = new Uint32Array(capacity);
  const drawnElements = new Uint32Array(capacity);
  let frames = 0;
  let newest: unknown = null;
  let isInCallback = false;
  let awaited: { readonly frames: number; resolve(frames: number): void } | null = null;

  const add = (values: Float64Array | Uint32Array, amount: number): void => {
    const slot = (frames - 1) % capacity;
    values[slot] = (values[slot] ?? 0) + amount;
  };
  const beginFrame = (frame: unknown): void => {
    if (frame === newest) return;
    newest = frame;
    if (awaited !== null && frames >= awaited.frames) {
      awaited.resolve(frames);
      awaited = null;
    }
    frames += 1;
    const slot = (frames - 1) % capacity;
    jsMs[slot] = 0;
    drawCalls[slot] = 0;
    drawnElements[slot] = 0;
  };
  const measured = (callback: XRFrameRequestCallback, time: number, frame: XRFrame): void => {
    beginFrame(frame);
    isInCallback = true;
    const startMs = performance.now();
    try {
      callback(time, frame);
    } finally {
      isInCallback = false;
      const nowMs = performance.now();
      add(jsMs, nowMs - startMs);
      endMs[(frames - 1) % capacity] = nowMs;
    }
  };
  const wrapSession = (session: typeof XRSession): void => {
    const native = session.prototype.requestAnimationFrame;
    session.prototype.requestAnimationFrame = function (callback) {
      return native.call(this, (time, frame) => measured(callback, time, frame));
    };
  };
  const wrapDraw = (
    name: 'drawArrays' | 'drawElements' | 'drawArraysInstanced' | 'drawElementsInstanced',
    at: number,
  ): void => {
    const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, (...args: number[]) => void>;
    const native = prototype[name];
    if (native === undefined) throw new Error(`this browser has no ${name}`);
    prototype[name] = function (...args) {
      if (isInCallback) {
        add(drawCalls, 1);
        add(drawnElements, args[at] ?? 0);
      }
      native.apply(this, args);
    };
  };

  // The emulator puts its own class in place of the browser's; the session that counts is of the last one.
  let sessionClass = XRSession;
  Object.defineProperty(globalThis, 'XRSession', {
    configurable: true,
    get: () => sessionClass,
    set(next: typeof XRSession) {
      if (next !== sessionClass) wrapSession(next);
      sessionClass = next;
    },
  });
  wrapDraw('drawArrays', 2);
  wrapDraw('drawElements', 1);
  wrapDraw('drawArraysInstanced', 2);
  wrapDraw('drawElementsInstanced', 1);
  window.__frameMeter = {
    frames: () => frames,
    after: (count) =>
      new Promise((resolve) => {
        awaited = { frames: frames + count, resolve };
      }),
    last(count) {
      const length = Math.min(count, frames, capacity);
      return Array.from({ length }, (_, i) => {
        const slot = (frames - length + i) % capacity;
        return {
          jsMs: jsMs[slot] ?? 0,
          drawCalls: drawCalls[slot] ?? 0,
          drawnElements: drawnElements[slot] ?? 0,
          endMs: endMs[slot] ?? 0,
        };
      });
    },
  };
}
