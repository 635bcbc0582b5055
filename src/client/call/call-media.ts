import { computed, type ReadonlySignal } from '@preact/signals-core';
import { isIn } from '../../domain/call/queries.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import type { Participant, PersonKey } from '../../domain/call/state.ts';
import type { OwnMedia } from '../media/own-media.ts';
import type { CallSession } from '../types.ts';
import type { MediaPaths, OpenMediaPaths } from './media-paths.ts';
import { tellOwnMedia } from './tell-media.ts';

/** Who else is there, and how sound and pictures go between them and this page. */
export interface CallMedia extends MediaPaths {
  /** Everybody but oneself who is in the call or being rung. */
  readonly others: ReadonlySignal<readonly Participant[]>;
}

export interface CallMediaDeps {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly own: OwnMedia;
  readonly openMedia: OpenMediaPaths;
  onRefused(refusal: Refusal): void;
}

/** Paths to everybody who is in the call, for as long as they are; what is one's own is sent, and the call is told what. */
export function createCallMedia({ session, me, own, openMedia, onRefused }: CallMediaDeps): CallMedia {
  const others = computed(() =>
    Object.values(session.state.value.participants).filter((one) => one.person !== me && one.state !== 'left'),
  );
  // Compared as text: paths must not be touched when anything else of the call changes.
  const connected = computed(() =>
    others.value
      .filter(isIn)
      .map((one) => one.person)
      .join(' '),
  );
  const peers = computed(() => connected.value.split(' ').filter((key) => key !== ''));
  const paths = openMedia({ session, peers, own });
  const stopTelling = tellOwnMedia({ session, me, own, onRefused });

  return {
    links: paths.links,
    others,
    dispose: () => {
      stopTelling();
      paths.dispose();
    },
  };
}
