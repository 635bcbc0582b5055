import { effect } from '@preact/signals-core';
import { isIn } from '../../domain/call/queries.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { OwnMedia } from '../media/own-media.ts';
import type { CallSession } from '../types.ts';

export interface ClosedScreenDeps {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly own: Pick<OwnMedia, 'media' | 'setVideo'>;
  /** @param stopped nobody else looked at it, so that it is not shared any more */
  onClosed(name: string, stopped: boolean): void;
}

/** The screen that this page shares ends once everybody else in the call has closed it. Returns the clean-up. */
export function followClosedScreen({ session, me, own, onClosed }: ClosedScreenDeps): () => void {
  const closers = new Set<PersonKey>();
  const stopForgetting = effect(() => {
    if (own.media.value.video !== 'screen') closers.clear();
  });
  const stopHearing = session.onRelay((from, payload) => {
    if (payload.type !== 'closeScreen' || own.media.peek().video !== 'screen') return;
    closers.add(from);
    const { participants } = session.state.peek();
    const stopped = Object.values(participants).every(
      (one) => one.person === me || !isIn(one) || closers.has(one.person),
    );
    const name = participants[from]?.name ?? '';
    if (stopped) void own.setVideo('off');
    onClosed(name, stopped);
  });
  return () => {
    stopHearing();
    stopForgetting();
  };
}
