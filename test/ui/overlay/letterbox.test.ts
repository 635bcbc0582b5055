import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containBox, fromImagePoint, insidePicture, toImagePoint } from '../../../src/ui/overlay/letterbox.ts';

const size = (widthPx: number, heightPx: number) => ({ widthPx, heightPx });
const length = fc.integer({ min: 8, max: 4_000 });
const sizes = fc.tuple(length, length).map(([w, h]) => size(w, h));
const pictures = fc.constantFrom(size(1280, 720), size(640, 360), size(1504, 846), size(720, 1280), size(333, 777));
const ratios = fc.constantFrom(1, 1.25, 1.5, 2, 3);

describe('where a picture stands in its stage', () => {
  it('fills the width and is centred in the height when the stage is taller', () => {
    expect(containBox(size(1000, 1000), size(1280, 720))).toEqual({
      leftPx: 0,
      topPx: 219,
      widthPx: 1000,
      heightPx: 562,
    });
  });

  it('fills the height and is centred in the width when the stage is wider', () => {
    expect(containBox(size(2000, 720), size(1280, 720))).toEqual({
      leftPx: 360,
      topPx: 0,
      widthPx: 1280,
      heightPx: 720,
    });
  });

  it('is exactly the stage when both have one shape, on screens of any density', () => {
    for (const ratio of [1, 1.25, 1.5, 2, 3]) {
      expect(containBox(size(960, 540), size(1280, 720), ratio)).toEqual({
        leftPx: 0,
        topPx: 0,
        widthPx: 960,
        heightPx: 540,
      });
    }
  });

  it('is nowhere while stage or picture has no extent', () => {
    expect(containBox(size(0, 500), size(1280, 720))).toBeNull();
    expect(containBox(size(500, 500), size(0, 0))).toBeNull();
    expect(containBox(size(Number.NaN, 500), size(1280, 720))).toBeNull();
    expect(containBox(size(1, 4_000), size(4_000, 1))).toBeNull();
  });

  it('never leaves the stage and keeps the shape to one device pixel', () => {
    fc.assert(
      fc.property(sizes, pictures, ratios, (outer, picture, ratio) => {
        const box = containBox(outer, picture, ratio);
        if (box === null) return;
        const devicePx = 1 / ratio;
        expect(box.leftPx).toBeGreaterThanOrEqual(0);
        expect(box.topPx).toBeGreaterThanOrEqual(0);
        expect(box.leftPx + box.widthPx).toBeLessThanOrEqual(outer.widthPx + 1e-6);
        expect(box.topPx + box.heightPx).toBeLessThanOrEqual(outer.heightPx + 1e-6);
        const exact = Math.min(outer.widthPx / picture.widthPx, outer.heightPx / picture.heightPx);
        expect(Math.abs(box.widthPx - exact * picture.widthPx)).toBeLessThan(devicePx);
        expect(Math.abs(box.heightPx - exact * picture.heightPx)).toBeLessThan(devicePx);
      }),
    );
  });

  it('lies on whole device pixels', () => {
    fc.assert(
      fc.property(sizes, pictures, ratios, (outer, picture, ratio) => {
        const box = containBox(outer, picture, ratio);
        if (box === null) return;
        for (const edge of Object.values(box))
          expect(Math.abs(edge * ratio - Math.round(edge * ratio))).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('points of the picture under points of the page', () => {
  const box = { leftPx: 90, topPx: 40, widthPx: 640, heightPx: 360 };

  it('has its corners at 0 and 1', () => {
    expect(toImagePoint(box, 90, 40)).toEqual([0, 0]);
    expect(toImagePoint(box, 730, 400)).toEqual([1, 1]);
    expect(toImagePoint(box, 410, 220)).toEqual([0.5, 0.5]);
  });

  it('goes there and back without loss', () => {
    const unit = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(unit, unit, (u, v) => {
        const [x, y] = fromImagePoint(box, [u, v]);
        const [backU, backV] = toImagePoint(box, x, y);
        expect(backU).toBeCloseTo(u, 12);
        expect(backV).toBeCloseTo(v, 12);
      }),
    );
  });

  it('draws along the edge when the pen slips over it', () => {
    expect(insidePicture([-0.2, 1.4])).toEqual([0, 1]);
    expect(insidePicture([0.3, 0.7])).toEqual([0.3, 0.7]);
  });
});
