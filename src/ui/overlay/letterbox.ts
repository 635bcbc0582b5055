import type { ImagePoint } from '../../domain/annotation/types.ts';

/** CSS pixels. */
export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** CSS pixels, from the top left of whatever holds it. */
export interface Box extends Size {
  readonly leftPx: number;
  readonly topPx: number;
}

/**
 * Where a picture stands inside `outer` when it is shown whole, as large as it fits and centred ("contain").
 *
 * The box lies on whole device pixels, so that video, frozen picture and overlay are painted on the very same ones;
 * the picture fills it, which stretches it by less than one device pixel. Null when either has no extent.
 */
export function containBox(outer: Size, picture: Size, pixelRatio = 1): Box | null {
  if (!(outer.widthPx > 0 && outer.heightPx > 0 && picture.widthPx > 0 && picture.heightPx > 0)) return null;
  const scale = Math.min(outer.widthPx / picture.widthPx, outer.heightPx / picture.heightPx);
  // An epsilon keeps 719.9999 that should be 720 from losing a pixel to the floor.
  const onDevice = (lengthPx: number): number => Math.floor(lengthPx * pixelRatio + 1e-6) / pixelRatio;
  const widthPx = onDevice(picture.widthPx * scale);
  const heightPx = onDevice(picture.heightPx * scale);
  if (widthPx <= 0 || heightPx <= 0) return null;
  return {
    leftPx: onDevice((outer.widthPx - widthPx) / 2),
    topPx: onDevice((outer.heightPx - heightPx) / 2),
    widthPx,
    heightPx,
  };
}

/** The point of the picture under a point of the page; goes on outside of 0..1 beyond the picture's edges. */
export function toImagePoint(box: Box, xPx: number, yPx: number): ImagePoint {
  return [(xPx - box.leftPx) / box.widthPx, (yPx - box.topPx) / box.heightPx];
}

/** The opposite of `toImagePoint`. */
export function fromImagePoint(box: Box, [u, v]: ImagePoint): readonly [xPx: number, yPx: number] {
  return [box.leftPx + u * box.widthPx, box.topPx + v * box.heightPx];
}

/** A pen that slipped over the edge draws along it. */
export function insidePicture([u, v]: ImagePoint): ImagePoint {
  return [Math.min(1, Math.max(0, u)), Math.min(1, Math.max(0, v))];
}
