import { FRAME_TAG_BYTES } from '../../domain/registration/frame-tag.ts';
import type { QualityLevel } from './quality.ts';

/**
 * Small messages between the two pages on a data channel beside the media. First byte = kind:
 * 1 alive, then the level of what the sender can send (0 unknown, 1 good, 2 fair, 3 poor);
 * 2 wants tags: this page can't read them from the frames;
 * 3 tag: RTP time u32 (big-endian), encoded `FrameTag`.
 */
export type SideMessage =
  | { readonly type: 'alive'; readonly sending: QualityLevel }
  | { readonly type: 'wantsTags' }
  | { readonly type: 'tag'; readonly rtpTimestamp: number; readonly tag: Uint8Array };

const ALIVE = 1;
const WANTS_TAGS = 2;
const TAG = 3;
const LEVELS = ['unknown', 'good', 'fair', 'poor'] as const;
const TAG_MESSAGE_BYTES = 5 + FRAME_TAG_BYTES;

export function encodeSideMessage(message: SideMessage): Uint8Array<ArrayBuffer> {
  switch (message.type) {
    case 'alive':
      return Uint8Array.of(ALIVE, LEVELS.indexOf(message.sending));
    case 'wantsTags':
      return Uint8Array.of(WANTS_TAGS);
    case 'tag': {
      const bytes = new Uint8Array(5 + message.tag.byteLength);
      bytes[0] = TAG;
      new DataView(bytes.buffer).setUint32(1, message.rtpTimestamp);
      bytes.set(message.tag, 5);
      return bytes;
    }
  }
}

/** Null for anything that is not one of the messages. Never throws. */
export function decodeSideMessage(data: unknown): SideMessage | null {
  if (!(data instanceof ArrayBuffer)) return null;
  const bytes = new Uint8Array(data);
  switch (bytes[0]) {
    case ALIVE:
      return { type: 'alive', sending: LEVELS[bytes[1] ?? 0] ?? 'unknown' };
    case WANTS_TAGS:
      return { type: 'wantsTags' };
    case TAG:
      if (bytes.byteLength !== TAG_MESSAGE_BYTES) return null;
      return { type: 'tag', rtpTimestamp: new DataView(data).getUint32(1), tag: bytes.subarray(5) };
    default:
      return null;
  }
}
