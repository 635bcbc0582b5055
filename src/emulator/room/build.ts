import type { Quat, Vec3 } from '../../domain/registration/pose.ts';
import { IDENTITY } from '../../domain/registration/quat.ts';
import type { Shape } from '../geometry/shape.ts';
import type { DecalName, MaterialName, Part } from './room.ts';

const HALF = Math.SQRT1_2;

/** Orientations of a surface whose own normal is +z (and of a cylinder whose own axis is y). */
export const FACING_FRONT: Quat = IDENTITY;
export const FACING_BACK: Quat = [0, 1, 0, 0];
export const FACING_RIGHT: Quat = [0, HALF, 0, HALF];
export const FACING_LEFT: Quat = [0, -HALF, 0, HALF];
export const FACING_UP: Quat = [-HALF, 0, 0, HALF];
export const FACING_DOWN: Quat = [HALF, 0, 0, HALF];
/** Lay a cylinder's or a torus's axis along z (its +y cap to the front) or along x. */
export const ALONG_Z: Quat = [HALF, 0, 0, HALF];
export const ALONG_X: Quat = [0, 0, -HALF, HALF];

export const TINT = {
  white: [0.93, 0.93, 0.91],
  lightGrey: [0.74, 0.76, 0.77],
  grey: [0.5, 0.52, 0.54],
  darkGrey: [0.23, 0.24, 0.26],
  black: [0.09, 0.09, 0.1],
  teal: [0.1, 0.42, 0.46],
  blue: [0.12, 0.28, 0.55],
  green: [0.12, 0.48, 0.25],
  red: [0.76, 0.12, 0.09],
  yellow: [0.95, 0.72, 0.08],
  brass: [0.83, 0.64, 0.3],
} as const satisfies Record<string, Vec3>;

export interface Finish {
  readonly material?: MaterialName;
  readonly tint?: Vec3;
  readonly orientation?: Quat;
  readonly bevelM?: number;
  readonly cellM?: number;
  readonly glow?: number;
  readonly solid?: boolean;
}

function part(shape: Shape, position: Vec3, finish: Finish, decal: DecalName | null): Part {
  return {
    shape,
    pose: { position, orientation: finish.orientation ?? IDENTITY },
    material: finish.material ?? 'paint',
    tint: finish.tint ?? TINT.grey,
    solid: finish.solid ?? true,
    bevelM: finish.bevelM ?? 0.004,
    cellM: finish.cellM ?? 0.2,
    glow: finish.glow ?? 0,
    decal,
  };
}

/** A box of `size` with its centre at `position`. */
export function box(size: Vec3, position: Vec3, finish: Finish = {}): Part {
  return part({ kind: 'box', size }, position, finish, null);
}

/** A cylinder of `radius` and `height` (along y unless turned) with its centre at `position`. */
export function cylinder(radius: number, height: number, position: Vec3, finish: Finish = {}): Part {
  return part({ kind: 'cylinder', radius, height }, position, finish, null);
}

/** A ring around y (unless turned): `radii` are those of the ring and of its section. */
export function ring(radii: readonly [major: number, minor: number], position: Vec3, finish: Finish = {}): Part {
  return part({ kind: 'torus', majorRadius: radii[0], minorRadius: radii[1] }, position, finish, null);
}

/** One side of a wall, floor or ceiling. */
export function surface(size: readonly [width: number, height: number], position: Vec3, finish: Finish): Part {
  return part({ kind: 'rect', width: size[0], height: size[1] }, position, finish, null);
}

/** A picture on a surface: drawn just above it, not met by rays, so that a hit is on the surface itself. */
export function decal(
  name: DecalName,
  size: readonly [width: number, height: number],
  position: Vec3,
  finish: Finish,
): Part {
  const shape: Shape = { kind: 'rect', width: size[0], height: size[1] };
  return part(shape, position, { tint: [1, 1, 1], solid: false, ...finish, material: 'decal' }, name);
}
