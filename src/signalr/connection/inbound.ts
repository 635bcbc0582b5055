import type { Framing } from '../wire/framing.ts';

/** Bytes of a stream on their way to whole frames, however the transport has cut them. */
export interface Inbound {
  /**
   * Adds bytes and hands out every frame that is now complete. A payload is valid as long as it is held: its memory is
   * never written again.
   * @throws ProtocolError from the framing, and whatever `onFrame` throws.
   */
  receive(chunk: Buffer): void;
}

export interface InboundOptions {
  /** Asked before every frame, as is the framing: the handshake changes both for what follows it. */
  readonly maxFrameBytes: () => number;
  readonly framing: () => Framing;
  /** Returns false when no more frames are wanted. */
  readonly onFrame: (payload: Buffer) => boolean;
}

export function createInbound({ maxFrameBytes, framing, onFrame }: InboundOptions): Inbound {
  let partial: Buffer | undefined;
  let partialLength = 0;

  /** Doubles as it grows, so that a message that comes byte by byte isn't copied as often as it has bytes. */
  function append(chunk: Buffer): Buffer {
    const length = partialLength + chunk.length;
    if (partial === undefined || partial.length < length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, partialLength * 2));
      partial?.copy(larger, 0, 0, partialLength);
      partial = larger;
    }
    chunk.copy(partial, partialLength);
    partialLength = length;
    return partial.subarray(0, length);
  }

  function keep(rest: Buffer) {
    partial = undefined;
    partialLength = 0;
    if (rest.length > 0) append(rest);
  }

  return {
    receive(chunk) {
      const searchedBytes = partialLength;
      const bytes = partial === undefined ? chunk : append(chunk);
      let offset = 0;
      while (offset < bytes.length) {
        const bounds = framing()(bytes, offset, maxFrameBytes(), Math.max(offset, searchedBytes));
        if (bounds === undefined) break;
        offset = bounds.next;
        if (!onFrame(bytes.subarray(bounds.start, bounds.end))) return;
      }
      if (partial === undefined || offset > 0) keep(bytes.subarray(offset));
    },
  };
}
