import { effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { CallSession, LinkState, Snapshot } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import {
  nextSnapshotState,
  type ReadSnapshot,
  SNAPSHOTS_OFF,
  type SnapshotEvent,
  type SnapshotState,
} from './snapshot-state.ts';

/** Snapshots of one headset's camera, for one desk. */
export interface Snapshots {
  readonly state: ReadonlySignal<SnapshotState>;
  /** The expert goes on with snapshots; does nothing before video has found no path. */
  use(): void;
  /** Asks the headset for one, and waits for a while. */
  ask(): void;
  dispose(): void;
}

export interface SnapshotDeps {
  readonly session: Pick<CallSession, 'sendRelay' | 'onRelay'>;
  readonly target: PersonKey;
  /** Of the way to the target; undefined while there is none. Read in an effect, so it may read signals. */
  linkState(): LinkState | undefined;
  /** Rejects what is no picture. */
  decode(jpeg: Uint8Array<ArrayBuffer>): Promise<ImageBitmap>;
}

/** 80 KB take 4 s at the 150 kbit/s below which nothing is promised; the camera and the way there take the rest. */
export const SNAPSHOT_PATIENCE_MS = 10_000;

export function createSnapshots({ session, target, linkState, decode }: SnapshotDeps): Snapshots {
  const state = signal<SnapshotState>(SNAPSHOTS_OFF);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let disposed = false;

  function happen(event: SnapshotEvent): void {
    const next = nextSnapshotState(state.peek(), event);
    state.value = next;
    if (timer === null || (next.mode === 'on' && next.asking)) return;
    clearTimeout(timer);
    timer = null;
  }

  async function read(snapshot: Snapshot): Promise<void> {
    const picture = await decode(snapshot.jpeg).catch(() => null);
    if (disposed) return;
    if (picture === null) happen({ type: 'failed', failure: 'unreadable' });
    else happen({ type: 'arrived', snapshot: toRead(snapshot, picture) });
  }

  const stopListening = session.onRelay((from, payload) => {
    if (from !== target || state.peek().mode === 'off') return;
    if (payload.type === 'snapshot') void read(payload.snapshot);
    if (payload.type === 'noSnapshot') happen({ type: 'failed', failure: payload.reason });
  });
  const stopWatching = effect(() => {
    const link = linkState();
    if (link === undefined || link === 'connected') happen({ type: 'over' });
  });

  return {
    state,
    use: () => happen({ type: 'chosen' }),
    ask() {
      const before = state.peek();
      if (before.mode === 'off' || before.asking) return;
      happen({ type: 'asked' });
      timer = setTimeout(() => happen({ type: 'failed', failure: 'timed-out' }), SNAPSHOT_PATIENCE_MS);
      void session.sendRelay(target, { type: 'askSnapshot' });
    },
    dispose() {
      disposed = true;
      stopWatching();
      stopListening();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function toRead({ frame, tracked, pose, takenAtMs }: Snapshot, picture: ImageBitmap): ReadSnapshot {
  return { tag: { ...frame, tracked, pose }, picture, takenAtMs };
}
