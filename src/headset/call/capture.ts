import type { Capture, Captured, CaptureProblem } from './own-media.ts';

/** What the device encodes without strain, and what an expert can read a gauge on. */
const PICTURE: MediaTrackConstraints = {
  facingMode: { ideal: 'environment' },
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};
const SOUND: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * The device's microphone and camera. `mediaDevices` is asked for at each use: an emulated headset brings its own.
 */
export function createCapture(mediaDevices: () => MediaDevices | undefined): Capture {
  return {
    microphone: () => ask(mediaDevices(), { audio: SOUND }),
    camera: () => ask(mediaDevices(), { video: PICTURE }),
  };
}

async function ask(devices: MediaDevices | undefined, wanted: MediaStreamConstraints): Promise<Captured> {
  if (devices === undefined) return { ok: false, problem: 'missing' };
  try {
    const [track] = (await devices.getUserMedia(wanted)).getTracks();
    return track === undefined ? { ok: false, problem: 'missing' } : { ok: true, track };
  } catch (error) {
    return { ok: false, problem: problemNamed(error instanceof DOMException ? error.name : '') };
  }
}

/** By the names of `getUserMedia`'s rejections (W3C Media Capture and Streams, section 10.2). */
function problemNamed(name: string): CaptureProblem {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'missing';
}
