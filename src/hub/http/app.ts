import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { ADMIN_PATH } from '../../protocol/admin-api/requests.ts';
import { JOIN_API_PATH } from '../../protocol/join-api/messages.ts';
import type { AdminApi } from '../admin-api/api.ts';
import type { PublicConfigBody } from '../identity/public-config.ts';
import type { JoinApi } from '../join-api/api.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { COMMON_HEADERS, contentSecurityPolicy, type PageSecurity } from './security-headers.ts';
import { chooseEncoding, type StaticFile, type StaticFiles } from './static-files.ts';

export interface AppOptions extends PageSecurity {
  readonly files: StaticFiles;
  readonly config: PublicConfigBody;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly admin: AdminApi;
  readonly join: JoinApi;
  /** Rejects while the hub cannot do its work. */
  readonly checkReady: () => Promise<void>;
}

/** What the Node adapter hands along; absent in tests without a socket. */
interface Bindings {
  readonly incoming?: IncomingMessage;
}
type Env = { readonly Bindings: Bindings; readonly Variables: { readonly requestId: string } };
export type HubApp = Hono<Env>;

/** Short addresses of the pages. */
const PAGES: Readonly<Record<string, string>> = {
  '/': '/index.html',
  '/desk': '/desk.html',
  '/admin': '/admin.html',
  '/diagnostics': '/diagnostics.html',
};
/** The same page for every link, whether it leads anywhere or not: programs that preview links learn and change nothing. */
const JOIN_LINK = /^\/join\/[^/]*$/;
/** Asked by machines, by whatever name they know the hub. */
const ANY_HOST: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);
const ONE_YEAR = 'public, max-age=31536000, immutable';

/** Pages, settings for them, and what operators ask. Stateless: tests call it without a socket. */
export function createApp(options: AppOptions): HubApp {
  const app: HubApp = new Hono<Env>();
  app.use(logRequests(options.logger));
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(COMMON_HEADERS)) context.header(name, value);
    // What is asked for from there must not carry the link's token along.
    if (JOIN_LINK.test(context.req.path)) context.header('Referrer-Policy', 'no-referrer');
  });
  app.use(redirectToPublicOrigin(options.publicOrigin));
  app.get('/healthz', (context) => context.text('ok', 200, NO_STORE));
  app.get('/readyz', async (context) => {
    try {
      await options.checkReady();
      return context.text('ready', 200, NO_STORE);
    } catch {
      return context.text('not ready', 503, NO_STORE);
    }
  });
  app.get('/metrics', (context) => answerMetrics(context, options.metrics));
  app.get('/config.json', (context) => context.json(options.config, 200, NO_STORE));
  app.route(ADMIN_PATH, options.admin);
  app.route(JOIN_API_PATH, options.join);
  app.get('*', compress(), (context) => answerFile(context, options));
  app.notFound((context) => context.text('Not found', 404, NO_STORE));
  app.onError((error, context) => {
    options.logger.error({ err: error, requestId: context.get('requestId') }, 'a request failed');
    return context.text('Internal error', 500, NO_STORE);
  });
  return app;
}

const NO_STORE = { 'Cache-Control': 'no-store' } as const;

function logRequests(logger: Logger) {
  return async (context: Context<Env>, next: () => Promise<void>): Promise<void> => {
    const requestId = randomUUID();
    const startMs = performance.now();
    context.set('requestId', requestId);
    await next();
    context.header('X-Request-Id', requestId);
    // The path alone: a query may hold a token or a code.
    const { method } = context.req;
    // The token of a join link is as secret as a password.
    const path = context.req.path.replace(/^\/join\/.*/, '/join/…');
    const fields = { requestId, method, path, status: context.res.status, ms: Math.round(performance.now() - startMs) };
    if (fields.status >= 500) logger.warn(fields, 'request');
    else logger.debug(fields, 'request');
  };
}

/** Sign-in and links know one origin; a page opened under another name moves there. */
function redirectToPublicOrigin(publicOrigin: string) {
  const publicHost = new URL(publicOrigin).host;
  return async (context: Context<Env>, next: () => Promise<void>) => {
    const { host, pathname, search } = new URL(context.req.url);
    if (host === publicHost || ANY_HOST.has(pathname)) return next();
    return context.body(null, 308, { ...NO_STORE, Location: publicOrigin + pathname.replace(/^\/+/, '/') + search });
  };
}

async function answerFile(context: Context<Env>, options: AppOptions): Promise<Response> {
  const { path } = context.req;
  const file = options.files.get(PAGES[path] ?? (JOIN_LINK.test(path) ? '/join.html' : path));
  if (file === undefined) return context.notFound();
  const encoding = chooseEncoding(file.precompressed, context.req.header('Accept-Encoding'));
  const headers: Record<string, string> = { 'Content-Type': file.type, 'Cache-Control': cacheControl(file) };
  if (encoding !== null) headers['Content-Encoding'] = encoding;
  if (file.precompressed.length > 0) headers.Vary = 'Accept-Encoding';
  if (file.isPage) {
    const framedBy = path === '/redirect.html' ? 'ourselves' : 'nobody';
    headers['Content-Security-Policy'] = contentSecurityPolicy(options, framedBy);
  }
  return context.body(await file.read(encoding), 200, headers);
}

const cacheControl = (file: StaticFile): string => {
  if (file.isPage) return 'no-store';
  return file.isHashed ? ONE_YEAR : 'no-cache';
};

/** To the machine itself alone; a proxy on it speaks for somebody else. */
async function answerMetrics(context: Context<Env>, metrics: Metrics): Promise<Response> {
  const address = context.env?.incoming?.socket.remoteAddress ?? '';
  const isLocal = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
  const isForwarded = ['forwarded', 'x-forwarded-for', 'via'].some((name) => context.req.header(name) !== undefined);
  if (!isLocal || isForwarded) return context.notFound();
  return context.body(await metrics.text(), 200, { ...NO_STORE, 'Content-Type': metrics.contentType });
}
