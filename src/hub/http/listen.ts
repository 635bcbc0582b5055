import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsMaterial } from '../https.ts';
import { StartError } from '../start-error.ts';

export interface Listener {
  readonly server: Server;
  readonly port: number;
  /** Until this is called, and again after `pause`, every request is told to come back in a second. */
  serve(handler: RequestListener): void;
  pause(): void;
  /** Takes no more requests, ends idle connections, waits for running answers. */
  close(): Promise<void>;
}

/**
 * Takes the port at once, so that a second start fails before it touches anything.
 * @throws StartError
 */
export async function listen(options: {
  readonly port: number;
  readonly host: string;
  readonly tls: TlsMaterial | undefined;
}): Promise<Listener> {
  let handler = comeBackLater;
  const entry: RequestListener = (request, response) => handler(request, response);
  const server = options.tls === undefined ? createServer(entry) : tlsServer(options.tls, entry);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    serve(next) {
      handler = next;
    },
    pause() {
      handler = comeBackLater;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

const comeBackLater: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Retry-After': '1', 'Cache-Control': 'no-store' }).end('starting or stopping');
};

function tlsServer(tls: TlsMaterial, entry: RequestListener): Server {
  try {
    return createTlsServer(tls, entry);
  } catch (error) {
    throw new StartError(`The certificate and its key do not fit: ${(error as Error).message}.`, error);
  }
}

function listenError(
  error: NodeJS.ErrnoException,
  { port, host }: { readonly port: number; readonly host: string },
): StartError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} is taken by another program. Stop that one, or set PORT.`, error);
    case 'EACCES':
      return new StartError(`Port ${port} needs more rights than this program has. Set PORT to 1024 or higher.`, error);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`This machine has no address ${host}. Set HOST.`, error);
    default:
      return new StartError(`The hub cannot listen on ${host}:${port}: ${error.message}.`, error);
  }
}
