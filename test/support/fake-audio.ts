import { signal } from '@preact/signals-core';
import type { MediaLink } from '../../src/client/types.ts';

type Player = Pick<HTMLAudioElement, 'srcObject' | 'play' | 'pause'>;

/** A browser that refuses to make a sound until it is `allowed`; `playing` is what one would hear. */
export function createFakeAudio(allowed: boolean) {
  const page = { allowed };
  const made: (Player & { plays: number; playing: unknown })[] = [];
  const make = (): HTMLAudioElement => {
    const audio = {
      srcObject: null as MediaProvider | null,
      plays: 0,
      playing: null as unknown,
      play: async () => {
        audio.plays += 1;
        if (!page.allowed) throw new DOMException('play() needs a gesture', 'NotAllowedError');
        audio.playing = audio.srcObject;
      },
      pause: () => {
        audio.playing = null;
      },
    };
    made.push(audio);
    return audio as unknown as HTMLAudioElement;
  };
  return { page, make, made, heard: () => made.map((one) => one.playing).filter((one) => one !== null) };
}

/** A link of which only the sound is of interest. */
export function linkWithSound(stream: MediaStream | null) {
  const remoteAudio = signal(stream);
  return { link: { remoteAudio } as unknown as MediaLink, remoteAudio };
}

export const fakeStream = (id: string): MediaStream => ({ id }) as unknown as MediaStream;
