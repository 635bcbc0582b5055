import { type CameraProfile, type Ray, unproject } from '../registration/camera.ts';
import type { ViewerPose } from '../registration/pose.ts';
import { imageDistance, type MarkReading, readMark, signedArea, strokeLength } from './read-mark.ts';
import type { ImageMark, ImagePoint } from './types.ts';

/** A valid mark, with the pose its frame was seen from and the camera that saw it. */
export interface SeenMark {
  readonly mark: ImageMark;
  readonly viewerPose: ViewerPose;
  readonly profile: CameraProfile;
}

/** Beside the marked point, of the picture's width: 19 px of 1280, about 19 mm at 1 m. */
const NEIGHBOUR_OFFSET = 0.015;
const MAX_PROBES = 9;
const SHORT_LINE_PROBES = 5;
/** Shorter than this, of the picture's width, a line needs fewer probes. */
const SHORT_LINE = 0.08;
/** Half way out a probe still meets what the loop is drawn round, not what it is drawn over. */
const LOOP_PROBE_REACH = 0.5;
const MIN_LOOP_PROBES = 5;
const LOOP_GRID = 7;
/** Stands in for a point that an index in range never misses. */
const NOWHERE: ImagePoint = [0, 0];

/**
 * The rays to hit-test for a mark, 5 to 9 of them, in the headset's reference space. An arrow's or a dot's first
 * ray is the marked point itself, the others stand close around it; a loop is probed inside, a line along itself.
 */
export function planProbes(seen: SeenMark): readonly Ray[] {
  return probePoints(readMark(seen.mark), seen.mark.aspect).map(([u, v]) =>
    unproject(u, v, seen.viewerPose, seen.profile),
  );
}

export function probePoints(reading: MarkReading, aspect: number): readonly ImagePoint[] {
  switch (reading.kind) {
    case 'arrow':
      return withNeighbours(reading.tip, aspect);
    case 'dot':
      return withNeighbours(reading.at, aspect);
    case 'loop':
      return insideLoop(reading.outline);
    case 'line':
      return alongLine(reading.points, aspect);
  }
}

function withNeighbours([u, v]: ImagePoint, aspect: number): readonly ImagePoint[] {
  const [du, dv] = [NEIGHBOUR_OFFSET, NEIGHBOUR_OFFSET * aspect];
  return [
    [u, v],
    [u - du, v],
    [u + du, v],
    [u, v - dv],
    [u, v + dv],
  ];
}

function alongLine(points: readonly ImagePoint[], aspect: number): readonly ImagePoint[] {
  const count = strokeLength(points, aspect) < SHORT_LINE ? SHORT_LINE_PROBES : MAX_PROBES;
  return resample(points, count, aspect);
}

/** `count` points (at least 2) at equal distances along a stroke, both ends included. */
function resample(points: readonly ImagePoint[], count: number, aspect: number): ImagePoint[] {
  const step = strokeLength(points, aspect) / (count - 1);
  const result: ImagePoint[] = [points[0] ?? [0.5, 0.5]];
  let travelled = 0;
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1] ?? NOWHERE, points[i] ?? NOWHERE];
    const span = imageDistance(a, b, aspect);
    while (result.length < count - 1 && travelled + span >= result.length * step) {
      const t = span === 0 ? 0 : (result.length * step - travelled) / span;
      result.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
    }
    travelled += span;
  }
  result.push(points.at(-1) ?? [0.5, 0.5]);
  return result;
}

function insideLoop(outline: readonly ImagePoint[]): readonly ImagePoint[] {
  const centre = centroid(outline);
  // Distances only space the probes out here, so the picture's aspect ratio may be left aside.
  const rim = resample([...outline, ...outline.slice(0, 1)], MAX_PROBES, 1).slice(0, -1);
  const halfWay = rim.map(
    ([u, v]): ImagePoint => [
      centre[0] + (u - centre[0]) * LOOP_PROBE_REACH,
      centre[1] + (v - centre[1]) * LOOP_PROBE_REACH,
    ],
  );
  const inside = [centre, ...halfWay].filter((point) => isInside(point, outline));
  return inside.length >= MIN_LOOP_PROBES ? inside : onGrid(outline, centre);
}

/** For crescents and the like, whose centre lies outside: points of a grid that are inside, well spread. */
function onGrid(outline: readonly ImagePoint[], centre: ImagePoint): readonly ImagePoint[] {
  const us = outline.map(([u]) => u);
  const vs = outline.map(([, v]) => v);
  const [left, top] = [Math.min(...us), Math.min(...vs)];
  const [width, height] = [Math.max(...us) - left, Math.max(...vs) - top];
  const inside: ImagePoint[] = [];
  for (let row = 0; row < LOOP_GRID; row += 1) {
    for (let column = 0; column < LOOP_GRID; column += 1) {
      const point: ImagePoint = [left + (width * (column + 0.5)) / LOOP_GRID, top + (height * (row + 0.5)) / LOOP_GRID];
      if (isInside(point, outline)) inside.push(point);
    }
  }
  if (inside.length === 0) return [centre];
  const stride = Math.max(1, inside.length / MAX_PROBES);
  return Array.from(
    { length: Math.min(MAX_PROBES, inside.length) },
    (_, i) => inside[Math.floor(i * stride)] ?? centre,
  );
}

/** Even-odd rule. */
function isInside([u, v]: ImagePoint, outline: readonly ImagePoint[]): boolean {
  let inside = false;
  for (let i = 0; i < outline.length; i += 1) {
    const [a, b] = [outline[i] ?? NOWHERE, outline[(i + 1) % outline.length] ?? NOWHERE];
    if (a[1] > v !== b[1] > v && u < a[0] + ((v - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
  }
  return inside;
}

/** Of the area, so that a slow start with many points does not draw it to one side. */
export function centroid(outline: readonly ImagePoint[]): ImagePoint {
  const area = signedArea(outline);
  let [u, v] = [0, 0];
  for (let i = 0; i < outline.length; i += 1) {
    const [a, b] = [outline[i] ?? NOWHERE, outline[(i + 1) % outline.length] ?? NOWHERE];
    const weight = a[0] * b[1] - b[0] * a[1];
    u += (a[0] + b[0]) * weight;
    v += (a[1] + b[1]) * weight;
  }
  return [u / (6 * area), v / (6 * area)];
}
