import { effect } from '@preact/signals-core';
import { createMediaLink, isPolite } from '../../client/media/media-link.ts';
import type { PoseFeed } from '../../client/media/pose-feed.ts';
import type { CallSession, MediaLink, SightlineClient } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { FrameTag } from '../../domain/registration/frame-tag.ts';

export interface HeadsetLinkOptions {
  readonly client: SightlineClient;
  readonly session: CallSession;
  readonly peer: PersonKey;
  readonly poseFeed: PoseFeed;
  readonly onFrameTagged: (tag: FrameTag) => void;
  /** Only by way of a relay: for networks that need it, and for showing that it works. */
  readonly relayOnly: boolean;
}

/** Media between this headset and one other person: every frame that leaves carries the pose it was seen from. */
export function createHeadsetLink(options: HeadsetLinkOptions): MediaLink {
  const { client, session, peer } = options;
  const link = createMediaLink({
    peer,
    polite: isPolite(client.me.peek()?.key ?? '', peer),
    signal: {
      send: (payload) => session.sendSignal(peer, payload),
      subscribe: (listener) => session.onSignal((from, payload) => from === peer && listener(payload)),
    },
    iceServers: client.iceServers,
    iceTransportPolicy: options.relayOnly ? 'relay' : 'all',
    poseFeed: options.poseFeed,
    onFrameTagged: options.onFrameTagged,
  });
  // The hub is back: so may be the way to the other person.
  const stopMending = effect(() => {
    if (client.status.value === 'online') link.restartIce();
  });
  return {
    ...link,
    dispose: () => {
      stopMending();
      link.dispose();
    },
  };
}
