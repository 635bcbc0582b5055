/**
 * Microphone, camera and screen of this machine. Nothing throws: people refuse, unplug and share devices every day,
 * and a call goes on with what is left.
 */

/** `denied`: the person or a policy said no. `missing`: no such device. `busy`: another program has it. */
export type LocalMediaProblem = 'denied' | 'missing' | 'busy';

export type LocalMedia =
  | { readonly ok: true; readonly source: LocalSource }
  | { readonly ok: false; readonly problem: LocalMediaProblem };

export interface LocalSource {
  readonly track: MediaStreamTrack;
  /** Called once when the track ends by itself: unplugged, taken away, sharing stopped in the browser's own bar. */
  onEnded(listener: () => void): () => void;
  /** Lets go of the device. Idempotent; does not call `onEnded`. */
  release(): void;
}

export interface CameraWish {
  /** `environment`: what the wearer sees; `user`: the one who sits before the screen. */
  readonly facing: 'environment' | 'user';
  /** Rather this one than whatever faces there. */
  readonly deviceId?: string;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly framesPerSecond?: number;
}

/** What a page may ask its machine for; to be asked anew at each use, since devices come and go. */
export interface LocalDevices {
  microphone(): Promise<LocalMedia>;
  camera(): Promise<LocalMedia>;
  screen(): Promise<LocalMedia>;
}

/** What a HoloLens 2 encodes without strain: multiples of 16 near 720p. */
const DEFAULT_WIDTH_PX = 1280;
const DEFAULT_HEIGHT_PX = 720;
const DEFAULT_FRAMES_PER_SECOND = 30;
/** Text and drawings on a screen hardly move. */
const SCREEN_FRAMES_PER_SECOND = 15;

export function createLocalDevices(facing: CameraWish['facing']): LocalDevices {
  return { microphone: () => acquireMicrophone(), camera: () => acquireCamera({ facing }), screen: acquireScreen };
}

/** @param deviceId rather this one than another; null: whichever the browser gives */
export function acquireMicrophone(deviceId: string | null = null): Promise<LocalMedia> {
  const wish = deviceId === null ? {} : { deviceId: { ideal: deviceId } };
  return acquire((devices) =>
    devices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...wish } }),
  );
}

/** Wishes, not demands: a camera that faces elsewhere or has another size is better than none. */
export function acquireCamera(wish: CameraWish): Promise<LocalMedia> {
  const video: MediaTrackConstraints = {
    ...(wish.deviceId === undefined ? { facingMode: { ideal: wish.facing } } : { deviceId: { ideal: wish.deviceId } }),
    width: { ideal: wish.widthPx ?? DEFAULT_WIDTH_PX },
    height: { ideal: wish.heightPx ?? DEFAULT_HEIGHT_PX },
    frameRate: { ideal: wish.framesPerSecond ?? DEFAULT_FRAMES_PER_SECOND },
  };
  return acquire((devices) => devices.getUserMedia({ video }), 'motion');
}

/** Has to be called from a click: browsers ask which screen, and only then. */
export function acquireScreen(): Promise<LocalMedia> {
  return acquire(
    (devices) => devices.getDisplayMedia({ video: { frameRate: { max: SCREEN_FRAMES_PER_SECOND } }, audio: false }),
    'detail',
  );
}

async function acquire(
  ask: (devices: MediaDevices) => Promise<MediaStream>,
  contentHint: 'motion' | 'detail' | '' = '',
): Promise<LocalMedia> {
  // Pages that are not served securely have no devices at all.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) return { ok: false, problem: 'denied' };
  try {
    const [track, ...others] = (await ask(devices)).getTracks();
    for (const other of others) other.stop();
    if (track === undefined) return { ok: false, problem: 'missing' };
    track.contentHint = contentHint;
    return { ok: true, source: createLocalSource(track) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

export function createLocalSource(track: MediaStreamTrack): LocalSource {
  const listeners = new Set<() => void>();
  const ended = (): void => {
    track.removeEventListener('ended', ended);
    for (const listener of listeners) listener();
    listeners.clear();
  };
  track.addEventListener('ended', ended);
  return {
    track,
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    release() {
      track.removeEventListener('ended', ended);
      listeners.clear();
      track.stop();
    },
  };
}

/** Names of the exceptions of `getUserMedia` and `getDisplayMedia` (Media Capture and Streams, 10.2). */
export function problemOf(error: unknown): LocalMediaProblem {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'TypeError':
    case 'NotSupportedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
    case 'InvalidStateError':
      return 'busy';
    default:
      return 'denied';
  }
}
