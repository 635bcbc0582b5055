import type { Pose, Vec3 } from '../../domain/registration/pose.ts';
import type { Shape } from '../geometry/shape.ts';

/** Everything in the room is right-handed, in metres: +y up from the floor, the wearer starts looking along -z. */
export type MaterialName = 'concrete' | 'wall' | 'wood' | 'steel' | 'paint' | 'rubber' | 'decal';

/** Pictures that are painted once and put on surfaces. */
export type DecalName =
  | 'dial'
  | 'display'
  | 'nameplate'
  | 'lockoutSign'
  | 'hatchLabel'
  | 'hazardStripes'
  | 'pegboard'
  | 'breakers'
  | 'cuttingMat'
  | 'clipboard'
  | 'floorMark'
  | 'extinguisherSign'
  | 'pipeLabel'
  | 'shutter'
  | 'drumLabel';

/** One thing that is drawn, met by rays when `solid`. */
export interface Part {
  readonly shape: Shape;
  readonly pose: Pose;
  readonly material: MaterialName;
  /** sRGB, 0..1; multiplies the material's own picture. */
  readonly tint: Vec3;
  readonly solid: boolean;
  /** Width of the chamfer that catches the light on a box's edges; drawn only. */
  readonly bevelM: number;
  /** Light is computed at corners of a grid at most this wide. */
  readonly cellM: number;
  /** Light of its own, as a multiple of its tint. */
  readonly glow: number;
  /** Which picture a part of the material `decal` shows. */
  readonly decal: DecalName | null;
}

/** A point on a surface whose true place is known: what tests aim at. */
export interface Landmark {
  readonly name: string;
  readonly label: string;
  readonly position: Vec3;
  /** Unit normal of the surface there. */
  readonly normal: Vec3;
  /** Whether the surface around it is flat for at least 2 cm. */
  readonly planar: boolean;
}

/** What a device's plane finder would report: the bounding rectangle of a large flat surface (+z is its normal). */
export interface ScenePlane {
  readonly name: string;
  readonly shape: Extract<Shape, { kind: 'rect' }>;
  readonly pose: Pose;
  readonly label: 'floor' | 'ceiling' | 'wall' | 'table' | 'other';
}

/** A rectangular lamp that shines downwards. */
export interface Lamp {
  readonly center: Vec3;
  readonly width: number;
  readonly depth: number;
  readonly power: number;
}

export interface Room {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly landmarks: readonly Landmark[];
  readonly planes: readonly ScenePlane[];
  readonly lamps: readonly Lamp[];
  /** Where the wearer's eyes are to begin with. */
  readonly start: Pose;
  /** The box in which the wearer's head can be walked about. */
  readonly walkable: { readonly min: Vec3; readonly max: Vec3 };
}
