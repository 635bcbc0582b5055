import type { MediaProblem } from '../../domain/call/state.ts';

/** Something that was asked of the browser: a track, or the reason why there is none. */
export type Captured =
  | { readonly ok: true; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly problem: CaptureProblem };
export type CaptureProblem = Extract<MediaProblem, 'denied' | 'missing' | 'busy'>;

/** The microphone, camera and screen of this desk. */
export interface Capture {
  microphone(): Promise<Captured>;
  camera(): Promise<Captured>;
  screen(): Promise<Captured>;
}

export function createCapture(devices: MediaDevices | undefined): Capture {
  return {
    microphone: () => ask(() => devices?.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } })),
    camera: () =>
      ask(() => devices?.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: 24 } })),
    screen: () => ask(() => devices?.getDisplayMedia({ video: { frameRate: 15 }, audio: false })),
  };
}

async function ask(request: () => Promise<MediaStream> | undefined): Promise<Captured> {
  try {
    const stream = await request();
    const track = stream?.getTracks()[0];
    return track === undefined ? { ok: false, problem: 'missing' } : { ok: true, track };
  } catch (error) {
    return { ok: false, problem: captureProblem(error instanceof DOMException ? error.name : '') };
  }
}

/** The names of `getUserMedia`'s rejections (W3C Media Capture and Streams, 10.2). */
export function captureProblem(name: string): CaptureProblem {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'missing';
  }
}
