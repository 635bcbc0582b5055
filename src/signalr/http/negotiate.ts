import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthRequest } from './auth-request.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import type { Negotiations } from './negotiations.ts';
import { refuse } from './refusal.ts';

/** One line per transport that this server speaks, in the order of preference. */
const AVAILABLE_TRANSPORTS = [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }];

export interface NegotiateOptions {
  readonly gatekeeper: Gatekeeper<unknown>;
  readonly negotiations: Negotiations;
  readonly isShutDown: () => boolean;
}

/**
 * Answers `POST {hub}/negotiate`.
 *
 * Source: `src/SignalR/docs/specs/TransportProtocols.md`, dotnet/aspnetcore. `useStatefulReconnect` is not answered, as a
 * client refuses it unless it asked, and falls back without it if it did.
 */
export function createNegotiateHandler(options: NegotiateOptions) {
  const { gatekeeper, negotiations, isShutDown } = options;
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Clients send an empty body; unread, it would hold up the next request on the same socket.
    message.resume();
    if (message.method !== 'POST') return refuse(response, { status: 405, reason: 'Negotiate with POST.' });
    if (isShutDown()) return refuse(response, { status: 503, reason: 'The server is shutting down.' });
    const admission = await gatekeeper('negotiate', message);
    if (!admission.ok) return refuse(response, admission.refusal);
    const version = negotiateVersionOf(admission.request);
    if (version === undefined) return answer(response, { error: 'The client asked for an invalid negotiate version.' });
    const negotiated = negotiations.issue(admission.who.userId, version);
    if (negotiated === undefined)
      return refuse(response, { status: 503, reason: 'Too many connections are starting.' });
    const { connectionId, connectionToken } = negotiated;
    const ids = version === 0 ? { connectionId } : { connectionId, connectionToken };
    answer(response, { negotiateVersion: version, ...ids, availableTransports: AVAILABLE_TRANSPORTS });
  };
}

/** The lower of the client's version and 1, the newest there is. */
function negotiateVersionOf({ url }: AuthRequest): 0 | 1 | undefined {
  const text = url.searchParams.get('negotiateVersion') ?? '0';
  if (!/^\d{1,9}$/.test(text)) return undefined;
  return Number(text) === 0 ? 0 : 1;
}

function answer(response: ServerResponse, body: object): void {
  if (response.destroyed) return;
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(body));
}
