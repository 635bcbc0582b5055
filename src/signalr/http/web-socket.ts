import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { TOO_LARGE_FACTOR } from '../limits.ts';
import type { Logger } from '../logger.ts';
import type { SignalRSocket } from '../socket.ts';

/** RFC 6455: nothing went wrong. */
const NORMAL_CLOSURE = 1000;
/** RFC 6455, never on the wire: the peer's close frame was empty. */
const NO_STATUS_RECEIVED = 1005;
const GOING_AWAY = 1001;

/**
 * Several messages may share a WebSocket message, and a message that is too large has to arrive to be answered; beyond twice
 * what the largest of those may have, the socket is closed at once.
 */
const LARGEST_PER_FRAME = 2;

/** `ws` answers an empty close frame with an empty one; SignalR's clients and tests expect a code. */
class CodedWebSocket extends WebSocket {
  override close(code = NORMAL_CLOSURE, data?: string | Buffer): void {
    super.close(code, data);
  }
}

export function createWebSocketServer(maxMessageBytes: number) {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Compression costs memory per connection, and compressing secrets next to foreign input can leak them (CRIME).
    perMessageDeflate: false,
    maxPayload: LARGEST_PER_FRAME * TOO_LARGE_FACTOR * maxMessageBytes,
    WebSocket: CodedWebSocket,
  });
}

export function asSignalRSocket(webSocket: WebSocket): SignalRSocket {
  return {
    get bufferedAmount() {
      return webSocket.bufferedAmount;
    },
    send: (data, format, onWritten) => webSocket.send(data, { binary: format === 'Binary' }, onWritten),
    close: () => webSocket.close(NORMAL_CLOSURE),
    terminate: () => webSocket.terminate(),
    pause: () => webSocket.pause(),
    resume: () => webSocket.resume(),
  };
}

export interface WebSocketListener {
  receive(chunk: Buffer): void;
  socketClosed(clean: boolean): void;
}

export function listen(webSocket: WebSocket, listener: WebSocketListener, logger: Logger): void {
  webSocket.on('message', (data) => listener.receive(toBuffer(data)));
  // A close follows every error.
  webSocket.on('error', (error) => logger.debug({ err: error }, 'A WebSocket failed'));
  webSocket.on('close', (code) => {
    listener.socketClosed(code === NORMAL_CLOSURE || code === GOING_AWAY || code === NO_STATUS_RECEIVED);
  });
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
