import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { PersonKey } from '../../domain/call/state.ts';
import type { MediaLink } from '../types.ts';

/** What the others say, for as long as there are links to them. */
export interface RemoteSound {
  /** The browser wants a gesture before it makes a sound: somebody is not heard. */
  readonly blocked: ReadonlySignal<boolean>;
  /** Tries again to play what was refused; to be called in a gesture's handler. */
  retry(): void;
  dispose(): void;
}

type MakeAudio = () => HTMLAudioElement;

/** Elements of its own rather than the page's: in mixed reality the browser need not draw the page at all. */
export function createRemoteSound(
  links: ReadonlySignal<ReadonlyMap<PersonKey, MediaLink>>,
  makeAudio: MakeAudio = () => new Audio(),
): RemoteSound {
  const players = new Map<MediaLink, HTMLAudioElement>();
  const refused = signal<ReadonlySet<HTMLAudioElement>>(new Set());

  function setRefused(audio: HTMLAudioElement, isRefused: boolean): void {
    const before = refused.peek();
    if (before.has(audio) === isRefused) return;
    refused.value = new Set([...before].filter((one) => one !== audio).concat(isRefused ? [audio] : []));
  }

  function play(audio: HTMLAudioElement): void {
    const stream = audio.srcObject;
    audio.play().then(
      () => setRefused(audio, false),
      (error: unknown) => {
        // Any other rejection means that something else is to be played by now, or nothing.
        if (isRefusal(error) && audio.srcObject === stream) setRefused(audio, true);
      },
    );
  }

  function listen(audio: HTMLAudioElement, stream: MediaStream | null): void {
    if (audio.srcObject === stream) return;
    audio.srcObject = stream;
    if (stream === null) setRefused(audio, false);
    else play(audio);
  }

  function silence(link: MediaLink, audio: HTMLAudioElement): void {
    players.delete(link);
    audio.pause();
    listen(audio, null);
  }

  const stop = effect(() => {
    const wanted = new Set(links.value.values());
    for (const [link, audio] of players) if (!wanted.has(link)) silence(link, audio);
    for (const link of wanted) {
      const audio = players.get(link) ?? makeAudio();
      players.set(link, audio);
      listen(audio, link.remoteAudio.value);
    }
  });
  return {
    blocked: computed(() => refused.value.size > 0),
    retry: () => {
      for (const audio of refused.peek()) play(audio);
    },
    dispose: () => {
      stop();
      for (const [link, audio] of players) silence(link, audio);
    },
  };
}

/** `play()` of a page that nobody has touched (HTML, media elements, "not allowed to play"). */
function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotAllowedError';
}
