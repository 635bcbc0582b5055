import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { MediaState, VideoSource } from '../../domain/call/state.ts';
import type { Capture, CaptureProblem } from './capture.ts';

/** Something of one's own that the browser did not give. */
export interface OwnMediaProblem {
  readonly device: 'microphone' | 'camera' | 'screen';
  readonly problem: CaptureProblem;
}

/** What this desk sends: microphone, and one picture, either camera or screen. */
export interface OwnMedia {
  readonly audioTrack: ReadonlySignal<MediaStreamTrack | null>;
  readonly videoTrack: ReadonlySignal<MediaStreamTrack | null>;
  /** What the others are told. */
  readonly media: ReadonlySignal<MediaState>;
  start(wanted: MediaState): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  setVideo(source: VideoSource): Promise<void>;
  dispose(): void;
}

export function createOwnMedia(capture: Capture, onProblem: (problem: OwnMediaProblem) => void): OwnMedia {
  const audioTrack = signal<MediaStreamTrack | null>(null);
  const videoTrack = signal<MediaStreamTrack | null>(null);
  const audio = signal(false);
  const video = signal<VideoSource>('off');
  const problem = signal<MediaState['problem']>('none');
  let disposed = false;
  /** The newest wish for a picture wins, however long the browser asks its person about an older one. */
  let wish = 0;

  async function setMuted(muted: boolean): Promise<void> {
    if (audioTrack.value === null && !muted) {
      const captured = await capture.microphone();
      if (!captured.ok) return onProblem({ device: 'microphone', problem: captured.problem });
      if (disposed || audioTrack.value !== null) return captured.track.stop();
      audioTrack.value = captured.track;
    }
    if (audioTrack.value !== null) audioTrack.value.enabled = !muted;
    audio.value = !muted && audioTrack.value !== null;
  }

  function dropVideo(): void {
    videoTrack.value?.stop();
    videoTrack.value = null;
    video.value = 'off';
  }

  async function setVideo(source: VideoSource): Promise<void> {
    wish += 1;
    const mine = wish;
    if (source === 'off') {
      problem.value = 'none';
      return dropVideo();
    }
    const captured = await (source === 'camera' ? capture.camera() : capture.screen());
    if (disposed || mine !== wish) {
      if (captured.ok) captured.track.stop();
      return;
    }
    if (!captured.ok) return refused(source, captured.problem);
    dropVideo();
    // The browser's own "Stop sharing", or a camera that was pulled out.
    captured.track.addEventListener('ended', () => {
      if (videoTrack.value === captured.track) dropVideo();
    });
    problem.value = 'none';
    videoTrack.value = captured.track;
    video.value = source;
  }

  function refused(source: 'camera' | 'screen', why: CaptureProblem): void {
    // Changing one's mind about sharing a screen is nobody's problem, and leaves the picture as it was.
    if (source === 'camera') problem.value = why;
    onProblem({ device: source, problem: why });
  }

  return {
    audioTrack,
    videoTrack,
    media: computed(() => ({ audio: audio.value, video: video.value, problem: problem.value })),
    start: async (wanted) => {
      await Promise.all([setMuted(!wanted.audio), setVideo(wanted.video)]);
    },
    setMuted,
    setVideo,
    dispose: () => {
      disposed = true;
      audioTrack.value?.stop();
      audioTrack.value = null;
      dropVideo();
    },
  };
}
