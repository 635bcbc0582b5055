import { batch, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { PersonKey } from '../../domain/call/state.ts';
import { onSlate, videoShare } from '../media/video-share.ts';
import type { CallSession, PeerLink } from '../types.ts';
import type { MediaPathsRequest, OpenMediaPaths } from './media-paths.ts';

type Links = ReadonlySignal<ReadonlyMap<PersonKey, PeerLink>>;

/** A connection to everybody, who share what one's picture may cost. */
export function createMesh(createLink: (session: CallSession, peer: PersonKey) => PeerLink): OpenMediaPaths {
  return ({ session, peers, own }) => {
    const links = signal<ReadonlyMap<PersonKey, PeerLink>>(new Map());

    const stopLinking = effect(() => {
      const wanted = peers.value;
      untracked(() => {
        const before = links.value;
        for (const [peer, link] of before) if (!wanted.includes(peer)) link.dispose();
        links.value = new Map(wanted.map((peer) => [peer, before.get(peer) ?? createLink(session, peer)] as const));
      });
    });
    // Before anything is sent: the first packet to somebody new must find everybody's share made smaller.
    const stopSharing = shareAmong({ links, own, session });
    const stopSending = effect(() => {
      for (const link of links.value.values()) {
        link.setLocalAudio(own.audioTrack.value);
        link.setLocalVideo(own.videoTrack.value);
      }
    });

    return {
      links,
      dispose: () => {
        stopSending();
        stopSharing();
        stopLinking();
        batch(() => {
          for (const link of links.value.values()) link.dispose();
          links.value = new Map();
        });
      },
    };
  };
}

/**
 * Whoever cannot be reached gets no picture and needs no share; those who can be have it. Once that path is back it begins
 * with the share that it had among all, so that the sum is over the budget for no longer than it takes to see it.
 */
function shareAmong({
  links,
  own,
  session,
}: Pick<MediaPathsRequest, 'own' | 'session'> & { links: Links }): () => void {
  return effect(() => {
    const { video } = own.media.value;
    const source = video === 'screen' ? 'screen' : 'camera';
    const all = [...links.value.values()];
    const receiving = all.filter((link) => link.state.value !== 'no-path');
    const share = videoShare(receiving.length, source);
    const shareAmongAll = videoShare(all.length, source);
    const { participants } = session.state.value;
    for (const link of all) {
      const limit = receiving.includes(link) ? share : shareAmongAll;
      const wearsHeadset = participants[link.peer]?.device?.kind === 'headset';
      link.limitVideo(wearsHeadset && source === 'camera' ? onSlate(limit) : limit);
    }
  });
}
