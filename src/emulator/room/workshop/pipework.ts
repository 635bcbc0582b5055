import type { Vec3 } from '../../../domain/registration/pose.ts';
import { ALONG_X, ALONG_Z, box, cylinder, decal, FACING_FRONT, ring, TINT } from '../build.ts';
import type { Part } from '../room.ts';

/** The riser to the left of the machine, with a handwheel valve that faces the wearer. */
const PIPE_X = -0.52;
const PIPE_Z = -1.5;
const PIPE_RADIUS = 0.05;
const BAND_RADIUS = 0.0515;
const VALVE_Y = 1.18;
const WHEEL_Z = -1.247;

/** The front of the wheel's hub. */
export const VALVE_HUB: Vec3 = [PIPE_X, VALVE_Y, -1.228];
/** The front of the green band that marks the pipe's content. */
export const PIPE_BAND: Vec3 = [PIPE_X, 1.64, PIPE_Z + BAND_RADIUS];

const STEEL = { material: 'steel', tint: [0.72, 0.74, 0.76] } as const;
const CAST_IRON = { material: 'paint', tint: TINT.blue } as const;

const riser: readonly Part[] = [
  cylinder(PIPE_RADIUS, 2.9, [PIPE_X, 1.45, PIPE_Z], { ...STEEL, cellM: 0.1 }),
  cylinder(BAND_RADIUS, 0.14, [PIPE_X, PIPE_BAND[1], PIPE_Z], { tint: TINT.green, cellM: 0.05 }),
  cylinder(BAND_RADIUS, 0.02, [PIPE_X, PIPE_BAND[1] + 0.1, PIPE_Z], { tint: TINT.white }),
  box([0.27, 0.068, 0.004], [PIPE_X, 1.9, -1.446], { tint: TINT.green, bevelM: 0.001 }),
  decal('pipeLabel', [0.26, 0.064], [PIPE_X, 1.9, -1.4432], { orientation: FACING_FRONT }),
  ...[0.3, 1.02, 1.34, 2.2].flatMap((y) => flange([PIPE_X, y, PIPE_Z])),
  cylinder(0.04, 0.36, [-0.335, 0.62, PIPE_Z], { ...STEEL, orientation: ALONG_X }),
  cylinder(0.075, 0.03, [-0.172, 0.62, PIPE_Z], { ...STEEL, orientation: ALONG_X }),
  cylinder(0.062, 0.12, [PIPE_X, 0.62, PIPE_Z], CAST_IRON),
];

const valve: readonly Part[] = [
  cylinder(0.072, 0.28, [PIPE_X, VALVE_Y, PIPE_Z], CAST_IRON),
  cylinder(0.055, 0.1, [PIPE_X, VALVE_Y, -1.415], { ...CAST_IRON, orientation: ALONG_Z }),
  cylinder(0.075, 0.022, [PIPE_X, VALVE_Y, -1.365], { ...CAST_IRON, orientation: ALONG_Z }),
  cylinder(0.026, 0.07, [PIPE_X, VALVE_Y, -1.325], { ...CAST_IRON, orientation: ALONG_Z }),
  cylinder(0.012, 0.08, [PIPE_X, VALVE_Y, -1.27], { ...STEEL, orientation: ALONG_Z }),
  ring([0.125, 0.0135], [PIPE_X, VALVE_Y, WHEEL_Z], { tint: TINT.red, orientation: ALONG_Z }),
  // Two bars across make four spokes.
  cylinder(0.0085, 0.25, [PIPE_X, VALVE_Y, WHEEL_Z], { tint: TINT.red, orientation: [0, 0, 0.3827, 0.9239] }),
  cylinder(0.0085, 0.25, [PIPE_X, VALVE_Y, WHEEL_Z], { tint: TINT.red, orientation: [0, 0, -0.3827, 0.9239] }),
  cylinder(0.034, 0.034, [PIPE_X, VALVE_Y, -1.245], { tint: TINT.red, orientation: ALONG_Z }),
];

const overhead: readonly Part[] = [
  cylinder(0.035, 4.1, [-0.05, 2.42, -1.86], { tint: TINT.red, orientation: ALONG_X, cellM: 0.2 }),
  cylinder(0.028, 4.1, [-0.05, 2.31, -1.87], { ...STEEL, orientation: ALONG_X, cellM: 0.2 }),
  ...[-1.6, -0.2, 1.2].map((x) => box([0.03, 0.24, 0.12], [x, 2.37, -1.89], { tint: TINT.darkGrey })),
];

export const PIPEWORK: readonly Part[] = [...riser, ...valve, ...overhead];

function flange([x, y, z]: Vec3): readonly Part[] {
  const boltCount = 6;
  const boltCircle = 0.075;
  const bolts = Array.from({ length: boltCount }, (_, i) => {
    const angle = ((i + 0.5) * 2 * Math.PI) / boltCount;
    return cylinder(0.008, 0.052, [x + boltCircle * Math.cos(angle), y, z + boltCircle * Math.sin(angle)], {
      material: 'steel',
      tint: TINT.grey,
    });
  });
  return [cylinder(0.092, 0.032, [x, y, z], STEEL), ...bolts];
}
