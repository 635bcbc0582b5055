export type TransferFormat = 'Text' | 'Binary';

/** The most that a connection asks of its transport: a WebSocket here, something held in memory in tests. */
export interface SignalRSocket {
  /** Bytes accepted by `send` that the network hasn't taken yet. */
  readonly bufferedAmount: number;
  /** Sends in order and never throws; `onWritten` is called when the bytes have left (or cannot leave any more). */
  send(data: Uint8Array, format: TransferFormat, onWritten: () => void): void;
  /** Closes once everything sent so far has left. */
  close(): void;
  /** Ends the socket at once, whatever is unsent. */
  terminate(): void;
  /** Stops reading, which in time stops the peer from sending. */
  pause(): void;
  resume(): void;
}
