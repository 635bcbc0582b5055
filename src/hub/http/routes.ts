import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { DemoProvider } from '../demo/provider.ts';
import type { HubApp } from './app.ts';

/** Where the SignalR hub is, below the origin. */
export const HUB_PATH = '/hub';

interface HubEndpoint {
  handleNegotiate(request: IncomingMessage, response: ServerResponse): Promise<void>;
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

export interface Routes {
  readonly app: HubApp;
  readonly endpoint: HubEndpoint;
  /** Only in the demo. */
  readonly demo: Pick<DemoProvider, 'handle'> | undefined;
}

/** Which part answers a request: the demo's sign-in, the SignalR hub, or the pages. */
export function createRequestListener({ app, endpoint, demo }: Routes): RequestListener {
  const servePages = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return (request, response) => {
    const path = pathOf(request);
    if (path === `${HUB_PATH}/negotiate` && request.method === 'POST')
      return void endpoint.handleNegotiate(request, response);
    if (path === HUB_PATH || path.startsWith(`${HUB_PATH}/`)) return endpoint.handleRequest(request, response);
    if (demo?.handle(request, response) === true) return;
    void servePages(request, response);
  };
}

export function createUpgradeListener({ endpoint }: Pick<Routes, 'endpoint'>) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (pathOf(request) === HUB_PATH) void endpoint.handleUpgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  };
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0] ?? '/';
