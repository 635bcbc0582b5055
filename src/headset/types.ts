import type { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.pure.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import type { ReadonlySignal } from '@preact/signals-core';
import type { PoseFeed } from '../client/media/pose-feed.ts';

/** Takes the viewer's pose once per frame of the mixed-reality session. */
export type PoseSink = Pick<PoseFeed, 'push'>;

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

/**
 * A running session as everything that works in the room needs it: annotations, the placing of marks, drawing tools.
 * Coordinates of the scene are those of `referenceSpace()`, unchanged.
 */
export interface RoomContext {
  readonly scene: Scene;
  readonly session: XRSession;
  referenceSpace(): XRReferenceSpace;
  /** Counts the reference spaces of this page: grows with every reset and every new session. */
  spaceEpoch(): number;
  /** The same, for those who want to be told. */
  readonly epoch: ReadonlySignal<number>;
  readonly viewer: ViewerSample;
  readonly rays: readonly RoomRay[];
  /** True while the ray of this input is a panel's: a press there is not for a tool. */
  isOnPanel(source: XRInputSource): boolean;
  /**
   * Called once per frame before drawing, when poses are fresh and panels had the rays; until the returned function is
   * called or the session ends.
   */
  onFrame(listener: (frame: XRFrame, timeMs: number) => void): () => void;
  /** Called once, when the session ends, while the scene is still there. */
  onEnd(listener: () => void): () => void;
}

/** Starts what works in the room for the time of one session; returns its end, which the room calls. */
export type StartRoomTools = (context: RoomContext) => () => void;

/** Where the headset is: which reference space, and whether it knows its place in it. */
export interface SpaceState {
  readonly spaceEpoch: number;
  readonly tracking: boolean;
}

export type RoomSound = 'aim' | 'press' | 'refuse';
