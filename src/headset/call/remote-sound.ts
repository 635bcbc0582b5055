import { effect, type ReadonlySignal } from '@preact/signals-core';
import type { MediaLink } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';

type MakeAudio = () => HTMLAudioElement;

/**
 * Lets the wearer hear everybody. Elements of our own rather than the page's: in mixed reality the browser need not
 * draw the page at all. Returns the end of it.
 */
export function playRemoteSound(
  links: ReadonlySignal<ReadonlyMap<PersonKey, MediaLink>>,
  makeAudio: MakeAudio = () => new Audio(),
): () => void {
  const players = new Map<MediaLink, HTMLAudioElement>();
  const stop = effect(() => {
    const wanted = new Set(links.value.values());
    for (const [link, audio] of players) if (!wanted.has(link)) silence(players, link, audio);
    for (const link of wanted) {
      const stream = link.remoteAudio.value;
      const audio = players.get(link) ?? makeAudio();
      players.set(link, audio);
      if (audio.srcObject === stream) continue;
      audio.srcObject = stream;
      // Joining was a gesture, so the browser allows it; a refusal leaves the call silent until the next stream.
      if (stream !== null) void audio.play().catch(() => undefined);
    }
  });
  return () => {
    stop();
    for (const [link, audio] of players) silence(players, link, audio);
  };
}

function silence(players: Map<MediaLink, HTMLAudioElement>, link: MediaLink, audio: HTMLAudioElement): void {
  audio.pause();
  audio.srcObject = null;
  players.delete(link);
}
