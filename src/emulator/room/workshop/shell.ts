import {
  box,
  decal,
  FACING_BACK,
  FACING_DOWN,
  FACING_FRONT,
  FACING_LEFT,
  FACING_RIGHT,
  FACING_UP,
  surface,
  TINT,
} from '../build.ts';
import type { Lamp, Part } from '../room.ts';

/** The inside of the room: 4.1 m wide, 4.25 m deep, 2.9 m high. */
export const ROOM = { left: -2.1, right: 2, back: -1.95, front: 2.3, height: 2.9 } as const;

const WIDTH = ROOM.right - ROOM.left;
const DEPTH = ROOM.front - ROOM.back;
const MIDDLE_X = (ROOM.left + ROOM.right) / 2;
const MIDDLE_Z = (ROOM.back + ROOM.front) / 2;
const MIDDLE_Y = ROOM.height / 2;
const LAMP_Y = 2.84;

export const LAMPS: readonly Lamp[] = [
  { center: [-0.85, LAMP_Y, -0.55], width: 1.2, depth: 0.28, power: 1.15 },
  { center: [0.85, LAMP_Y, -0.55], width: 1.2, depth: 0.28, power: 1.15 },
  { center: [0, LAMP_Y, 1.15], width: 1.2, depth: 0.28, power: 0.85 },
];

const WALL = { material: 'wall', tint: [1, 1, 1], cellM: 0.14 } as const;

export const SHELL: readonly Part[] = [
  surface([WIDTH, DEPTH], [MIDDLE_X, 0, MIDDLE_Z], {
    material: 'concrete',
    tint: [1, 1, 1],
    orientation: FACING_UP,
    cellM: 0.11,
  }),
  surface([WIDTH, DEPTH], [MIDDLE_X, ROOM.height, MIDDLE_Z], {
    tint: TINT.white,
    orientation: FACING_DOWN,
    cellM: 0.3,
  }),
  surface([WIDTH, ROOM.height], [MIDDLE_X, MIDDLE_Y, ROOM.back], { ...WALL, orientation: FACING_FRONT }),
  surface([WIDTH, ROOM.height], [MIDDLE_X, MIDDLE_Y, ROOM.front], { ...WALL, orientation: FACING_BACK, cellM: 0.2 }),
  surface([DEPTH, ROOM.height], [ROOM.left, MIDDLE_Y, MIDDLE_Z], { ...WALL, orientation: FACING_RIGHT }),
  surface([DEPTH, ROOM.height], [ROOM.right, MIDDLE_Y, MIDDLE_Z], { ...WALL, orientation: FACING_LEFT }),
  box([WIDTH, 0.1, 0.015], [MIDDLE_X, 0.05, ROOM.back + 0.0075], { tint: TINT.darkGrey, cellM: 0.4 }),
  box([0.015, 0.1, DEPTH], [ROOM.left + 0.0075, 0.05, MIDDLE_Z], { tint: TINT.darkGrey, cellM: 0.4 }),
  box([0.015, 0.1, DEPTH], [ROOM.right - 0.0075, 0.05, MIDDLE_Z], { tint: TINT.darkGrey, cellM: 0.4 }),
  ...LAMPS.map((lamp) =>
    box([lamp.width, 0.06, lamp.depth], [lamp.center[0], lamp.center[1] + 0.03, lamp.center[2]], {
      tint: [1, 0.98, 0.94],
      glow: 3,
      solid: false,
    }),
  ),
  // A cable tray under the ceiling, and the yellow border that keeps people off the machine.
  box([WIDTH, 0.05, 0.22], [MIDDLE_X, 2.62, -1.35], { material: 'steel', tint: TINT.grey, cellM: 0.2 }),
  decal('hazardStripes', [1.75, 0.08], [0.16, 0.0008, -1.02], { orientation: FACING_UP, cellM: 0.1 }),
  decal('floorMark', [0.34, 0.34], [0.35, 0.0008, -0.72], { orientation: FACING_UP, cellM: 0.1 }),
  decal('shutter', [2.2, 2.3], [-0.4, 1.15, ROOM.front - 0.004], { orientation: FACING_BACK, cellM: 0.25 }),
];
