import { appendTrailer, splitTrailer } from './frame-trailer.ts';
import { extractSei, insertSei } from './h264-sei.ts';

/** How a codec's frames carry a payload: H.264 as an SEI message, VP8 as a trailer. */
export type FrameCarrier = 'h264-sei' | 'vp8-trailer';

/**
 * `mimeType` from the frame's metadata. Browsers before Chromium 111 leave it out: a frame that begins with a
 * start code is then H.264, anything else VP8, since nothing else is negotiated. Null: this codec carries none.
 */
export function carrierOf(mimeType: string | undefined, frame: Uint8Array): FrameCarrier | null {
  switch (mimeType?.toLowerCase()) {
    case 'video/h264':
      return 'h264-sei';
    case 'video/vp8':
      return 'vp8-trailer';
    case undefined:
      return beginsWithStartCode(frame) ? 'h264-sei' : 'vp8-trailer';
    default:
      return null;
  }
}

/** The frame with the payload in it; null when it cannot carry one. */
export function embed(carrier: FrameCarrier, frame: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> | null {
  switch (carrier) {
    case 'h264-sei':
      return insertSei(frame, payload);
    case 'vp8-trailer':
      return appendTrailer(frame, payload);
  }
}

export interface Extracted {
  readonly payload: Uint8Array;
  /** What the decoder should get, when that differs from what came. */
  readonly frame: Uint8Array | null;
}

/** The payload of a frame from the network; null when it carries none. Never throws. */
export function extract(carrier: FrameCarrier, frame: Uint8Array): Extracted | null {
  switch (carrier) {
    case 'h264-sei': {
      const payload = extractSei(frame);
      return payload === null ? null : { payload, frame: null };
    }
    case 'vp8-trailer':
      return splitTrailer(frame);
  }
}

function beginsWithStartCode(frame: Uint8Array): boolean {
  if (frame[0] !== 0 || frame[1] !== 0) return false;
  return frame[2] === 1 || (frame[2] === 0 && frame[3] === 1);
}
