import { LIMITS } from '../../protocol/limits.ts';

/** Widths in pixels with qualities of 0..1, best first: the last one makes less than 30 KB of any picture. */
const LADDER = [
  [1280, 0.5],
  [1280, 0.35],
  [960, 0.4],
  [640, 0.4],
  [480, 0.2],
] as const;

export type EncodeJpeg = (widthPx: number, quality: number) => Promise<Blob | null>;

/** The best JPEG that a relay takes, never wider than the picture; null when none can be made. */
export async function smallJpeg(pictureWidthPx: number, encode: EncodeJpeg): Promise<Uint8Array<ArrayBuffer> | null> {
  for (const [widthPx, quality] of LADDER) {
    const blob = await encode(Math.min(widthPx, pictureWidthPx), quality);
    // Browsers without an encoder make something else.
    if (blob === null || blob.type !== 'image/jpeg') return null;
    if (blob.size <= LIMITS.snapshotBytes) return new Uint8Array(await blob.arrayBuffer());
  }
  return null;
}

/** Encodes what is on a canvas, scaled down where it is wider. */
export function encodeCanvas(canvas: HTMLCanvasElement): EncodeJpeg {
  return async (widthPx, quality) => {
    const source = widthPx === canvas.width ? canvas : scaled(canvas, widthPx);
    return new Promise((resolve) => source.toBlob(resolve, 'image/jpeg', quality));
  };
}

function scaled(canvas: HTMLCanvasElement, widthPx: number): HTMLCanvasElement {
  const small = document.createElement('canvas');
  small.width = widthPx;
  small.height = Math.round((canvas.height * widthPx) / canvas.width);
  small.getContext('2d', { alpha: false })?.drawImage(canvas, 0, 0, small.width, small.height);
  return small;
}
