import type { QualityLevel } from './quality.ts';
import { decodeSideMessage, encodeSideMessage, type SideMessage } from './side-channel.ts';

/** The data channel of the present connection: keep-alives both ways, and tags where frames can't carry them. */
export interface SideLink {
  use(channel: RTCDataChannel): void;
  /** Lost when the channel is not open or full: everything here is repeated or out of date a moment later. */
  send(message: SideMessage): void;
  /** Media came, which is as good as a message. */
  heard(): void;
  /** When anything last came on this connection; null before the first. */
  heardAtMs(): number | null;
  /** What the peer says of its own sending. */
  peerSending(): QualityLevel;
  peerWantsTags(): boolean;
  /** Another connection takes the place of this one. */
  reset(): void;
}

/** A second of tags is 1.5 KB: more than this is a link that is down. */
const MAX_BUFFERED_BYTES = 16 * 1024;

export function createSideLink(nowMs: () => number, onTag: (rtpTimestamp: number, tag: Uint8Array) => void): SideLink {
  let channel: RTCDataChannel | null = null;
  let heardAtMs: number | null = null;
  let peerSending: QualityLevel = 'unknown';
  let peerWantsTags = false;

  function receive(message: SideMessage): void {
    switch (message.type) {
      case 'alive':
        peerSending = message.sending;
        break;
      case 'wantsTags':
        peerWantsTags = true;
        break;
      case 'tag':
        onTag(message.rtpTimestamp, message.tag);
        break;
    }
  }

  function reset(): void {
    if (channel !== null) channel.onmessage = null;
    channel = null;
    heardAtMs = null;
    peerSending = 'unknown';
    peerWantsTags = false;
  }

  return {
    use(next) {
      if (channel !== null) channel.onmessage = null;
      channel = next;
      next.binaryType = 'arraybuffer';
      next.onmessage = ({ data }: MessageEvent<unknown>) => {
        heardAtMs = nowMs();
        const message = decodeSideMessage(data);
        if (message !== null) receive(message);
      };
    },
    send(message) {
      if (channel?.readyState !== 'open' || channel.bufferedAmount > MAX_BUFFERED_BYTES) return;
      channel.send(encodeSideMessage(message));
    },
    heard() {
      heardAtMs = nowMs();
    },
    heardAtMs: () => heardAtMs,
    peerSending: () => peerSending,
    peerWantsTags: () => peerWantsTags,
    reset,
  };
}
