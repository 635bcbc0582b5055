import { describe, expect, it } from 'vitest';
import { smallJpeg } from '../../../src/client/media/jpeg.ts';
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
