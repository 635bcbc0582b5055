import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What an application sees of a request when it decides who is asking. */
export interface AuthRequest {
  /** `negotiate`: a client prepares to connect. `connect`: it opens its socket. */
  readonly stage: 'negotiate' | 'connect';
  /** From `Authorization: Bearer`, else from `access_token` of the query, as a browser's WebSocket has no headers. Secret. */
  readonly accessToken: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Path and query; the host is a placeholder. The query may hold the access token: don't log it. */
  readonly url: URL;
  readonly remoteAddress: string | undefined;
}

/** @returns undefined when the request's target is not a path. */
export function toAuthRequest(stage: AuthRequest['stage'], request: IncomingMessage): AuthRequest | undefined {
  const url = parseTarget(request.url);
  if (url === undefined) return undefined;
  return {
    stage,
    accessToken: bearerToken(request.headers.authorization) ?? url.searchParams.get('access_token') ?? undefined,
    headers: request.headers,
    url,
    remoteAddress: request.socket.remoteAddress,
  };
}

function parseTarget(target = '/'): URL | undefined {
  // A target that begins with two slashes would be read as another host.
  if (!target.startsWith('/') || target.startsWith('//')) return undefined;
  return URL.canParse(target, 'http://localhost') ? new URL(target, 'http://localhost') : undefined;
}

function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** A page may connect to the host that it came from; what isn't a browser sends no origin. */
export function isSameOrigin(origin: string | undefined, { headers }: AuthRequest): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}
