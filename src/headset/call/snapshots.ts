import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { CameraStill } from '../../client/media/still-camera.ts';
import type { CallSession, SnapshotRefusal } from '../../client/types.ts';
import { isIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';

export interface SnapshotSenderOptions {
  readonly session: Pick<CallSession, 'state' | 'sendRelay' | 'onRelay'>;
  /** The camera's track while the camera is on; the wearer sees that it is. */
  readonly camera: ReadonlySignal<MediaStreamTrack | null>;
  take(track: MediaStreamTrack): Promise<CameraStill | null>;
  /** A time of this page on the hub's clock, ms since the epoch. */
  hubTimeOf(pageTimeMs: number): number;
}

export interface SnapshotSender {
  /** True for a moment after one was sent, for the wearer to know. */
  readonly justSent: ReadonlySignal<boolean>;
  dispose(): void;
}

/** Long enough to be read in passing. */
const SAID_MS = 4_000;

/** Answers those who ask for a snapshot: with one picture for all who ask at a time, or with why there is none. */
export function createSnapshotSender({ session, camera, take, hubTimeOf }: SnapshotSenderOptions): SnapshotSender {
  const askers = new Set<PersonKey>();
  const justSent = signal(false);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let disposed = false;

  function refuse(reason: SnapshotRefusal): void {
    for (const asker of askers) void session.sendRelay(asker, { type: 'noSnapshot', reason });
  }

  function deliver({ tag, jpeg }: CameraStill): void {
    const { frameId, captureTimeMs, spaceEpoch, tracked, pose } = tag;
    const frame = { frameId, captureTimeMs, spaceEpoch };
    const takenAtMs = Math.round(hubTimeOf(captureTimeMs));
    for (const asker of askers) {
      void session.sendRelay(asker, { type: 'snapshot', snapshot: { frame, tracked, pose, takenAtMs, jpeg } });
    }
    say();
  }

  function say(): void {
    justSent.value = true;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      justSent.value = false;
    }, SAID_MS);
  }

  async function answer(): Promise<void> {
    const track = camera.peek();
    const still = track === null ? null : await take(track).catch(() => null);
    if (disposed) return;
    // The wearer may have stopped the video meanwhile, and then this picture is nobody's business.
    if (track === null || camera.peek() !== track) refuse('camera-off');
    else if (still === null) refuse('no-picture');
    else deliver(still);
    askers.clear();
  }

  const stopListening = session.onRelay((from, payload) => {
    if (payload.type !== 'askSnapshot' || !isIn(session.state.peek().participants[from])) return;
    const isFirst = askers.size === 0;
    askers.add(from);
    if (isFirst) void answer();
  });

  return {
    justSent,
    dispose: () => {
      disposed = true;
      stopListening();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
