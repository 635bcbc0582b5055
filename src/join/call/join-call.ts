import { signal } from '@preact/signals-core';
import { createCallMedia } from '../../client/call/call-media.ts';
import { followClosedScreen } from '../../client/call/closed-screen.ts';
import { createMesh } from '../../client/call/mesh.ts';
import { createCallLink } from '../../client/media/call-link.ts';
import { decodeJpeg } from '../../client/media/jpeg.ts';
import type { OwnMedia } from '../../client/media/own-media.ts';
import type { Refusal } from '../../domain/call/refusal.ts';
import { createEditingSession } from '../../ui/editing/editing-session.ts';
import type { StageCall, StandIn } from '../../ui/stage/stage-call.ts';
import type { JoinedCall } from '../visit.ts';
import { createStills } from './stills.ts';

/** Nobody who came by a link is offered snapshots here. */
const NO_STAND_IN = { state: signal<StandIn>({ mode: 'off' }) } as const;

export interface JoinCallListeners {
  onRefused(refusal: Refusal): void;
  /** Somebody does not look at the shared screen any more; `stopped`: nobody did. */
  onScreenClosed(name: string, stopped: boolean): void;
}

/** The call as this page shows it, for as long as its screen is there. */
export function createJoinCall(joined: JoinedCall, own: OwnMedia, { onRefused, onScreenClosed }: JoinCallListeners) {
  const { client, session, me } = joined;
  const media = createCallMedia({
    session,
    me,
    own,
    openMedia: createMesh((of, peer) => createCallLink({ client, session: of, peer, relayOnly: false })),
    onRefused,
  });
  const editing = createEditingSession({ me, session, newId: () => crypto.randomUUID(), onRefused });
  const stills = createStills({
    session,
    me,
    status: client.status,
    decode: decodeJpeg,
    nowMs: () => performance.now(),
  });
  const { links, others } = media;
  const stopFollowingScreen = followClosedScreen({ session, me, own, onClosed: onScreenClosed });
  const stage: StageCall = { session, me, editing, links, snapshotsOf: () => NO_STAND_IN };
  return {
    ...joined,
    own,
    links,
    others,
    stills,
    stage,
    dispose: () => {
      stopFollowingScreen();
      stills.dispose();
      editing.dispose();
      media.dispose();
    },
  };
}

export type JoinCall = ReturnType<typeof createJoinCall>;
