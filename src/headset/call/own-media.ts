import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { MediaProblem, MediaState } from '../../domain/call/state.ts';

export type CaptureProblem = Extract<MediaProblem, 'denied' | 'missing' | 'busy'>;

export type Captured =
  | { readonly ok: true; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly problem: CaptureProblem };

/** The microphone and the camera of the device; neither rejects. */
export interface Capture {
  microphone(): Promise<Captured>;
  camera(): Promise<Captured>;
}

/** What the headset sends in a call. */
export interface OwnMedia {
  readonly audioTrack: ReadonlySignal<MediaStreamTrack | null>;
  readonly videoTrack: ReadonlySignal<MediaStreamTrack | null>;
  readonly muted: ReadonlySignal<boolean>;
  readonly microphoneProblem: ReadonlySignal<'none' | CaptureProblem>;
  readonly cameraProblem: ReadonlySignal<'none' | CaptureProblem>;
  readonly startingVideo: ReadonlySignal<boolean>;
  /** What the others are told. */
  readonly media: ReadonlySignal<MediaState>;
  start(withVideo: boolean): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  setVideo(on: boolean): Promise<void>;
  dispose(): void;
}

/** Acquires what is asked for; a call goes on without what the device does not give. */
export function createOwnMedia(capture: Capture): OwnMedia {
  const audioTrack = signal<MediaStreamTrack | null>(null);
  const videoTrack = signal<MediaStreamTrack | null>(null);
  const muted = signal(true);
  const microphoneProblem = signal<'none' | CaptureProblem>('none');
  const cameraProblem = signal<'none' | CaptureProblem>('none');
  const wantsVideo = signal(false);
  let disposed = false;

  async function setMuted(next: boolean): Promise<void> {
    if (!next && audioTrack.value === null && !(await openMicrophone())) return;
    if (audioTrack.value !== null) audioTrack.value.enabled = !next;
    muted.value = next || audioTrack.value === null;
  }

  async function openMicrophone(): Promise<boolean> {
    const captured = await capture.microphone();
    if (disposed || audioTrack.value !== null) {
      if (captured.ok) captured.track.stop();
      return audioTrack.value !== null;
    }
    microphoneProblem.value = captured.ok ? 'none' : captured.problem;
    if (captured.ok) audioTrack.value = captured.track;
    return captured.ok;
  }

  async function setVideo(on: boolean): Promise<void> {
    wantsVideo.value = on;
    if (!on) {
      cameraProblem.value = 'none';
      closeCamera();
      return;
    }
    if (videoTrack.value !== null) return;
    const captured = await capture.camera();
    // Stopped, or started twice, while the device made its camera ready.
    if (disposed || !wantsVideo.value || videoTrack.value !== null) {
      if (captured.ok) captured.track.stop();
      return;
    }
    batch(() => {
      cameraProblem.value = captured.ok ? 'none' : captured.problem;
      if (captured.ok) useCamera(captured.track);
      else wantsVideo.value = false;
    });
  }

  function useCamera(track: MediaStreamTrack): void {
    videoTrack.value = track;
    // The device took the camera away, e.g. for its own recording.
    track.addEventListener('ended', () => {
      if (videoTrack.value !== track) return;
      batch(() => {
        closeCamera();
        wantsVideo.value = false;
        cameraProblem.value = 'busy';
      });
    });
  }

  function closeCamera(): void {
    videoTrack.value?.stop();
    videoTrack.value = null;
  }

  return {
    audioTrack,
    videoTrack,
    muted,
    microphoneProblem,
    cameraProblem,
    startingVideo: computed(() => wantsVideo.value && videoTrack.value === null),
    media: computed(() => ({
      audio: !muted.value,
      video: videoTrack.value === null ? 'off' : 'camera',
      problem: cameraProblem.value,
    })),
    start: async (withVideo) => {
      await Promise.all([setMuted(false), setVideo(withVideo)]);
    },
    setMuted,
    setVideo,
    dispose: () => {
      disposed = true;
      audioTrack.value?.stop();
      audioTrack.value = null;
      closeCamera();
    },
  };
}
