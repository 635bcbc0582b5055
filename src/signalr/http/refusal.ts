import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** An HTTP answer other than success. `reason` is told to the client. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 500 | 503;
  readonly reason: string;
}

function headersOf({ status, reason }: Refusal): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(reason)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  };
}

export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(refusal.status, headersOf(refusal)).end(refusal.reason);
}

/** The same on a socket that was to become a WebSocket; the socket is closed behind it. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  if (socket.destroyed) return;
  const headers = Object.entries({ Connection: 'close', ...headersOf(refusal) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`, ...headers].join('\r\n');
  socket.once('finish', () => socket.destroy());
  socket.end(`${head}\r\n\r\n${refusal.reason}`);
}
