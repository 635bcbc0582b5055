import { type ReadonlySignal, signal } from '@preact/signals-core';
import { acquireCamera, acquireMicrophone, acquireScreen, type CameraWish, type LocalDevices } from './local-media.ts';

export interface DeviceEntry {
  readonly id: string;
  /** As the browser calls it; empty until it was allowed to tell. */
  readonly label: string;
}

/** Which of several cameras and microphones this page uses. */
export interface DeviceChoice {
  readonly devices: LocalDevices;
  readonly cameras: ReadonlySignal<readonly DeviceEntry[]>;
  readonly microphones: ReadonlySignal<readonly DeviceEntry[]>;
  /** Null: whichever the browser gives. */
  readonly camera: ReadonlySignal<string | null>;
  readonly microphone: ReadonlySignal<string | null>;
  /** Where the camera looks, while none was chosen by name. */
  readonly facing: ReadonlySignal<CameraWish['facing']>;
  /** Held in a hand, with a camera on either side. */
  readonly canTurn: boolean;
  /** Counts from the next time on that the device is asked for. */
  chooseCamera(id: string): void;
  chooseMicrophone(id: string): void;
  /** The camera on the other side of a phone. */
  turnCamera(): void;
  dispose(): void;
}

type Media = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>;

/** @param facing the camera to begin with: `environment` on what is held in a hand */
export function createDeviceChoice(
  facing: CameraWish['facing'],
  media: Media | undefined = navigator.mediaDevices,
): DeviceChoice {
  const cameras = signal<readonly DeviceEntry[]>([]);
  const microphones = signal<readonly DeviceEntry[]>([]);
  const camera = signal<string | null>(null);
  const microphone = signal<string | null>(null);
  const side = signal(facing);
  let disposed = false;

  async function list(): Promise<void> {
    const found = (await media?.enumerateDevices().catch(() => [])) ?? [];
    if (disposed) return;
    cameras.value = entries(found, 'videoinput');
    microphones.value = entries(found, 'audioinput');
  }
  /** Names are told once a device was given. */
  async function given<T>(asked: Promise<T>): Promise<T> {
    const answer = await asked;
    void list();
    return answer;
  }
  const onChange = (): void => void list();
  media?.addEventListener('devicechange', onChange);
  void list();

  const chosen = (id: string | null) => (id === null ? {} : { deviceId: id });
  return {
    devices: {
      camera: () => given(acquireCamera({ facing: side.peek(), ...chosen(camera.peek()) })),
      microphone: () => given(acquireMicrophone(microphone.peek())),
      screen: acquireScreen,
    },
    cameras,
    microphones,
    camera,
    microphone,
    facing: side,
    canTurn: facing === 'environment',
    chooseCamera: (id) => {
      camera.value = id;
    },
    chooseMicrophone: (id) => {
      microphone.value = id;
    },
    turnCamera: () => {
      camera.value = null;
      side.value = side.value === 'user' ? 'environment' : 'user';
    },
    dispose: () => {
      disposed = true;
      media?.removeEventListener('devicechange', onChange);
    },
  };
}

const entries = (found: readonly MediaDeviceInfo[], kind: MediaDeviceKind): readonly DeviceEntry[] =>
  found
    .filter((one) => one.kind === kind && one.deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
