import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { isIn } from '../../domain/call/queries.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { MediaState, Participant, PersonKey } from '../../domain/call/state.ts';
import type { OwnMedia } from '../media/own-media.ts';
import type { CallSession, MediaLink } from '../types.ts';

/** Who else is there, and how sound and pictures go between them and this page. */
export interface CallMedia {
  readonly links: ReadonlySignal<ReadonlyMap<PersonKey, MediaLink>>;
  /** Everybody but oneself who is in the call or being rung. */
  readonly others: ReadonlySignal<readonly Participant[]>;
  dispose(): void;
}

export interface CallMediaDeps {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly own: OwnMedia;
  createLink(session: CallSession, peer: PersonKey): MediaLink;
  onRefused(refusal: Refusal): void;
}

/** A link to everybody who is in the call, for as long as they are; each sends what is one's own. */
export function createCallMedia(deps: CallMediaDeps): CallMedia {
  const { session, me, own } = deps;
  const links = signal<ReadonlyMap<PersonKey, MediaLink>>(new Map());
  const others = computed(() =>
    Object.values(session.state.value.participants).filter((one) => one.person !== me && one.state !== 'left'),
  );
  const connected = computed(() =>
    others.value
      .filter(isIn)
      .map((one) => one.person)
      .join(' '),
  );

  const stopLinking = effect(() => {
    const wanted = new Set(connected.value.split(' ').filter((key) => key !== ''));
    const next = new Map<PersonKey, MediaLink>();
    for (const [peer, link] of links.peek()) {
      if (wanted.has(peer)) next.set(peer, link);
      else link.dispose();
    }
    for (const peer of wanted) if (!next.has(peer)) next.set(peer, deps.createLink(session, peer));
    links.value = next;
  });

  const stopSending = effect(() => {
    for (const link of links.value.values()) {
      link.setLocalAudio(own.audioTrack.value);
      link.setLocalVideo(own.videoTrack.value);
    }
  });

  const stopTelling = tellOwnMedia(deps);

  return {
    links,
    others,
    dispose: () => {
      stopTelling();
      stopSending();
      stopLinking();
      batch(() => {
        for (const link of links.value.values()) link.dispose();
        links.value = new Map();
      });
    },
  };
}

/**
 * Tells the others what this page sends, whenever it is not what the log says. Only the facts of the log are compared,
 * so a page that was reloaded in a call tells at once that nothing is on.
 */
function tellOwnMedia({ session, me, own, onRefused }: CallMediaDeps): () => void {
  let telling = false;
  const isJoined = computed(() => session.state.value.participants[me]?.state === 'joined');
  const tell = async (media: MediaState): Promise<void> => {
    telling = true;
    const result = await session.send({ type: 'setMedia', media });
    telling = false;
    if (!result.ok && result.refusal.code !== 'call-ended') onRefused(result.refusal);
    else if (!sameMedia(media, own.media.peek())) await tell(own.media.peek());
  };
  return effect(() => {
    const media = own.media.value;
    if (isJoined.value && !telling && !sameMedia(session.state.peek().participants[me]?.media, media)) void tell(media);
  });
}

function sameMedia(a: MediaState | undefined, b: MediaState): boolean {
  return a?.audio === b.audio && a.video === b.video && a.problem === b.problem;
}
