import { createVideoCap } from './video-cap.ts';
import { preferCodec, type VideoSettings } from './video-settings.ts';
import { type VideoLimit, videoShare } from './video-share.ts';

export type TrackKind = 'audio' | 'video';

export interface PeerSetupOptions {
  /** This side makes the first offer, so the transceivers are its own; the other side takes what the offer brings. */
  readonly initiator: boolean;
  readonly video: VideoSettings;
  configuration(): RTCConfiguration;
  /** Called in the task in which a transceiver comes to be. */
  attachTransforms(transceiver: RTCRtpTransceiver): void;
  onRemoteTrack(kind: TrackKind, stream: MediaStream): void;
  onChannel(channel: RTCDataChannel): void;
}

/**
 * Makes connections with one audio and one video transceiver, both ways from the start: tracks come and go by
 * `replaceTrack`, without negotiation. Audio and video are in separate streams: in one, the player would hold the
 * picture back to the sound after every throttle (0.5 s instead of 0.28 s).
 */
export interface PeerSetup {
  open(): RTCPeerConnection;
  /** The transceivers that an offer has brought become ours. Synchronous. */
  adopt(peer: RTCPeerConnection): void;
  /** Sent on this and every later connection; null sends nothing. */
  setTrack(kind: TrackKind, track: MediaStreamTrack | null): void;
  /** What of the picture goes to this peer, on this and every later connection. */
  limitVideo(limit: VideoLimit): void;
  /** To be called when a negotiation is complete, and now and then: what could not be limited so far may be now. */
  keepLimit(): void;
}

/** Agreed by both sides, so that the channel needs no negotiation of its own. */
const CHANNEL: RTCDataChannelInit = { negotiated: true, id: 0, ordered: false, maxRetransmits: 1 };

export function createPeerSetup(options: PeerSetupOptions): PeerSetup {
  const tracks: Record<TrackKind, MediaStreamTrack | null> = { audio: null, video: null };
  const cap = createVideoCap(videoShare(1, 'camera'));
  let senders: Partial<Record<TrackKind, RTCRtpSender>> = {};

  function open(): RTCPeerConnection {
    const peer = new RTCPeerConnection(options.configuration());
    senders = {};
    peer.ontrack = ({ transceiver }) => {
      const kind = transceiver.receiver.track.kind as TrackKind;
      // The other side's transceivers come to be here, and only here can transforms be attached to them.
      if (!options.initiator && senders[kind] === undefined) take(kind, transceiver);
      options.onRemoteTrack(kind, new MediaStream([transceiver.receiver.track]));
    };
    if (options.initiator) {
      for (const kind of ['audio', 'video'] as const) {
        take(kind, peer.addTransceiver(kind, { direction: 'sendrecv', streams: [new MediaStream()] }));
      }
      options.onChannel(peer.createDataChannel('side', CHANNEL));
    }
    return peer;
  }

  function take(kind: TrackKind, transceiver: RTCRtpTransceiver): void {
    const { sender } = transceiver;
    senders[kind] = sender;
    options.attachTransforms(transceiver);
    if (kind === 'video') {
      preferCodec(transceiver, options.video.codec);
      cap.use(sender);
    }
    if (!options.initiator) {
      transceiver.direction = 'sendrecv';
      sender.setStreams?.(new MediaStream());
    }
    replace(sender, tracks[kind]);
  }

  function replace(sender: RTCRtpSender, track: MediaStreamTrack | null): void {
    // Refused only when the connection is closed or the track is of the wrong kind; neither can be helped here.
    sender.replaceTrack(track).catch(() => undefined);
  }

  return {
    open,
    adopt(peer) {
      // Only with the first offer: a second channel of the same id would be refused.
      if (!options.initiator && peer.localDescription === null) {
        options.onChannel(peer.createDataChannel('side', CHANNEL));
      }
    },
    setTrack(kind, track) {
      tracks[kind] = track;
      const sender = senders[kind];
      if (sender !== undefined) replace(sender, track);
    },
    limitVideo: cap.limit,
    keepLimit: cap.keep,
  };
}
