import type { Vec3 } from '../../../domain/registration/pose.ts';
import {
  ALONG_X,
  ALONG_Z,
  box,
  cylinder,
  decal,
  FACING_FRONT,
  FACING_LEFT,
  FACING_RIGHT,
  FACING_UP,
  ring,
  TINT,
} from '../build.ts';
import type { Part } from '../room.ts';
import { ROOM } from './shell.ts';

export const BENCH_TOP_Y = 0.9;
/** The middle of the cutting mat, on the bench. */
export const BENCH_MARK: Vec3 = [-1.52, BENCH_TOP_Y, -0.72];
/** The middle of the breaker panel's door. */
export const BREAKER: Vec3 = [1.8, 1.5, -0.7];

const BENCH_X = -1.72;
const LEG = { tint: TINT.darkGrey } as const;

const bench: readonly Part[] = [
  box([0.72, 0.05, 1.64], [BENCH_X, BENCH_TOP_Y - 0.025, -0.75], {
    material: 'wood',
    tint: [1, 1, 1],
    bevelM: 0.006,
    cellM: 0.09,
  }),
  ...[-1.5, 0].flatMap((z) => [-2.02, -1.42].map((x) => box([0.06, 0.85, 0.06], [x, 0.425, z], LEG))),
  box([0.62, 0.03, 1.5], [BENCH_X, 0.28, -0.75], { material: 'wood', tint: [0.8, 0.78, 0.75] }),
  ...[0, 1, 2].flatMap((i) => drawer(0.76 - i * 0.155)),
  box([0.3, 0.22, 0.36], [-1.72, 0.405, -1.05], { material: 'wood', tint: [1, 0.9, 0.75] }),
  decal('cuttingMat', [0.3, 0.42], [BENCH_MARK[0], BENCH_TOP_Y + 0.0008, BENCH_MARK[2]], {
    orientation: FACING_UP,
    cellM: 0.09,
  }),
  decal('clipboard', [0.22, 0.3], [-1.6, BENCH_TOP_Y + 0.0009, -0.28], {
    orientation: [-0.6997, 0.1021, 0.1021, 0.6997],
    cellM: 0.09,
  }),
  decal('pegboard', [1.5, 0.75], [ROOM.left + 0.012, 1.62, -0.75], { orientation: FACING_RIGHT, cellM: 0.12 }),
  box([0.012, 0.79, 1.54], [ROOM.left + 0.005, 1.62, -0.75], { material: 'wood', tint: [0.85, 0.8, 0.7] }),
];

const onTheBench: readonly Part[] = [
  box([0.22, 0.17, 0.42], [-1.86, BENCH_TOP_Y + 0.085, -1.26], { tint: TINT.red, bevelM: 0.012, cellM: 0.07 }),
  box([0.225, 0.02, 0.425], [-1.86, BENCH_TOP_Y + 0.15, -1.26], { tint: [0.6, 0.09, 0.07], bevelM: 0.005 }),
  cylinder(0.011, 0.2, [-1.86, BENCH_TOP_Y + 0.225, -1.26], { ...LEG, orientation: ALONG_Z }),
  ...[-1.35, -1.17].map((z) => cylinder(0.008, 0.06, [-1.86, BENCH_TOP_Y + 0.195, z], LEG)),
  // A bench vice.
  box([0.14, 0.07, 0.12], [-1.5, BENCH_TOP_Y + 0.035, -1.32], { tint: TINT.blue, bevelM: 0.012 }),
  box([0.05, 0.09, 0.14], [-1.53, BENCH_TOP_Y + 0.11, -1.32], { tint: TINT.blue, bevelM: 0.006 }),
  box([0.04, 0.09, 0.14], [-1.44, BENCH_TOP_Y + 0.11, -1.32], { tint: TINT.blue, bevelM: 0.006 }),
  cylinder(0.013, 0.16, [-1.4, BENCH_TOP_Y + 0.07, -1.32], { material: 'steel', orientation: ALONG_X }),
  cylinder(0.006, 0.2, [-1.33, BENCH_TOP_Y + 0.07, -1.32], { material: 'steel', tint: TINT.lightGrey }),
  // A mug and two spare flange rings.
  cylinder(0.04, 0.095, [-1.9, BENCH_TOP_Y + 0.0475, -0.55], { tint: TINT.white }),
  ring([0.06, 0.014], [-1.83, BENCH_TOP_Y + 0.014, -0.85], { material: 'steel', tint: TINT.lightGrey }),
  ring([0.06, 0.014], [-1.8, BENCH_TOP_Y + 0.041, -0.87], { material: 'steel', tint: TINT.brass }),
];

const rightSide: readonly Part[] = [
  box([0.2, 0.82, 0.57], [1.9, 1.5, -0.7], { tint: TINT.lightGrey, bevelM: 0.008, cellM: 0.09 }),
  decal('breakers', [0.53, 0.78], [BREAKER[0] - 0.0008, BREAKER[1], BREAKER[2]], { orientation: FACING_LEFT }),
  cylinder(0.02, 0.97, [1.93, 2.4, -0.6], { material: 'steel', tint: TINT.lightGrey }),
  cylinder(0.02, 0.97, [1.93, 2.4, -0.8], { material: 'steel', tint: TINT.lightGrey }),
  ...drum([1.4, 0, -1.5]),
  cylinder(0.075, 0.46, [1.9, 1, 0.15], { tint: TINT.red, cellM: 0.06 }),
  cylinder(0.025, 0.06, [1.9, 1.26, 0.15], { tint: TINT.black }),
  box([0.03, 0.03, 0.13], [1.9, 1.3, 0.13], { tint: TINT.black }),
  decal('extinguisherSign', [0.2, 0.2], [ROOM.right - 0.002, 1.62, 0.15], { orientation: FACING_LEFT }),
  box([0.5, 0.4, 0.5], [1.7, 0.2, 0.6], { material: 'wood', tint: [0.95, 0.85, 0.7], cellM: 0.09 }),
  box([0.38, 0.3, 0.36], [1.72, 0.55, 0.58], { material: 'wood', tint: [0.9, 0.78, 0.62] }),
];

export const FURNITURE: readonly Part[] = [...bench, ...onTheBench, ...rightSide];

function drawer(y: number): readonly Part[] {
  return [
    box([0.6, 0.145, 0.44], [BENCH_X, y, -0.28], { tint: TINT.blue, bevelM: 0.006 }),
    box([0.014, 0.02, 0.2], [-1.412, y + 0.03, -0.28], { material: 'steel', tint: TINT.lightGrey }),
  ];
}

function drum([x, y, z]: Vec3): readonly Part[] {
  const radius = 0.27;
  const steelBlue = { tint: TINT.blue, cellM: 0.09 } as const;
  return [
    cylinder(radius, 0.86, [x, y + 0.43, z], steelBlue),
    ...[0.02, 0.3, 0.58, 0.85].map((height) =>
      ring([radius, 0.012], [x, y + height, z], { ...steelBlue, solid: false }),
    ),
    cylinder(0.03, 0.015, [x + 0.14, y + 0.866, z + 0.08], { material: 'steel', tint: TINT.lightGrey }),
    decal('drumLabel', [0.2, 0.2], [x, y + 0.44, z + radius + 0.014], { orientation: FACING_FRONT }),
  ];
}
