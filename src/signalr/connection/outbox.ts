import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import type { SignalRSocket, TransferFormat } from '../socket.ts';

/** The way out of a connection: everything in order, but for messages of which only the newest counts. */
export interface Outbox {
  /** When something was last sent, on the monotonic clock. */
  readonly lastSentAtMs: number;
  send(data: Uint8Array, format: TransferFormat): void;
  /** Sends at once on a clear socket; otherwise once it is clear again, unless something newer came for the key. */
  sendLatest(key: string, data: Uint8Array, format: TransferFormat): void;
  /** Forgets what is held back. */
  clear(): void;
}

export interface OutboxOptions {
  readonly socket: SignalRSocket;
  readonly limits: Limits;
  readonly clock: Clock;
  /** More than `maxBufferedBytes` are waiting for a peer that doesn't take them. */
  readonly onOverflow: () => void;
}

interface HeldBack {
  readonly data: Uint8Array;
  readonly format: TransferFormat;
}

export function createOutbox({ socket, limits, clock, onOverflow }: OutboxOptions): Outbox {
  let lastSentAtMs = clock.monotonicMs();
  let heldBack: Map<string, HeldBack> | undefined;

  function write(data: Uint8Array, format: TransferFormat) {
    lastSentAtMs = clock.monotonicMs();
    socket.send(data, format, flush);
    // The message just written doesn't count: one large message on a clear socket is no sign of a slow peer.
    if (socket.bufferedAmount - data.length > limits.maxBufferedBytes) onOverflow();
  }

  function isClear(): boolean {
    return socket.bufferedAmount <= limits.maxLatestBufferedBytes;
  }

  function flush() {
    if (heldBack === undefined) return;
    for (const [key, { data, format }] of heldBack) {
      if (!isClear()) return;
      heldBack.delete(key);
      write(data, format);
    }
  }

  return {
    get lastSentAtMs() {
      return lastSentAtMs;
    },
    send: write,
    sendLatest(key, data, format) {
      if (isClear()) {
        heldBack?.delete(key);
        write(data, format);
        return;
      }
      heldBack ??= new Map();
      heldBack.set(key, { data, format });
      if (heldBack.size > limits.maxLatestKeys) dropOldest(heldBack);
    },
    clear() {
      heldBack?.clear();
    },
  };
}

function dropOldest(heldBack: Map<string, HeldBack>): void {
  for (const key of heldBack.keys()) {
    heldBack.delete(key);
    return;
  }
}
