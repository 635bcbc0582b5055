import { effect, type ReadonlySignal } from '@preact/signals-core';
import { createRemoteSound, type RemoteSound } from '../../client/media/remote-sound.ts';
import type { HeadsetCall } from './headset-call.ts';

/** What the wearer hears of the call they are in. */
export interface CallSound {
  /** Plays what the browser refused until now; to be called in the handler of a gesture that the page does not see. */
  retry(): void;
  dispose(): void;
}

/** What lets a page make sound: a touch counts when it ends, a mouse when its button goes down. */
const GESTURES = ['pointerdown', 'pointerup', 'keydown'] as const;

export interface CallSoundOptions {
  readonly makeAudio?: () => HTMLAudioElement;
  readonly page?: EventTarget;
}

export function createCallSound(
  call: ReadonlySignal<Pick<HeadsetCall, 'links'> | null>,
  { makeAudio, page = window }: CallSoundOptions = {},
): CallSound {
  let heard: RemoteSound | null = null;
  const stop = effect(() => {
    if (call.value === null) return;
    const sound = createRemoteSound(call.value.links, makeAudio);
    const stopRetrying = retryOnGesture(sound, page);
    heard = sound;
    return () => {
      heard = null;
      stopRetrying();
      sound.dispose();
    };
  });
  return { retry: () => heard?.retry(), dispose: stop };
}

/** Listens only while something is refused. */
function retryOnGesture({ blocked, retry }: RemoteSound, page: EventTarget): () => void {
  return effect(() => {
    if (!blocked.value) return;
    // Before anybody else can keep the event from going on.
    for (const type of GESTURES) page.addEventListener(type, retry, { capture: true });
    return () => {
      for (const type of GESTURES) page.removeEventListener(type, retry, { capture: true });
    };
  });
}
