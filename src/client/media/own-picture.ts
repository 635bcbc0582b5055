import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { VideoSource } from '../../domain/call/state.ts';
import type { LocalDevices, LocalMediaProblem, LocalSource } from './local-media.ts';

type PictureDevice = Exclude<VideoSource, 'off'>;

/** The one picture that is sent in a call: camera or screen. */
export interface OwnPicture {
  readonly track: ReadonlySignal<MediaStreamTrack | null>;
  readonly video: ReadonlySignal<VideoSource>;
  /** Why there is no camera; none after it was switched off. */
  readonly problem: ReadonlySignal<'none' | LocalMediaProblem>;
  /** A picture was asked for, and there is none yet. */
  readonly starting: ReadonlySignal<boolean>;
  /** The newest wish wins, however long the browser asks its person about an older one. */
  setVideo(video: VideoSource): Promise<void>;
  /** Asks for the camera anew where it is on, e.g. because another one was chosen. */
  renewCamera(): Promise<void>;
  dispose(): void;
}

export interface OwnPictureOptions {
  readonly devices: Pick<LocalDevices, 'camera' | 'screen'>;
  /** What has most likely become of a camera that ends by itself: browsers do not tell. */
  readonly cameraEnded: LocalMediaProblem;
  readonly onProblem: (device: PictureDevice, problem: LocalMediaProblem) => void;
}

export function createOwnPicture({ devices, cameraEnded, onProblem }: OwnPictureOptions): OwnPicture {
  const live = signal<{ readonly device: PictureDevice; readonly source: LocalSource } | null>(null);
  const asking = signal<PictureDevice | null>(null);
  const problem = signal<'none' | LocalMediaProblem>('none');
  let wish = 0;
  let disposed = false;

  async function setVideo(next: VideoSource): Promise<void> {
    if (next === asking.value) return;
    wish += 1;
    if (next === 'off') batch(switchOff);
    else if (next === live.value?.device) asking.value = null;
    else await ask(next, wish);
  }

  function switchOff(): void {
    asking.value = null;
    problem.value = 'none';
    drop();
  }

  async function ask(device: PictureDevice, mine: number): Promise<void> {
    asking.value = device;
    const asked = await devices[device]();
    if (disposed || mine !== wish) {
      if (asked.ok) asked.source.release();
      return;
    }
    batch(() => {
      asking.value = null;
      if (asked.ok) use(device, asked.source);
      else fail(device, asked.problem);
    });
  }

  function use(device: PictureDevice, source: LocalSource): void {
    drop();
    problem.value = 'none';
    live.value = { device, source };
    source.onEnded(() =>
      batch(() => {
        live.value = null;
        // A screen ends with the browser's own "Stop sharing", which nobody has to be told of.
        if (device === 'camera') fail(device, cameraEnded);
      }),
    );
  }

  function fail(device: PictureDevice, why: LocalMediaProblem): void {
    // Thinking better of sharing a screen is no problem for the others, and leaves the picture as it was.
    if (device === 'camera') problem.value = why;
    onProblem(device, why);
  }

  function drop(): void {
    live.value?.source.release();
    live.value = null;
  }

  return {
    track: computed(() => live.value?.source.track ?? null),
    video: computed(() => live.value?.device ?? 'off'),
    problem,
    starting: computed(() => asking.value !== null && live.value === null),
    setVideo,
    async renewCamera() {
      if (live.value?.device !== 'camera') return;
      wish += 1;
      // Let go first: phones open one camera at a time.
      drop();
      await ask('camera', wish);
    },
    dispose: () => {
      disposed = true;
      drop();
    },
  };
}
