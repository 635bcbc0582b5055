import type { Vec3 } from '../../../domain/registration/pose.ts';
import { ALONG_Z, box, cylinder, decal, FACING_FRONT, ring, TINT } from '../build.ts';
import type { Part } from '../room.ts';

/** A feed pump unit: a body with a service hatch, and a control head with the gauge above it. */
const CENTER_X = 0.32;
export const BODY_FRONT_Z = -1.25;
export const HATCH_FRONT_Z = -1.238;
export const GAUGE_FACE: Vec3 = [0.03, 1.37, -1.225];
export const DISPLAY_FACE: Vec3 = [0.34, 1.39, -1.24];
export const NAMEPLATE: Vec3 = [0.56, 0.98, BODY_FRONT_Z];
export const HATCH_LABEL: Vec3 = [0.1, 0.74, HATCH_FRONT_Z];
export const SIGN_FACE: Vec3 = [0.25, 1.86, -1.938];

const JUST_ABOVE = 0.0008;
const above = ([x, y, z]: Vec3): Vec3 => [x, y, z + JUST_ABOVE];

const body: readonly Part[] = [
  box([0.99, 0.12, 0.54], [CENTER_X, 0.06, -1.5], { tint: TINT.black, bevelM: 0.01 }),
  box([0.95, 1.02, 0.5], [CENTER_X, 0.63, -1.5], { tint: TINT.teal, bevelM: 0.012, cellM: 0.09 }),
  box([0.4, 0.5, 0.012], [0.1, 0.68, -1.244], { tint: [0.12, 0.47, 0.51], bevelM: 0.004, cellM: 0.1 }),
  ...bolts(0.1, 0.68, [0.175, 0.225]),
  box([0.03, 0.12, 0.03], [0.265, 0.68, -1.223], { material: 'rubber', tint: TINT.black, bevelM: 0.008 }),
  ...louvres(),
  decal('hazardStripes', [0.94, 0.07], [CENTER_X, 0.175, BODY_FRONT_Z + JUST_ABOVE], { orientation: FACING_FRONT }),
  decal('nameplate', [0.22, 0.13], above(NAMEPLATE), { orientation: FACING_FRONT }),
  decal('hatchLabel', [0.2, 0.13], above(HATCH_LABEL), { orientation: FACING_FRONT }),
];

const head: readonly Part[] = [
  box([0.95, 0.44, 0.3], [CENTER_X, 1.36, -1.42], { tint: TINT.lightGrey, bevelM: 0.014, cellM: 0.08 }),
  cylinder(0.09, 0.045, [GAUGE_FACE[0], GAUGE_FACE[1], -1.2475], {
    material: 'steel',
    tint: TINT.lightGrey,
    orientation: ALONG_Z,
  }),
  ring([0.085, 0.008], [GAUGE_FACE[0], GAUGE_FACE[1], -1.2265], {
    material: 'steel',
    tint: TINT.brass,
    orientation: ALONG_Z,
    solid: false,
  }),
  decal('dial', [0.16, 0.16], above(GAUGE_FACE), { orientation: FACING_FRONT, cellM: 0.03 }),
  box([0.31, 0.22, 0.03], [DISPLAY_FACE[0], DISPLAY_FACE[1], -1.255], { tint: TINT.darkGrey, bevelM: 0.006 }),
  decal('display', [0.28, 0.19], above(DISPLAY_FACE), { orientation: FACING_FRONT, glow: 0.9 }),
  box([0.1, 0.1, 0.02], [0.65, 1.45, -1.26], { tint: TINT.yellow }),
  cylinder(0.018, 0.03, [0.65, 1.45, -1.235], { tint: TINT.black, orientation: ALONG_Z }),
  cylinder(0.033, 0.022, [0.65, 1.45, -1.214], { tint: TINT.red, orientation: ALONG_Z }),
  ...[0.58, 0.65, 0.72].map((x, i) => button([x, 1.3, -1.27], [TINT.green, TINT.white, TINT.black][i] ?? TINT.black)),
  // The stack light on top says "running".
  cylinder(0.012, 0.08, [0.72, 1.62, -1.42], { material: 'steel', tint: TINT.grey }),
  ...[TINT.green, TINT.yellow, TINT.red].map((tint, i) =>
    cylinder(0.032, 0.055, [0.72, 1.69 + i * 0.058, -1.42], { tint, glow: i === 0 ? 1.6 : 0.15 }),
  ),
  box([0.5, 0.36, 0.012], [SIGN_FACE[0], SIGN_FACE[1], -1.944], { tint: TINT.white, bevelM: 0.003 }),
  decal('lockoutSign', [0.49, 0.35], above(SIGN_FACE), { orientation: FACING_FRONT }),
];

export const MACHINE: readonly Part[] = [...body, ...head];

function bolts(x: number, y: number, [dx, dy]: readonly [number, number]): readonly Part[] {
  const corners = [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ] as const;
  return corners.map(([sx, sy]) =>
    cylinder(0.011, 0.01, [x + sx * dx, y + sy * dy, HATCH_FRONT_Z + 0.005], {
      material: 'steel',
      tint: TINT.lightGrey,
      orientation: ALONG_Z,
    }),
  );
}

function louvres(): readonly Part[] {
  return Array.from({ length: 7 }, (_, i) =>
    box([0.3, 0.018, 0.022], [0.57, 0.42 + i * 0.055, BODY_FRONT_Z + 0.005], {
      tint: [0.07, 0.3, 0.33],
      bevelM: 0.005,
    }),
  );
}

function button(position: Vec3, tint: Vec3): Part {
  return cylinder(0.017, 0.024, [position[0], position[1], position[2] + 0.006], { tint, orientation: ALONG_Z });
}
