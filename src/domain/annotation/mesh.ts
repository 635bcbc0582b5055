import type { AnchorPose, Vec3 } from '../registration/pose.ts';
import {
  addScaled,
  cross,
  distance,
  dot,
  normalize,
  perpendicular,
  scale,
  subtract,
  ZERO,
} from '../registration/vec3.ts';
import { fromAnchorLocal } from './anchoring.ts';
import { ARROW_HEAD_LENGTH, ARROW_HEAD_RADIUS, ARROW_SHAFT_RADIUS, DOT_RADIUS_M } from './arrow-shape.ts';
import { type AnnotationMesh, createMeshWriter, type Ring } from './mesh-writer.ts';
import type { AnnotationGeometry } from './types.ts';

export interface MeshItem {
  readonly geometry: AnnotationGeometry;
  readonly anchorPose: AnchorPose;
  /** Dashes say "approximate" or "stale" without taking the author's colour away. */
  readonly dashed: boolean;
}

/** Half of 5 mm: about four pixels of a HoloLens 2 at 1 m, seen alike from every side. */
const STROKE_RADIUS_M = 0.0025;
const TUBE_SIDES = 6;
const DASH_M = 0.03;
const DASH_GAP_M = 0.02;
const DOT_THICKNESS_M = 0.004;
const DOT_SIDES = 12;

/**
 * One mesh for many annotations, so that all of one author and colour cost one draw. Every part is closed and
 * wound counter-clockwise seen from outside.
 */
export function buildAnnotationMesh(items: readonly MeshItem[]): AnnotationMesh {
  const writer = createMeshWriter();
  for (const { geometry, anchorPose, dashed } of items) {
    const placed = fromAnchorLocal(geometry, anchorPose);
    switch (placed.kind) {
      case 'stroke': {
        const line = placed.closed ? [...placed.points, ...placed.points.slice(0, 1)] : placed.points;
        for (const piece of dashed ? dashesOf(line) : [line]) writer.addSolid(tubeRings(piece, STROKE_RADIUS_M));
        break;
      }
      case 'dot':
        writer.addSolid(discRings(placed.point, placed.normal));
        break;
      case 'arrow':
        for (const rings of arrowRings(placed, dashed)) writer.addSolid(rings);
        break;
    }
  }
  return writer.finish();
}

function arrowRings(
  { tip, towardsTail, lengthM }: { readonly tip: Vec3; readonly towardsTail: Vec3; readonly lengthM: number },
  dashed: boolean,
): readonly (readonly Ring[])[] {
  const neck = addScaled(tip, towardsTail, lengthM * ARROW_HEAD_LENGTH);
  const tail = addScaled(tip, towardsTail, lengthM);
  const shaft = dashed ? dashesOf([neck, tail]) : [[neck, tail]];
  const right = perpendicular(towardsTail);
  const up = cross(towardsTail, right);
  const head: readonly Ring[] = [
    { centre: tip, right, up, radiusM: 0, sides: TUBE_SIDES },
    { centre: neck, right, up, radiusM: lengthM * ARROW_HEAD_RADIUS, sides: TUBE_SIDES },
  ];
  return [head, ...shaft.map((piece) => tubeRings(piece, lengthM * ARROW_SHAFT_RADIUS))];
}

function discRings(point: Vec3, normal: Vec3): readonly Ring[] {
  const right = perpendicular(normal);
  const up = cross(normal, right);
  const top = addScaled(point, normal, DOT_THICKNESS_M);
  return [point, top].map((centre) => ({ centre, right, up, radiusM: DOT_RADIUS_M, sides: DOT_SIDES }));
}

/**
 * Rings along a line that turn with it as little as they can (rotation-minimising frames by projection), so that
 * the tube between them never twists. Points on top of one another are left out.
 */
function tubeRings(points: readonly Vec3[], radiusM: number): readonly Ring[] {
  const line = points.filter((point, i) => i === 0 || distance(point, points[i - 1] ?? point) > 1e-5);
  const rings: Ring[] = [];
  let right: Vec3 | null = null;
  for (const [i, centre] of line.entries()) {
    const along = directionAt(line, i);
    if (along === null) continue;
    const carried: Vec3 | null = right && normalize(subtract(right, scale(along, dot(right, along))));
    right = carried ?? perpendicular(along);
    rings.push({ centre, right, up: cross(along, right), radiusM, sides: TUBE_SIDES });
  }
  return rings.length >= 2 ? rings : [];
}

/** Half way between the segment before a point and the one after it. */
function directionAt(line: readonly Vec3[], i: number): Vec3 | null {
  const here = line[i];
  if (here === undefined) return null;
  const before = line[i - 1];
  const after = line[i + 1];
  const arriving = before === undefined ? null : normalize(subtract(here, before));
  const leaving = after === undefined ? null : normalize(subtract(after, here));
  if (arriving === null || leaving === null) return arriving ?? leaving;
  // A hairpin has no direction between; either side will do.
  return normalize(addScaled(arriving, leaving, 1)) ?? arriving;
}

/** Cuts a line into dashes, measured along it. */
function dashesOf(line: readonly Vec3[]): readonly (readonly Vec3[])[] {
  const dashes: Vec3[][] = line[0] === undefined ? [] : [[line[0]]];
  let isDash = true;
  let leftM = DASH_M;
  for (let i = 1; i < line.length; i += 1) {
    const [from, to] = [line[i - 1] ?? ZERO, line[i] ?? ZERO];
    const direction = normalize(subtract(to, from));
    if (direction === null) continue;
    let [at, restM] = [from, distance(from, to)];
    while (restM > leftM) {
      at = addScaled(at, direction, leftM);
      restM -= leftM;
      if (isDash) dashes.at(-1)?.push(at);
      else dashes.push([at]);
      isDash = !isDash;
      leftM = isDash ? DASH_M : DASH_GAP_M;
    }
    leftM -= restM;
    if (isDash) dashes.at(-1)?.push(to);
  }
  return dashes;
}
