import { effect } from '@preact/signals-core';
import { createMediaLink, isPolite } from '../../client/media/media-link.ts';
import type { CallSession, MediaLink, SightlineClient } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { DemoOptions } from '../demo-options.ts';

/** The media between this desk and one other person of a call, negotiated over the hub. */
export function createDeskLink(
  client: SightlineClient,
  options: DemoOptions,
  session: CallSession,
  peer: PersonKey,
): MediaLink {
  const link = createMediaLink({
    peer,
    polite: isPolite(client.me.peek()?.key ?? '', peer),
    signal: {
      send: (payload) => session.sendSignal(peer, payload),
      subscribe: (listener) => session.onSignal((from, payload) => from === peer && listener(payload)),
    },
    iceServers: client.iceServers,
    iceTransportPolicy: options.relayOnly ? 'relay' : 'all',
    readsTags: true,
    receiverHoldMs: options.receiverHoldMs,
  });
  const stopMending = effect(() => {
    if (client.status.value === 'online') link.restartIce();
  });
  return {
    ...link,
    dispose() {
      stopMending();
      link.dispose();
    },
  };
}
