import type { FrameRef } from '../../domain/annotation/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { PictureSize } from './draft.ts';

/** A frame of a headset: what is drawn on it finds its place in the room. */
export interface FrozenFrame extends PictureSize {
  readonly on: 'room';
  readonly target: PersonKey;
  readonly frame: FrameRef;
}

/** A frame of a camera whose place nobody knows: what is drawn stays on this picture. */
export interface FrozenStill extends PictureSize {
  readonly on: 'still';
  readonly target: PersonKey;
  readonly stillId: string;
  /** The very picture, small enough to be sent; null when none could be made. */
  readonly jpeg: Promise<Uint8Array<ArrayBuffer> | null>;
}

/** A frozen picture: whose, which, and how large it is. */
export type FrozenPicture = FrozenFrame | FrozenStill;
