import { signal } from '@preact/signals-core';
import type { PersonKey } from '../../domain/call/state.ts';
import { decodeFrameTag, type FrameTag } from '../../domain/registration/frame-tag.ts';
import type { SignalPayload } from '../../protocol/types.ts';
import type { LinkQuality, LinkState, PeerLink, PoseTransport } from '../types.ts';
import { createIceServerSource } from './ice-servers.ts';
import { createLinkHealthMonitor, type LinkRemedy } from './link-health.ts';
import { createNegotiation, type Negotiation } from './negotiation.ts';
import { watchNetworkChanges } from './network-changes.ts';
import { createPeerSetup, type TrackKind } from './peer-setup.ts';
import type { PoseFeed } from './pose-feed.ts';
import { createPoseCourier, detectPoseTransport } from './pose-transport.ts';
import type { TagMessage } from './pose-worker-messages.ts';
import { UNKNOWN_QUALITY } from './quality.ts';
import { createQualityWatch } from './quality-watch.ts';
import { createSideLink } from './side-link.ts';
import { createTagRing } from './tag-ring.ts';
import { DEFAULT_VIDEO_SETTINGS, type VideoSettings } from './video-settings.ts';

export interface MediaLinkOptions {
  readonly peer: PersonKey;
  /** Exactly one side of a link is polite: `isPolite(self, peer)`. */
  readonly polite: boolean;
  /** The way of negotiation through the hub: may lose, repeat and reorder. */
  readonly signal: {
    send(payload: SignalPayload): void;
    subscribe(listener: (payload: SignalPayload) => void): () => void;
  };
  /** May reject or hang while the hub is away. */
  iceServers(): Promise<RTCIceServer[]>;
  readonly iceTransportPolicy?: RTCIceTransportPolicy;
  /** The headset's poses: every video frame sent gets the one of its capture. */
  readonly poseFeed?: PoseFeed;
  /** Told of every frame that leaves with a tag, in order; the way to remember which frame was seen from where. */
  onFrameTagged?(tag: FrameTag): void;
  /** Whether tags of received frames are of interest; default: on every page that has no `poseFeed`. */
  readonly readsTags?: boolean;
  readonly video?: Partial<VideoSettings>;
  /** Keeps every received frame back for so long: a slow network for tests and demonstrations. Needs a transform. */
  readonly receiverHoldMs?: number;
  /** Another way than the best one that the browser has: for tests and diagnostics. */
  readonly poseTransport?: PoseTransport;
}

export interface MediaLinkControl extends PeerLink {
  /**
   * The way to the peer may be open again, e.g. because signalling is: a link that is broken is mended at once.
   * One that works is left alone: media do not depend on the hub.
   */
  restartIce(): void;
}

/** The person with the larger key is polite. */
export function isPolite(self: PersonKey, peer: PersonKey): boolean {
  return self > peer;
}

/** Fine enough for the watchdog's two seconds. */
const TICK_MS = 500;
/** A page that slept so long knows nothing yet of what came meanwhile. */
const SLEPT_MS = 3 * TICK_MS;
const TICKS_PER_STATS = 2;
/** A peer that was heard so recently has not just reloaded its page. */
const ALIVE_MS = 1000;

export function createMediaLink(options: MediaLinkOptions): MediaLinkControl {
  const nowMs = (): number => performance.now();
  const state = signal<LinkState>('connecting');
  const quality = signal<LinkQuality>(UNKNOWN_QUALITY);
  const remote = { audio: signal<MediaStream | null>(null), video: signal<MediaStream | null>(null) };
  const feed = options.poseFeed ?? null;
  const reads = options.readsTags ?? feed === null;
  const transport = options.poseTransport ?? detectPoseTransport({ feed, reads });
  const poseTransport = signal<PoseTransport>(transport);
  const ring = createTagRing();
  const side = createSideLink(nowMs, ring.add);
  const ice = createIceServerSource(options.iceServers);
  const watch = createQualityWatch();
  const health = createLinkHealthMonitor(nowMs());
  const cleanUps: (() => void)[] = [];
  let disposed = false;
  let negotiation: Negotiation<RTCPeerConnection> | null = null;
  let tickedAtMs = nowMs();
  let ticks = 0;

  const courier = createPoseCourier({
    transport,
    feed,
    reads,
    receiverHoldMs: options.receiverHoldMs ?? 0,
    onTag: handleTag,
    onBroken: () => {
      poseTransport.value = 'none';
    },
  });
  const setup = createPeerSetup({
    initiator: !options.polite,
    video: { ...DEFAULT_VIDEO_SETTINGS, ...options.video },
    configuration: () => ({ ...courier.configuration(), ...iceConfiguration() }),
    attachTransforms: courier.attach,
    onRemoteTrack: (kind: TrackKind, stream: MediaStream) => {
      remote[kind].value = stream;
    },
    onChannel: side.use,
  });

  function iceConfiguration(): RTCConfiguration {
    return { iceServers: ice.current(), iceTransportPolicy: options.iceTransportPolicy ?? 'all' };
  }

  function handleTag({ type, rtpTimestamp, tag }: TagMessage): void {
    if (type === 'received') {
      ring.add(rtpTimestamp, tag);
      return;
    }
    if (side.peerWantsTags()) side.send({ type: 'tag', rtpTimestamp, tag });
    const decoded = options.onFrameTagged === undefined ? null : decodeFrameTag(tag);
    if (decoded?.ok === true) options.onFrameTagged?.(decoded.tag);
  }

  function openPeer(): RTCPeerConnection {
    side.reset();
    watch.reset();
    ring.clear();
    return setup.open();
  }

  async function start(): Promise<void> {
    const early: SignalPayload[] = [];
    let receive = (payload: SignalPayload): void => void early.push(payload);
    cleanUps.push(options.signal.subscribe((payload) => receive(payload)));
    await Promise.all([ice.refresh(), courier.settled]);
    if (disposed) return;
    const opened = createNegotiation<RTCPeerConnection>({
      polite: options.polite,
      send: options.signal.send,
      openPeer,
      prepareAnswer: setup.adopt,
      onNegotiated: setup.keepLimit,
      isAlive: () => nowMs() - (side.heardAtMs() ?? Number.NEGATIVE_INFINITY) < ALIVE_MS,
      nowMs,
      newId: () => crypto.randomUUID(),
    });
    negotiation = opened;
    receive = opened.receive;
    for (const payload of early) receive(payload);
    cleanUps.push(watchNetworkChanges(() => mend('restart-ice')));
    const timer = setInterval(tick, TICK_MS);
    cleanUps.push(() => clearInterval(timer));
  }

  function tick(): void {
    const slept = nowMs() - tickedAtMs > SLEPT_MS;
    tickedAtMs = nowMs();
    ticks += 1;
    if (negotiation === null || slept) return;
    negotiation.tick();
    setup.keepLimit();
    side.send({ type: 'alive', sending: watch.ownSending() });
    if (transport === 'rtp-map') side.send({ type: 'wantsTags' });
    if (ticks % TICKS_PER_STATS === 0) void sampleStats(negotiation.peer());
    checkHealth(negotiation);
  }

  async function sampleStats(peer: RTCPeerConnection): Promise<void> {
    const report = await peer.getStats().catch(() => null);
    if (report === null || disposed || negotiation?.peer() !== peer) return;
    const judged = watch.add(report, nowMs(), side.peerSending());
    if (judged.mediaCame) side.heard();
    if (judged.encodeMs !== null) courier.expectEncodeTime(judged.encodeMs);
    quality.value = judged.quality;
  }

  function checkHealth(current: Negotiation<RTCPeerConnection>): void {
    const { connectionState } = current.peer();
    const { state: next, remedy } = health.check({
      nowMs: nowMs(),
      connectionState,
      heardAtMs: side.heardAtMs(),
      negotiatedAtMs: current.negotiatedAtMs(),
    });
    state.value = next;
    if (next !== 'connected') quality.value = UNKNOWN_QUALITY;
    mend(remedy);
  }

  function mend(remedy: LinkRemedy): void {
    if (remedy === 'none') return;
    // Credentials of relays may have ended since the connection was made.
    void ice.refresh().then(() => {
      if (disposed || negotiation === null) return;
      if (remedy === 'start-over') {
        negotiation.startOver();
        return;
      }
      renewServers(negotiation.peer());
      negotiation.restartIce();
    });
  }

  function renewServers(current: RTCPeerConnection): void {
    try {
      current.setConfiguration({ ...current.getConfiguration(), ...iceConfiguration() });
    } catch {
      // A server that the browser does not understand: the restart has to do with those it has.
    }
  }

  void start();

  return {
    peer: options.peer,
    state,
    quality,
    remoteAudio: remote.audio,
    remoteVideo: remote.video,
    poseTransport,
    setLocalAudio: (track) => setup.setTrack('audio', track),
    setLocalVideo(track) {
      if (disposed) return;
      courier.watchCamera(track);
      setup.setTrack('video', track);
    },
    limitVideo: setup.limitVideo,
    tagOfFrame: ({ rtpTimestamp }) => (rtpTimestamp === undefined ? null : ring.find(rtpTimestamp)),
    restartIce() {
      health.hasten();
      if (negotiation !== null) checkHealth(negotiation);
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      for (const cleanUp of cleanUps.splice(0)) cleanUp();
      negotiation?.dispose();
      side.reset();
      courier.dispose();
    },
  };
}
