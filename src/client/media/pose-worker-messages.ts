import type { EncodedVideoFrame } from './encoded-frames.ts';

/** What a transform is for; also the `options` of `RTCRtpScriptTransform`. */
export interface TransformOptions {
  readonly direction: 'send' | 'receive';
}

/** Page to worker. */
export type ToPoseWorker =
  | {
      readonly type: 'start';
      /** `performance.timeOrigin` of the page: its clock is the clock of all times here. */
      readonly pageTimeOriginMs: number;
      readonly firstFrameId: number;
      readonly receiverHoldMs: number;
      /** Brings `PoseSample`s; null on a page that has no poses. */
      readonly posePort: MessagePort | null;
    }
  | {
      readonly type: 'streams';
      readonly options: TransformOptions;
      readonly readable: ReadableStream<EncodedVideoFrame>;
      readonly writable: WritableStream<EncodedVideoFrame>;
    }
  /** A local player showed a frame of the camera that was captured then. */
  | { readonly type: 'localFrame'; readonly captureTimeMs: number }
  /** What the encoder takes for a frame on average. */
  | { readonly type: 'encodeTime'; readonly encodeMs: number };

/** A frame went by. `tag` is an encoded `FrameTag`. */
export interface TagMessage {
  readonly type: 'sent' | 'received';
  readonly rtpTimestamp: number;
  readonly tag: Uint8Array<ArrayBuffer>;
}

/** Worker to page. `ready`: the worker's script runs, so frames get through it. */
export type FromPoseWorker = TagMessage | { readonly type: 'ready' };
