import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { MediaState, VideoSource } from '../../domain/call/state.ts';
import type { LocalDevices, LocalMediaProblem } from './local-media.ts';
import { createOwnPicture } from './own-picture.ts';
import { createOwnSound } from './own-sound.ts';

/** Something of one's own that the browser did not give, or took away. */
export interface OwnMediaProblem {
  readonly device: 'microphone' | 'camera' | 'screen';
  readonly problem: LocalMediaProblem;
}

/** What this page sends in a call: its microphone, and one picture, either camera or screen. */
export interface OwnMedia {
  readonly audioTrack: ReadonlySignal<MediaStreamTrack | null>;
  readonly videoTrack: ReadonlySignal<MediaStreamTrack | null>;
  readonly muted: ReadonlySignal<boolean>;
  readonly microphoneProblem: ReadonlySignal<'none' | LocalMediaProblem>;
  readonly cameraProblem: ReadonlySignal<'none' | LocalMediaProblem>;
  /** A picture was asked for, and there is none yet. */
  readonly startingVideo: ReadonlySignal<boolean>;
  /** What the others are told. */
  readonly media: ReadonlySignal<MediaState>;
  start(wanted: Pick<MediaState, 'audio' | 'video'>): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  /** A screen has to be asked for in a click's handler. */
  setVideo(video: VideoSource): Promise<void>;
  /** Asks anew for a device that is on, because another one was chosen. */
  renewCamera(): Promise<void>;
  renewMicrophone(): Promise<void>;
  /** Lets every device go, also those that the browser gives later. */
  dispose(): void;
}

export interface OwnMediaOptions {
  readonly devices: LocalDevices;
  /** What has most likely become of a camera that ends by itself: `busy` where it is built in, else `missing`. */
  readonly cameraEnded: LocalMediaProblem;
  /** For pages that say it at once, and not as long as it lasts. */
  readonly onProblem?: (problem: OwnMediaProblem) => void;
}

/** Asks for what is wanted; a call goes on without what there is not. */
export function createOwnMedia({ devices, cameraEnded, onProblem }: OwnMediaOptions): OwnMedia {
  const sound = createOwnSound(devices, (problem) => onProblem?.({ device: 'microphone', problem }));
  const picture = createOwnPicture({
    devices,
    cameraEnded,
    onProblem: (device, problem) => onProblem?.({ device, problem }),
  });
  return {
    audioTrack: sound.track,
    videoTrack: picture.track,
    muted: sound.muted,
    microphoneProblem: sound.problem,
    cameraProblem: picture.problem,
    startingVideo: picture.starting,
    media: computed(() => ({
      audio: !sound.muted.value,
      video: picture.video.value,
      problem: picture.problem.value,
    })),
    start: async ({ audio, video }) => {
      await Promise.all([sound.setMuted(!audio), picture.setVideo(video)]);
    },
    setMuted: sound.setMuted,
    setVideo: picture.setVideo,
    renewCamera: picture.renewCamera,
    renewMicrophone: sound.renew,
    dispose: () => {
      sound.dispose();
      picture.dispose();
    },
  };
}
