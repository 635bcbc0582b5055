import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJpeg, jpegSize, smallJpeg } from '../../../src/client/media/jpeg.ts';
import { LIMITS } from '../../../src/protocol/limits.ts';

/** An encoder that needs so many bytes for each pixel of a 16:9 picture at full quality. */
function encoder(bytesPerPixel: number) {
  const tried: (readonly [number, number])[] = [];
  const encode = async (widthPx: number, quality: number): Promise<Blob> => {
    tried.push([widthPx, quality]);
    const bytes = Math.ceil(widthPx * widthPx * (9 / 16) * quality * bytesPerPixel);
    return new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' });
  };
  return { tried, encode };
}

describe('a small JPEG', () => {
  it('is the first that a relay takes: less quality before fewer pixels', async () => {
    const { tried, encode } = encoder(0.2);
    const jpeg = await smallJpeg(1504, encode);
    expect(tried).toEqual([
      [1280, 0.5],
      [1280, 0.35],
    ]);
    expect(jpeg?.length).toBeLessThanOrEqual(LIMITS.snapshotBytes);
  });

  it('is never wider than the picture', async () => {
    const { tried, encode } = encoder(0.01);
    await smallJpeg(640, encode);
    expect(tried).toEqual([[640, 0.5]]);
  });

  it('does not exist of what will not fit, nor where the browser makes something else', async () => {
    expect(await smallJpeg(1280, encoder(10).encode)).toBeNull();
    expect(await smallJpeg(1280, async () => new Blob([new Uint8Array(9)], { type: 'image/png' }))).toBeNull();
    expect(await smallJpeg(1280, async () => null)).toBeNull();
  });
});

describe('the size of a JPEG', () => {
  const START = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2] as const;
  const header = (marker: number, widthPx: number, heightPx: number) => [
    ...[0xff, marker, 0, 11, 8],
    ...[heightPx >> 8, heightPx & 0xff, widthPx >> 8, widthPx & 0xff, 1, 1, 0x11, 0],
  ];

  it('stands in its frame header, after any other segments', () => {
    const tables = [0xff, 0xc4, 0, 5, 0, 0, 0];
    const jpeg = new Uint8Array([...START, ...tables, ...header(0xc2, 1280, 720)]);
    expect(jpegSize(jpeg)).toEqual({ widthPx: 1280, heightPx: 720 });
    expect(jpegSize(jpeg.subarray(0, -7))).toBeNull();
    expect(jpegSize(new Uint8Array([...START, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))).toBeNull();
  });

  it('is found out, or not, of any bytes whatsoever', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const size = jpegSize(new Uint8Array([...START, ...bytes]));
        expect(size === null || size.widthPx >= 0).toBe(true);
      }),
    );
  });

  it('is asked before anything is decoded: no picture is larger than a camera makes them', async () => {
    const huge = new Uint8Array([...START, ...header(0xc0, 65_000, 65_000)]);
    await expect(decodeJpeg(huge)).rejects.toThrow('not a camera’s JPEG');
    await expect(decodeJpeg(new Uint8Array([1, 2, 3]))).rejects.toThrow('not a camera’s JPEG');
  });
});
