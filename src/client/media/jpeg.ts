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

/** The canvas as it is now. */
export const copyOfCanvas = (canvas: HTMLCanvasElement): HTMLCanvasElement => scaled(canvas, canvas.width);

function scaled(canvas: HTMLCanvasElement, widthPx: number): HTMLCanvasElement {
  const small = document.createElement('canvas');
  small.width = widthPx;
  small.height = Math.round((canvas.height * widthPx) / canvas.width);
  small.getContext('2d', { alpha: false })?.drawImage(canvas, 0, 0, small.width, small.height);
  return small;
}

/** No camera of ours takes larger ones; a few bytes can claim to be a picture that no memory holds. */
const MAX_SIDE_PX = 4_096;

/** The picture in a JPEG that came over the network. Rejects what is none, and what is larger than any camera's. */
export async function decodeJpeg(jpeg: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  const size = jpegSize(jpeg);
  if (size === null || Math.max(size.widthPx, size.heightPx) > MAX_SIDE_PX) throw new Error('not a camera’s JPEG');
  return createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
}

/** The size that a JPEG claims in its first frame header (ITU-T T.81, B.2.2); null when it has none. */
export function jpegSize(jpeg: Uint8Array): { readonly widthPx: number; readonly heightPx: number } | null {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  // After the start of the image each segment is FF, its marker, and its length with the length itself.
  for (let at = 2; at + 9 <= jpeg.length; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at) !== 0xff) return null;
    if (isFrameHeader(view.getUint8(at + 1)))
      return { widthPx: view.getUint16(at + 7), heightPx: view.getUint16(at + 5) };
  }
  return null;
}

/** SOF0 to SOF15; C4, C8 and CC in between are tables and an extension. */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
