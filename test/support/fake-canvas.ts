export type FakeContext = ReturnType<typeof createFakeContext>;

/** A canvas for code that draws without a browser: remembers the words that were drawn, and how often it was cleared. */
class FakeCanvas {
  width: number;
  height: number;
  readonly context: FakeContext;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.context = createFakeContext();
  }
  getContext() {
    return this.context;
  }
}

function createFakeContext() {
  const drawn = { words: [] as string[], clears: 0 };
  const ignore = (): void => undefined;
  const known: Record<string, unknown> = {
    drawn,
    measureText: (text: string) => ({
      width: text.length * 10,
      fontBoundingBoxAscent: 8,
      fontBoundingBoxDescent: 2,
      actualBoundingBoxAscent: 8,
      actualBoundingBoxDescent: 2,
    }),
    fillText: (text: string) => drawn.words.push(text),
    clearRect: () => {
      drawn.clears += 1;
      drawn.words.length = 0;
    },
    getTransform: () => ({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }),
  };
  // Every other method of a 2D context draws nothing here.
  return new Proxy(known, {
    get: (target, name: string) => target[name] ?? ignore,
    set: (target, name: string, value) => {
      target[name] = value;
      return true;
    },
  }) as Record<string, unknown> & { readonly drawn: typeof drawn };
}

export function installFakeCanvas(): void {
  Object.assign(globalThis, { OffscreenCanvas: FakeCanvas, Path2D: class {} });
}
