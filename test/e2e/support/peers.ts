import type { Page } from '@playwright/test';

/** The connection of a page to one other, as its browser tells of it. */
export interface PeerReport {
  /** Kinds of the two candidates that carry it, `local remote`; null before any do. */
  readonly carriedBy: string | null;
  /** Kinds of all candidates that this side offered. */
  readonly offered: readonly string[];
  readonly iceServers: readonly RTCIceServer[];
}

declare global {
  interface Window {
    testPeers?: RTCPeerConnection[];
  }
}

/** Keeps the page's peer connections in reach. Before the page loads. */
export async function keepPeers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const peers: RTCPeerConnection[] = [];
    window.testPeers = peers;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
  });
}

/** What goes to one other page, and what comes from it. */
export interface MediaReport {
  /** bit/s that the picture may take. */
  readonly maxBitrateBps: number;
  readonly maxFramesPerSecond: number;
  readonly scaleResolutionDownBy: number;
  readonly sendsVideo: boolean;
  readonly framesSent: number;
  readonly framesReceived: number;
  readonly soundReceived: number;
}

/** Of each peer connection that is not closed. */
export const mediaReports = (page: Page): Promise<MediaReport[]> =>
  page.evaluate(() => {
    const reportOf = async (peer: RTCPeerConnection): Promise<MediaReport> => {
      const entries = [...(await peer.getStats()).values()] as Record<string, unknown>[];
      const count = (type: string, kind: string, figure: string): number =>
        entries
          .filter((entry) => entry.type === type && entry.kind === kind)
          .reduce((sum, entry) => sum + Number(entry[figure] ?? 0), 0);
      const video = peer.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video')?.sender;
      const [encoding] = video?.getParameters().encodings ?? [];
      return {
        maxBitrateBps: encoding?.maxBitrate ?? Number.POSITIVE_INFINITY,
        maxFramesPerSecond: encoding?.maxFramerate ?? Number.POSITIVE_INFINITY,
        scaleResolutionDownBy: encoding?.scaleResolutionDownBy ?? 1,
        sendsVideo: (video?.track ?? null) !== null,
        framesSent: count('outbound-rtp', 'video', 'framesSent'),
        framesReceived: count('inbound-rtp', 'video', 'framesDecoded'),
        soundReceived: count('inbound-rtp', 'audio', 'packetsReceived'),
      };
    };
    const open = (window.testPeers ?? []).filter((peer) => peer.connectionState !== 'closed');
    return Promise.all(open.map(reportOf));
  });

/** Of each peer connection that is not closed. */
export const peerReports = (page: Page): Promise<PeerReport[]> =>
  page.evaluate(() => {
    const reportOf = async (peer: RTCPeerConnection): Promise<PeerReport> => {
      const entries = [...(await peer.getStats()).values()] as Record<string, unknown>[];
      const byId = (id: unknown) => entries.find((entry) => entry.id === id);
      const transport = entries.find((entry) => entry.type === 'transport');
      const pair = byId(transport?.selectedCandidatePairId);
      const kindOf = (id: unknown) => String(byId(id)?.candidateType);
      return {
        carriedBy: pair === undefined ? null : `${kindOf(pair.localCandidateId)} ${kindOf(pair.remoteCandidateId)}`,
        offered: entries
          .filter((entry) => entry.type === 'local-candidate')
          .map((entry) => String(entry.candidateType)),
        iceServers: peer.getConfiguration().iceServers ?? [],
      };
    };
    const open = (window.testPeers ?? []).filter((peer) => peer.connectionState !== 'closed');
    return Promise.all(open.map(reportOf));
  });
