import type { PathSink } from '../../domain/annotation/projection.ts';
import type { Colour, ImagePoint, MarkShape } from '../../domain/annotation/types.ts';
import type { Size } from './letterbox.ts';

/** A mark in the picture that has no place in the room (yet). */
export interface Sketch {
  readonly shape: MarkShape;
  readonly colour: Colour;
  /** As in `ImageMark`: an arrow has its tip first. */
  readonly points: readonly ImagePoint[];
  /** `draft`: the pen is down; `pending`: sent, and waiting for the headset; `drawn`: it stays on this picture. */
  readonly look: 'draft' | 'pending' | 'drawn';
}

export const sketchOf = ({ shape, colour, points }: Omit<Sketch, 'look'>, look: Sketch['look']): Sketch => ({
  shape,
  colour,
  points,
  look,
});

/** Of the picture's height: a shorter drag does not tell a direction, and an arrow is never smaller. */
const MIN_ARROW = 0.02;
const DEFAULT_ARROW = 0.12;
const HEAD_LENGTH = 0.3;
const HEAD_HALF_WIDTH = 0.13;

/** The two ends of an arrow on the picture, in its pixels: a plain click points up and to the left. */
export function arrowEnds(
  points: readonly ImagePoint[],
  { widthPx, heightPx }: Size,
): { readonly tip: readonly [number, number]; readonly tail: readonly [number, number] } | null {
  const [tip, tail] = points;
  if (tip === undefined) return null;
  const [x, y] = [tip[0] * widthPx, tip[1] * heightPx];
  const [dx, dy] = tail === undefined ? [0, 0] : [tail[0] * widthPx - x, tail[1] * heightPx - y];
  const length = Math.hypot(dx, dy);
  const shortest = MIN_ARROW * heightPx;
  if (length >= shortest) return { tip: [x, y], tail: [x + dx, y + dy] };
  const side = (DEFAULT_ARROW * heightPx) / Math.SQRT2;
  return { tip: [x, y], tail: [x + side, y + side] };
}

/** Draws a sketch: `line` gets what is stroked, `fill` an arrow's head or the dot of a lone point. */
export function traceSketch(sketch: Sketch, size: Size, line: PathSink, fill: PathSink): void {
  if (sketch.shape === 'arrow') traceArrow(sketch.points, size, line, fill);
  else traceInk(sketch.points, size, line, fill);
}

function traceArrow(points: readonly ImagePoint[], size: Size, line: PathSink, fill: PathSink): void {
  const ends = arrowEnds(points, size);
  if (ends === null) return;
  const [tx, ty] = ends.tip;
  const [dx, dy] = [ends.tail[0] - tx, ends.tail[1] - ty];
  const [neckX, neckY] = [tx + dx * HEAD_LENGTH, ty + dy * HEAD_LENGTH];
  line.moveTo(neckX, neckY);
  line.lineTo(ends.tail[0], ends.tail[1]);
  fill.moveTo(tx, ty);
  fill.lineTo(neckX - dy * HEAD_HALF_WIDTH, neckY + dx * HEAD_HALF_WIDTH);
  fill.lineTo(neckX + dy * HEAD_HALF_WIDTH, neckY - dx * HEAD_HALF_WIDTH);
  fill.closePath();
}

function traceInk(points: readonly ImagePoint[], { widthPx, heightPx }: Size, line: PathSink, fill: PathSink): void {
  const [first] = points;
  if (first === undefined) return;
  if (points.length === 1) traceDot(first[0] * widthPx, first[1] * heightPx, 0.008 * heightPx, fill);
  else
    points.forEach(([u, v], i) => {
      if (i === 0) line.moveTo(u * widthPx, v * heightPx);
      else line.lineTo(u * widthPx, v * heightPx);
    });
}

function traceDot(x: number, y: number, radius: number, fill: PathSink): void {
  const corners = 16;
  for (let i = 0; i < corners; i += 1) {
    const angle = (2 * Math.PI * i) / corners;
    const [px, py] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    if (i === 0) fill.moveTo(px, py);
    else fill.lineTo(px, py);
  }
  fill.closePath();
}
