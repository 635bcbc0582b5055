import { effect } from '@preact/signals-core';
import type { PersonKey } from '../../domain/call/state.ts';
import type { CallSession, PeerLink, SightlineClient } from '../types.ts';
import { createMediaLink, isPolite, type MediaLinkControl, type MediaLinkOptions } from './media-link.ts';

export interface CallLinkOptions extends Pick<MediaLinkOptions, 'poseFeed' | 'onFrameTagged' | 'receiverHoldMs'> {
  readonly client: Pick<SightlineClient, 'me' | 'status' | 'iceServers'>;
  readonly session: Pick<CallSession, 'sendSignal' | 'onSignal'>;
  readonly peer: PersonKey;
  /** Only by way of a relay: for networks that need it, and for showing that it works. */
  readonly relayOnly: boolean;
}

type MakeLink = (options: MediaLinkOptions) => MediaLinkControl;

/** The media between this page and one other person of a call, negotiated over the hub. */
export function createCallLink(options: CallLinkOptions, makeLink: MakeLink = createMediaLink): PeerLink {
  const { client, session, peer, relayOnly, ...rest } = options;
  const link = makeLink({
    ...rest,
    peer,
    polite: isPolite(client.me.peek()?.key ?? '', peer),
    signal: {
      send: (payload) => session.sendSignal(peer, payload),
      subscribe: (listener) => session.onSignal((from, payload) => from === peer && listener(payload)),
    },
    iceServers: client.iceServers,
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
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
