import { computed, effect, untracked } from '@preact/signals-core';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { MediaState, PersonKey } from '../../domain/call/state.ts';
import type { OwnMedia } from '../media/own-media.ts';
import type { CallSession } from '../types.ts';

interface TellMediaOptions {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly own: Pick<OwnMedia, 'media'>;
  readonly onRefused: (refusal: Refusal) => void;
}

/**
 * Tells the others what this page sends, whenever it is not what the log says. Only the facts of the log are compared,
 * so a page that was reloaded in a call tells at once that nothing is on. Returns the end of it.
 */
export function tellOwnMedia({ session, me, own, onRefused }: TellMediaOptions): () => void {
  const isJoined = computed(() => session.state.value.participants[me]?.state === 'joined');
  let telling = false;
  let stopped = false;

  async function tell(next: MediaState): Promise<void> {
    telling = true;
    const result = await session.send({ type: 'setMedia', media: next });
    telling = false;
    if (stopped) return;
    if (!result.ok) {
      if (result.refusal.code !== 'call-ended' && result.refusal.code !== 'not-in-call') onRefused(result.refusal);
      return;
    }
    // It may have changed while the hub answered.
    if (!sameMedia(next, own.media.peek())) await tell(own.media.peek());
  }

  const stop = effect(() => {
    const next = own.media.value;
    if (!isJoined.value || telling) return;
    const known = untracked(() => session.state.value.participants[me]?.media);
    if (known !== undefined && !sameMedia(known, next)) void tell(next);
  });
  return () => {
    stopped = true;
    stop();
  };
}

function sameMedia(a: MediaState, b: MediaState): boolean {
  return a.audio === b.audio && a.video === b.video && a.problem === b.problem;
}
