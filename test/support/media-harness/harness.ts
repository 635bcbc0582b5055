import { createMediaLink, type MediaLinkControl } from '../../../src/client/media/media-link.ts';
import { createPoseFeed } from '../../../src/client/media/pose-feed.ts';
import type { PoseTransport } from '../../../src/client/types.ts';
import { angleBetween, fromAxisAngle } from '../../../src/domain/registration/quat.ts';
import type { SignalPayload } from '../../../src/protocol/types.ts';
import { readBarcode } from './barcode.ts';
import { startHead, startNumberedCamera, yawAt } from './camera.ts';

/** Two links in one page, a headset's and a desk's, with a real connection between them. */
export interface HarnessOptions {
  readonly sender?: PoseTransport;
  readonly receiver?: PoseTransport;
  readonly codec?: 'video/H264' | 'video/VP8';
  readonly holdMs?: number;
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly fps?: number;
  /** The headset is the side that waits for the offer. */
  readonly headsetPolite?: boolean;
  readonly iceServers?: RTCIceServer[];
  readonly relayOnly?: boolean;
}

export interface ShownFrame {
  readonly number: number;
  /** Null: the frame came without a tag. */
  readonly yawErrorDeg: number | null;
  readonly captureErrorMs: number | null;
  readonly tracked: boolean;
  readonly frameId: number | null;
  readonly spaceEpoch: number | null;
  /** From capture to the callback of the player. */
  readonly latencyMs: number;
}

export interface Harness {
  readonly headset: MediaLinkControl;
  readonly desk: MediaLinkControl;
  /** The next frames that the desk shows. */
  watch(frames: number): Promise<ShownFrame[]>;
  sentFrameIds(): readonly number[];
  codec(): Promise<string>;
  candidateTypes(): Promise<string[]>;
  sendVideo(on: boolean): void;
  /** Cuts signalling in both directions, or lets it through again. */
  cutSignalling(cut: boolean): void;
  /** The desk's page is gone without a word, as after a crash. */
  closeDesk(): void;
  /** Another page of the same person. */
  openDesk(): void;
  stop(): void;
}

type Listener = (payload: SignalPayload) => void;

/** Peer connections of this page, to look at what they negotiated. */
const connections: RTCPeerConnection[] = [];
const NativeConnection = window.RTCPeerConnection;
window.RTCPeerConnection = class extends NativeConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};

function createSignalling() {
  const listeners: Record<'headset' | 'desk', Set<Listener>> = { headset: new Set(), desk: new Set() };
  let isCut = false;
  const wayOf = (self: 'headset' | 'desk') => ({
    send(payload: SignalPayload): void {
      const copy = structuredClone(payload);
      if (isCut) return;
      queueMicrotask(() => {
        for (const listener of listeners[self === 'headset' ? 'desk' : 'headset']) listener(copy);
      });
    },
    subscribe(listener: Listener): () => void {
      listeners[self].add(listener);
      return () => listeners[self].delete(listener);
    },
  });
  return {
    wayOf,
    cut: (cut: boolean): void => {
      isCut = cut;
    },
  };
}

export function startHarness(options: HarnessOptions = {}): Harness {
  const { widthPx = 640, heightPx = 360, fps = 30, headsetPolite = true } = options;
  const signalling = createSignalling();
  const feed = createPoseFeed();
  const stopHead = startHead(feed);
  const camera = startNumberedCamera(widthPx, heightPx, fps);
  const sent: number[] = [];
  const common = {
    iceServers: () => Promise.resolve(options.iceServers ?? []),
    iceTransportPolicy: options.relayOnly === true ? ('relay' as const) : ('all' as const),
    video: { codec: options.codec ?? 'video/H264' },
  };
  const headset = createMediaLink({
    ...common,
    peer: 'desk',
    polite: headsetPolite,
    signal: signalling.wayOf('headset'),
    poseFeed: feed,
    onFrameTagged: ({ frameId }) => sent.push(frameId),
    ...(options.sender === undefined ? {} : { poseTransport: options.sender }),
  });
  const openDesk = (): MediaLinkControl =>
    createMediaLink({
      ...common,
      peer: 'headset',
      polite: !headsetPolite,
      signal: signalling.wayOf('desk'),
      receiverHoldMs: options.holdMs ?? 0,
      ...(options.receiver === undefined ? {} : { poseTransport: options.receiver }),
    });
  let desk = openDesk();
  headset.setLocalVideo(camera.track);

  const screen = document.createElement('video');
  screen.muted = true;
  document.body.append(screen);

  async function watch(frames: number): Promise<ShownFrame[]> {
    const stream = await nextValue(desk);
    if (screen.srcObject !== stream) screen.srcObject = stream;
    void screen.play();
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    const shown: (() => ShownFrame)[] = [];
    await new Promise<void>((resolve) => {
      const onFrame = (nowMs: number, metadata: VideoFrameCallbackMetadata): void => {
        context.drawImage(screen, 0, 0, widthPx, heightPx);
        const number = readBarcode(context);
        shown.push(() => judge(number, metadata, nowMs));
        if (shown.length >= frames) resolve();
        else screen.requestVideoFrameCallback(onFrame);
      };
      screen.requestVideoFrameCallback(onFrame);
    });
    // On a page this busy a frame can be on screen before the message with its tag has had its turn.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return shown.map((look) => look());
  }

  function judge(number: number, metadata: VideoFrameCallbackMetadata, nowMs: number): ShownFrame {
    const takenAtMs = camera.takenAtMs(number) ?? Number.NaN;
    const tag = desk.tagOfFrame(metadata);
    const truth = fromAxisAngle([0, 1, 0], yawAt(takenAtMs));
    return {
      number,
      yawErrorDeg: tag === null ? null : (angleBetween(tag.pose.orientation, truth) * 180) / Math.PI,
      captureErrorMs: tag === null ? null : tag.captureTimeMs - takenAtMs,
      tracked: tag?.tracked ?? false,
      frameId: tag?.frameId ?? null,
      spaceEpoch: tag?.spaceEpoch ?? null,
      latencyMs: nowMs - takenAtMs,
    };
  }

  return {
    headset,
    get desk() {
      return desk;
    },
    watch,
    sentFrameIds: () => sent,
    codec: async () => codecOf(await statsOfOpen()),
    candidateTypes: async () => candidateTypesOf(await statsOfOpen()),
    sendVideo: (on) => headset.setLocalVideo(on ? camera.track : null),
    cutSignalling: signalling.cut,
    closeDesk: () => desk.dispose(),
    openDesk() {
      desk = openDesk();
    },
    stop() {
      headset.dispose();
      desk.dispose();
      camera.stop();
      stopHead();
      screen.remove();
    },
  };
}

function nextValue(link: MediaLinkControl): Promise<MediaStream> {
  return new Promise((resolve) => {
    const stop = link.remoteVideo.subscribe((stream) => {
      if (stream === null) return;
      resolve(stream);
      queueMicrotask(() => stop());
    });
  });
}

async function statsOfOpen(): Promise<Record<string, unknown>[][]> {
  const open = connections.filter((connection) => connection.connectionState === 'connected');
  const reports = await Promise.all(open.map((connection) => connection.getStats()));
  return reports.map((report) => {
    const entries: Record<string, unknown>[] = [];
    report.forEach((entry) => {
      entries.push(entry);
    });
    return entries;
  });
}

function codecOf(reports: Record<string, unknown>[][]): string {
  for (const entries of reports) {
    const outbound = entries.find(
      (entry) => entry.type === 'outbound-rtp' && entry.kind === 'video' && entry.bytesSent,
    );
    const codec = entries.find((entry) => entry.id === outbound?.codecId);
    if (codec !== undefined) return String(codec.mimeType);
  }
  return 'none';
}

function candidateTypesOf(reports: Record<string, unknown>[][]): string[] {
  return reports.flatMap((entries) => {
    const transport = entries.find((entry) => entry.type === 'transport');
    const pair = entries.find((entry) => entry.id === transport?.selectedCandidatePairId);
    return entries
      .filter((entry) => entry.id === pair?.localCandidateId || entry.id === pair?.remoteCandidateId)
      .map((entry) => `${entry.candidateType} ${entry.protocol}`);
  });
}

declare global {
  interface Window {
    startHarness?: (options?: HarnessOptions) => Harness;
  }
}
window.startHarness = startHarness;
