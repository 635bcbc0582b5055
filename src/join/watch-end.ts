import { effect, untracked } from '@preact/signals-core';
import type { CallSession, SightlineClient } from '../client/types.ts';
import type { PersonKey } from '../domain/call/state.ts';
import type { OverReason } from './course.ts';

interface Watched {
  readonly client: Pick<SightlineClient, 'current'>;
  readonly session: Pick<CallSession, 'state' | 'onEvent'>;
  readonly me: PersonKey;
}

/**
 * Calls back once: when the call has ended or this person is out of it, with the reason; or `takenOver`, when another page of
 * theirs is in it instead. Returns the clean-up.
 */
export function watchEnd({ client, session, me }: Watched, onEnd: (end: OverReason | 'takenOver') => void): () => void {
  let reason: OverReason = 'ended';
  let told = false;
  const stopListening = session.onEvent(({ event }) => {
    if (event.type === 'left' && event.person === me) reason = outBecause(event.reason);
    if (event.type === 'ended' && event.reason === 'not-allowed') reason = 'not-allowed';
  });
  const stopFollowing = effect(() => {
    const { phase, participants } = session.state.value;
    const isOut = phase === 'ended' || participants[me]?.state === 'left';
    const isElsewhere = !isOut && client.current.value !== session;
    if (told || !(isOut || isElsewhere)) return;
    told = true;
    // After the events of the same message, which carry the reason.
    queueMicrotask(() => untracked(() => onEnd(isOut ? reason : 'takenOver')));
  });
  return () => {
    told = true;
    stopFollowing();
    stopListening();
  };
}

function outBecause(reason: string): OverReason {
  return reason === 'lost' || reason === 'not-allowed' || reason === 'left' ? reason : 'ended';
}
