import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { OwnMedia } from '../client/media/own-media.ts';
import type { MediaState } from '../domain/call/state.ts';

export type WantedMedia = Pick<MediaState, 'audio' | 'video'>;

/** Camera and microphone for as long as `used` says; null else, with every device let go. */
export function createOwnWhile(used: ReadonlySignal<boolean>, create: () => OwnMedia, wanted: () => WantedMedia) {
  const own = signal<OwnMedia | null>(null);
  const letGo = (): void => {
    own.peek()?.dispose();
    own.value = null;
  };
  const stop = effect(() => {
    const isUsed = used.value;
    untracked(() => {
      if (!isUsed) return letGo();
      if (own.value !== null) return;
      own.value = create();
      void own.value.start(wanted());
    });
  });
  return {
    own: own as ReadonlySignal<OwnMedia | null>,
    dispose: () => {
      stop();
      letGo();
    },
  };
}
