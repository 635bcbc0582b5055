import type { Pose } from '../../domain/registration/pose.ts';
import { createFrameSink, type FrameSink } from './frame-sink.ts';
import type { CameraMode } from './modes.ts';
import type { CameraTruthRecorder } from './truth.ts';

/** Draws what the camera sees from the head's pose: RGBA rows from the top. */
export type DrawCameraPicture = (head: Pose, mode: CameraMode) => Promise<Uint8Array<ArrayBuffer>>;

export interface CameraSourceOptions {
  readonly draw: DrawCameraPicture;
  readonly headPoseAt: (timeMs: number) => Pose;
  readonly truth: CameraTruthRecorder;
  readonly now?: () => number;
}

export interface CameraTrack {
  readonly track: MediaStreamTrack;
  readonly mode: CameraMode;
  setMode(mode: CameraMode): void;
  stop(): void;
}

/** The one camera of the device: it runs while a track of it does; all tracks show the same frames. */
export interface CameraSource {
  open(mode: CameraMode): CameraTrack;
  dispose(): void;
}

/**
 * When drawing takes longer than a frame may, the page gets as long again to itself. A slow machine then has fewer
 * pictures, but the head's poses still come closely enough for each of them to be placed.
 */
const IDLE_SHARE = 1;

export function createCameraSource(options: CameraSourceOptions): CameraSource {
  const now = options.now ?? (() => performance.now());
  const open = new Map<FrameSink, CameraMode>();
  let mode: CameraMode | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueMs = 0;
  let drawing = false;

  const schedule = (): void => {
    clearTimeout(timer);
    timer = mode === null ? undefined : setTimeout(tick, Math.max(0, dueMs - now()));
  };
  const tick = async (): Promise<void> => {
    if (mode === null || drawing) return;
    const startedMs = now();
    const periodMs = 1000 / mode.framesPerSecond;
    drawing = true;
    try {
      await drawFrame(mode, startedMs);
    } finally {
      drawing = false;
      // Keep the beat; frames that come too late for it are left out.
      dueMs = Math.max(dueMs + periodMs, now() + (now() - startedMs) * IDLE_SHARE);
      schedule();
    }
  };
  const drawFrame = async (drawn: CameraMode, startedMs: number): Promise<void> => {
    const timestampUs = Math.round(startedMs * 1000);
    const timestampMs = timestampUs / 1000;
    const head = options.headPoseAt(timestampMs);
    const rows = await options.draw(head, drawn);
    options.truth.record(timestampMs, head);
    for (const sink of open.keys()) sink.write({ rows, width: drawn.width, height: drawn.height, timestampUs });
  };
  const close = (sink: FrameSink): void => {
    if (!open.delete(sink)) return;
    sink.close();
    mode = [...open.values()].at(-1) ?? null;
  };

  return {
    open(wanted) {
      const sink = createFrameSink();
      const setMode = (next: CameraMode): void => {
        if (!open.has(sink)) return;
        open.set(sink, next);
        mode = next;
      };
      open.set(sink, wanted);
      const wasOff = mode === null;
      mode = wanted;
      if (wasOff) {
        dueMs = now();
        schedule();
      }
      return {
        track: sink.track,
        get mode() {
          return open.get(sink) ?? wanted;
        },
        setMode,
        stop: () => close(sink),
      };
    },
    dispose() {
      for (const sink of [...open.keys()]) close(sink);
      clearTimeout(timer);
    },
  };
}
