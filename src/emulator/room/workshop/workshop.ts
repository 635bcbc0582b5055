import type { Quat, Vec3 } from '../../../domain/registration/pose.ts';
import { levelOrientation } from '../../geometry/orient.ts';
import { FACING_BACK, FACING_DOWN, FACING_FRONT, FACING_LEFT, FACING_RIGHT, FACING_UP } from '../build.ts';
import type { Landmark, Room, ScenePlane } from '../room.ts';
import { BENCH_MARK, BENCH_TOP_Y, BREAKER, FURNITURE } from './furniture.ts';
import { BODY_FRONT_Z, DISPLAY_FACE, GAUGE_FACE, HATCH_LABEL, MACHINE, NAMEPLATE, SIGN_FACE } from './machine.ts';
import { PIPE_BAND, PIPEWORK, VALVE_HUB } from './pipework.ts';
import { LAMPS, ROOM, SHELL } from './shell.ts';

const FRONT: Vec3 = [0, 0, 1];
const UP: Vec3 = [0, 1, 0];
const LEFT: Vec3 = [-1, 0, 0];

const landmarks: readonly Landmark[] = [
  landmark('gauge', 'Pressure gauge', GAUGE_FACE, FRONT),
  landmark('display', 'Control display', DISPLAY_FACE, FRONT),
  landmark('nameplate', 'Nameplate', NAMEPLATE, FRONT),
  landmark('hatch', 'Service hatch', HATCH_LABEL, FRONT),
  landmark('valve', 'Valve hub', VALVE_HUB, FRONT),
  { ...landmark('pipe', 'Green pipe band', PIPE_BAND, FRONT), planar: false },
  landmark('bench', 'Cutting mat on the bench', BENCH_MARK, UP),
  landmark('sign', 'Lockout sign', SIGN_FACE, FRONT),
  landmark('breaker', 'Breaker panel', BREAKER, LEFT),
  landmark('floor', 'Mark on the floor', [0.35, 0, -0.72], UP),
];

const width = ROOM.right - ROOM.left;
const depth = ROOM.front - ROOM.back;
const midX = (ROOM.left + ROOM.right) / 2;
const midZ = (ROOM.front + ROOM.back) / 2;

const planes: readonly ScenePlane[] = [
  plane('floor', 'floor', [width, depth], [midX, 0, midZ], FACING_UP),
  plane('ceiling', 'ceiling', [width, depth], [midX, ROOM.height, midZ], FACING_DOWN),
  plane('back wall', 'wall', [width, ROOM.height], [midX, ROOM.height / 2, ROOM.back], FACING_FRONT),
  plane('front wall', 'wall', [width, ROOM.height], [midX, ROOM.height / 2, ROOM.front], FACING_BACK),
  plane('left wall', 'wall', [depth, ROOM.height], [ROOM.left, ROOM.height / 2, midZ], FACING_RIGHT),
  plane('right wall', 'wall', [depth, ROOM.height], [ROOM.right, ROOM.height / 2, midZ], FACING_LEFT),
  plane('bench top', 'table', [0.72, 1.64], [-1.72, BENCH_TOP_Y, -0.75], FACING_UP),
  plane('machine body', 'other', [0.95, 1.02], [0.32, 0.63, BODY_FRONT_Z], FACING_FRONT),
  plane('control head', 'other', [0.95, 0.44], [0.32, 1.36, -1.27], FACING_FRONT),
  plane('breaker panel', 'other', [0.57, 0.82], BREAKER, FACING_LEFT),
];

/** A small workshop: a feed pump with its gauge and valve before the wearer, a bench to the left, breakers to the right. */
export const WORKSHOP: Room = {
  name: 'workshop',
  parts: [...SHELL, ...MACHINE, ...PIPEWORK, ...FURNITURE],
  landmarks,
  planes,
  lamps: LAMPS,
  // Looking a little down, to the machine.
  start: { position: [0, 1.65, 0], orientation: levelOrientation(0, -0.14) },
  walkable: { min: [-1.2, 0.5, -0.85], max: [1.5, 2.3, 2] },
};

function landmark(name: string, label: string, position: Vec3, normal: Vec3): Landmark {
  return { name, label, position, normal, planar: true };
}

function plane(
  name: string,
  label: ScenePlane['label'],
  [planeWidth, planeHeight]: readonly [number, number],
  ...[position, orientation]: [Vec3, Quat]
): ScenePlane {
  return {
    name,
    label,
    shape: { kind: 'rect', width: planeWidth, height: planeHeight },
    pose: { position, orientation },
  };
}
