/** What painters draw on. */
export type Paint2D = OffscreenCanvasRenderingContext2D;

export const FONT = '"Segoe UI", "Open Sans", "Helvetica Neue", Arial, sans-serif';

export function createPicture(width: number, height: number, paint: (context: Paint2D) => void): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser has no 2D canvas: the emulated room cannot be painted.');
  paint(context);
  return canvas;
}

/** The same numbers at every start (mulberry32), so that pictures can be compared. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Smooth noise in 0..1 that repeats after `cells` in both directions; `x` and `y` are 0..1 of the picture. */
export function createTilingNoise(cells: number, random: () => number): (x: number, y: number) => number {
  const values = Float32Array.from({ length: cells * cells }, random);
  const value = (column: number, row: number) => values[(row % cells) * cells + (column % cells)] ?? 0;
  const ease = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [fx, fy] = [x * cells, y * cells];
    const [column, row] = [Math.floor(fx), Math.floor(fy)];
    const [s, t] = [ease(fx - column), ease(fy - row)];
    const top = value(column, row) * (1 - s) + value(column + 1, row) * s;
    const bottom = value(column, row + 1) * (1 - s) + value(column + 1, row + 1) * s;
    return top * (1 - t) + bottom * t;
  };
}

/** Multiplies every pixel by what `shade` says for its place (0..1 from the top left). */
export function shadePixels(context: Paint2D, shade: (x: number, y: number) => number): void {
  const { width, height } = context.canvas;
  const image = context.getImageData(0, 0, width, height);
  const { data } = image;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const factor = shade(x / width, y / height);
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) data[at + channel] = (data[at + channel] ?? 0) * factor;
    }
  }
  context.putImageData(image, 0, 0);
}

export function fillBackground(context: Paint2D, style: string): void {
  context.fillStyle = style;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

/** Diagonal bands of black on yellow. */
export function paintHazard(context: Paint2D, [x, y, width, height]: readonly [number, number, number, number]): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.fillStyle = '#f2b807';
  context.fillRect(x, y, width, height);
  context.fillStyle = '#1b1b1c';
  for (let at = x - height * 2; at < x + width + height; at += height * 1.3) {
    context.beginPath();
    context.moveTo(at, y + height);
    context.lineTo(at + height * 0.65, y + height);
    context.lineTo(at + height * 1.65, y);
    context.lineTo(at + height, y);
    context.fill();
  }
  context.restore();
}

/** A line of text, by default centred on `at`. */
export interface Lettering {
  readonly at: readonly [x: number, y: number];
  readonly sizePx: number;
  readonly color: string;
  readonly weight?: number;
  readonly align?: CanvasTextAlign;
  /** Wider letters are made smaller: the fonts of two machines are never equally wide. */
  readonly maxWidth?: number;
}

export function letter(context: Paint2D, text: string, style: Lettering): void {
  const font = (sizePx: number) => `${style.weight ?? 600} ${sizePx}px ${FONT}`;
  context.font = font(style.sizePx);
  const wide = context.measureText(text).width;
  if (style.maxWidth !== undefined && wide > style.maxWidth)
    context.font = font((style.sizePx * style.maxWidth) / wide);
  context.textAlign = style.align ?? 'center';
  context.textBaseline = 'middle';
  context.fillStyle = style.color;
  context.fillText(text, style.at[0], style.at[1]);
}
