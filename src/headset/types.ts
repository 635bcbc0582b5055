import type { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';

/**
 * Takes one head pose per frame of the mixed-reality session: the viewer in the reference space, metres, right-handed,
 * orientation x y z w; `timeMs` is on the page's `performance.now()` clock. Must not allocate.
 */
export interface PoseSink {
  push(
    timeMs: number,
    px: number,
    py: number,
    pz: number,
    qx: number,
    qy: number,
    qz: number,
    qw: number,
    tracked: boolean,
    spaceEpoch: number,
  ): void;
}

/** Where the head is in this frame; the same object every frame. */
export interface ViewerSample {
  readonly position: Vector3;
  readonly orientation: Quaternion;
  /** False: the device does not know where it is; the pose is then the last known. */
  readonly tracked: boolean;
}

/** One pointing hand (or other input), in the reference space; the same object while the input is there. */
export interface RoomRay {
  /** 0 or 1: two inputs at most are followed. */
  readonly slot: number;
  readonly handedness: XRHandedness;
  readonly origin: Vector3;
  /** Unit vector. */
  readonly direction: Vector3;
  /** False: the input is not there, or its pose is not known now. */
  readonly tracked: boolean;
  /** Between `selectstart` and `selectend`. */
  readonly selecting: boolean;
  /** The ray points at a panel, or began to select on one: it belongs to the panel, not to a tool. */
  readonly onPanel: boolean;
}

/** What a tool of the room may use. Coordinates of the scene are those of `referenceSpace()`, unchanged. */
export interface RoomContext {
  readonly scene: Scene;
  readonly session: XRSession;
  readonly referenceSpace: () => XRReferenceSpace;
  /** Counts the reference spaces of this page: grows with every reset and every new session. */
  readonly spaceEpoch: () => number;
  readonly viewer: ViewerSample;
  readonly rays: readonly RoomRay[];
}

/**
 * Something that works in the room for the time of one session: the annotation layer, the resolver of marks,
 * the drawing tools. Called in this order within a frame: poses are fresh, panels had the rays first.
 */
export interface RoomTools {
  /** Once per frame before drawing; must not allocate when nothing happens. */
  frame(frame: XRFrame, timeMs: number): void;
  /** A ray that is not on a panel begins, or ends, to select. */
  selectStart(ray: RoomRay): void;
  selectEnd(ray: RoomRay): void;
  /** The reference space was reset: `spaceEpoch()` has grown, coordinates of before mean nothing. */
  spaceReset(): void;
  dispose(): void;
}

export type CreateRoomTools = (context: RoomContext) => RoomTools;

export type RoomSound = 'aim' | 'press' | 'refuse';
