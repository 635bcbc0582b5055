import { encodeFrameTag } from '../../domain/registration/frame-tag.ts';
import { type EncodedVideoFrame, type FrameStreams, pumpFrames } from './encoded-frames.ts';
import { carrierOf, embed, extract } from './frame-carrier.ts';
import { createFrameTagger, type FrameTagger } from './frame-tagger.ts';
import type { PoseSample } from './pose-feed.ts';
import type { FromPoseWorker, ToPoseWorker, TransformOptions } from './pose-worker-messages.ts';
import { createTagTurns, type TagTurns } from './tag-turns.ts';

/**
 * Encoded video frames pass through here, off the page's thread: on their way out each gets the pose of its
 * capture, on their way in the pose is read and told to the page.
 */

interface RtcTransformEvent extends Event {
  readonly transformer: FrameStreams & { readonly options: TransformOptions };
}

/** The worker's global scope; TypeScript's worker and DOM libraries exclude each other. */
interface Scope {
  onmessage: ((event: MessageEvent<ToPoseWorker>) => void) | null;
  onrtctransform: ((event: RtcTransformEvent) => void) | null;
  postMessage(message: FromPoseWorker, transfer?: Transferable[]): void;
}
const scope = self as unknown as Scope;

interface Settings {
  readonly clockShiftMs: number;
  readonly receiverHoldMs: number;
  readonly tagger: FrameTagger;
}
let settings: Settings | null = null;
let newestTurns: TagTurns | null = null;
/** Transforms can be announced before the first message is handled. */
const early: (() => void)[] = [];

scope.onrtctransform = ({ transformer }) => attach(transformer, transformer.options);

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'start':
      start(data);
      break;
    case 'streams':
      attach(data, data.options);
      break;
    case 'localFrame':
      settings?.tagger.sawLocalFrame(data.captureTimeMs);
      break;
    case 'encodeTime':
      settings?.tagger.expectEncodeTime(data.encodeMs);
      break;
  }
};

function start(message: ToPoseWorker & { type: 'start' }): void {
  const tagger = createFrameTagger(message.firstFrameId);
  // Each context counts from its own origin; the difference is constant.
  const clockShiftMs = performance.timeOrigin - message.pageTimeOriginMs;
  settings = { clockShiftMs, receiverHoldMs: message.receiverHoldMs, tagger };
  if (message.posePort !== null) {
    message.posePort.onmessage = ({ data }: MessageEvent<PoseSample>) => tagger.addPose(data);
  }
  for (const begin of early.splice(0)) begin();
  scope.postMessage({ type: 'ready' });
}

function attach(streams: FrameStreams, options: TransformOptions): void {
  if (settings === null) {
    early.push(() => attach(streams, options));
    return;
  }
  const { receiverHoldMs, clockShiftMs, tagger } = settings;
  if (options.direction === 'receive') {
    void pumpFrames(streams, { holdMs: receiverHoldMs, process: readTag });
    return;
  }
  const nowMs = (): number => performance.now() + clockShiftMs;
  // Another sender counts its RTP times from another start.
  tagger.restartClock();
  newestTurns?.retire();
  const turns = createTagTurns(tagger, nowMs);
  newestTurns = turns;
  void pumpFrames(streams, { holdMs: 0, process: (frame) => writeTag(frame, turns) });
}

async function writeTag(frame: EncodedVideoFrame, turns: TagTurns): Promise<void> {
  const { rtpTimestamp, mimeType } = frame.getMetadata();
  if (rtpTimestamp === undefined) return;
  const tag = encodeFrameTag(await turns.tagOf(rtpTimestamp)) as Uint8Array<ArrayBuffer>;
  const bytes = new Uint8Array(frame.data);
  const carrier = carrierOf(mimeType, bytes);
  const tagged = carrier === null ? null : embed(carrier, bytes, tag);
  if (tagged !== null) frame.data = tagged.buffer;
  scope.postMessage({ type: 'sent', rtpTimestamp, tag }, [tag.buffer]);
}

async function readTag(frame: EncodedVideoFrame): Promise<void> {
  const { rtpTimestamp, mimeType } = frame.getMetadata();
  if (rtpTimestamp === undefined) return;
  const bytes = new Uint8Array(frame.data);
  const carrier = carrierOf(mimeType, bytes);
  const extracted = carrier === null ? null : extract(carrier, bytes);
  if (extracted === null) return;
  const tag = extracted.payload.slice() as Uint8Array<ArrayBuffer>;
  if (extracted.frame !== null) frame.data = extracted.frame.slice().buffer as ArrayBuffer;
  scope.postMessage({ type: 'received', rtpTimestamp, tag }, [tag.buffer]);
}
