import type { SnapshotRefusal } from '../../client/types.ts';
import type { FrameTag } from '../../domain/registration/frame-tag.ts';

/** A snapshot that can be shown, and drawn on like any frame. */
export interface ReadSnapshot {
  readonly tag: FrameTag;
  readonly picture: ImageBitmap;
  /** On the hub's clock, ms since the epoch. */
  readonly takenAtMs: number;
}

export type SnapshotFailure = SnapshotRefusal | 'timed-out' | 'unreadable';

/** How an expert looks through somebody's camera when video finds no path. */
export type SnapshotState =
  | { readonly mode: 'off' }
  | {
      readonly mode: 'on';
      readonly asking: boolean;
      /** Why the last one did not come. */
      readonly failure: SnapshotFailure | null;
      /** The newest one that came. */
      readonly snapshot: ReadSnapshot | null;
    };

export type SnapshotEvent =
  | { readonly type: 'chosen' }
  | { readonly type: 'asked' }
  | { readonly type: 'arrived'; readonly snapshot: ReadSnapshot }
  | { readonly type: 'failed'; readonly failure: SnapshotFailure }
  /** Video comes again, or the person went: nobody needs snapshots. */
  | { readonly type: 'over' };

export const SNAPSHOTS_OFF: SnapshotState = { mode: 'off' };

/** The state after an event; the very same one when the event says nothing now. */
export function nextSnapshotState(state: SnapshotState, event: SnapshotEvent): SnapshotState {
  if (event.type === 'over') return state.mode === 'off' ? state : SNAPSHOTS_OFF;
  if (state.mode === 'off') {
    return event.type === 'chosen' ? { mode: 'on', asking: false, failure: null, snapshot: null } : state;
  }
  switch (event.type) {
    case 'chosen':
      return state;
    case 'asked':
      return { ...state, asking: true, failure: null };
    case 'arrived': {
      // One that was given up comes late, and is better than none; but not than a newer one.
      const isOld = state.snapshot !== null && event.snapshot.takenAtMs < state.snapshot.takenAtMs;
      return isOld ? state : { ...state, asking: false, failure: null, snapshot: event.snapshot };
    }
    case 'failed':
      return state.asking ? { ...state, asking: false, failure: event.failure } : state;
  }
}
