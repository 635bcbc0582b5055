import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createLocalJWKSet } from 'jose';
import type { Provider } from 'oidc-provider';
import type { TrustedTenant } from '../identity/validate-token.ts';
import type { Settings } from '../settings.ts';
import type { KeyValueStore } from './adapter.ts';
import type { DemoCompanies, DemoTenant } from './companies.ts';
import { type ConsoleCode, createConsoleCode } from './console-code.ts';
import { FormTooLargeError, PAGE_HEADERS, readForm, sendPage, withForm } from './http.ts';
import { demoIssuerOf, ROUTES } from './issuer.ts';
import { loadSecrets, publicJwkOf } from './keys.ts';
import { type LoadedLibrary, loadProviderLibrary } from './library.ts';
import { findPerson, oidcConfiguration, type TenantContext } from './oidc-config.ts';
import { failedPage, SCRIPT_PATH, STYLE_PATH } from './pages.ts';
import { clientInfo } from './person-claims.ts';
import { servePicker } from './picker.ts';

export interface DemoProviderOptions {
  readonly settings: Pick<Settings, 'demo' | 'tenants'>;
  /** Scheme, host and port under which browsers reach the hub, e.g. `http://localhost:4400`. */
  readonly origin: string;
  readonly companies: DemoCompanies;
  readonly store: KeyValueStore;
  /** Folder with `sign-in.css` and `sign-in.js`. */
  readonly assetsDir: string;
  /** Given when other machines can reach the hub: prints a one-time code that each sign-in must repeat. */
  readonly announceCode?: (code: string) => void;
  /** Faults of the provider itself; none of them holds a token. */
  readonly onError?: (error: unknown) => void;
  /** Life of access tokens, s. One hour, as Microsoft Entra ID gives it at least. */
  readonly accessTokenTtlS?: number;
  readonly nowMs?: () => number;
}

/** The demo's sign-in on the hub's own origin. */
export interface DemoProvider {
  /** Takes a request that is for the sign-in and answers it later; false = it is for somebody else. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** What the token check needs: the demo's own issuers and keys. */
  readonly trusted: readonly TrustedTenant[];
}

export class DemoRefusedError extends Error {
  override readonly name = 'DemoRefusedError';
}

/**
 * An OpenID provider without passwords, one issuer per demo tenant.
 * @throws DemoRefusedError when a real tenant is configured: nobody may sign in there without a password
 */
export async function createDemoProvider(options: DemoProviderOptions): Promise<DemoProvider> {
  const { settings, store, companies, announceCode, nowMs = Date.now } = options;
  if (!settings.demo || settings.tenants.length > 0) {
    throw new DemoRefusedError('The demo sign-in does not run together with a real tenant.');
  }
  const library = await loadProviderLibrary();
  const secrets = await loadSecrets(store, nowMs);
  const consoleCode = announceCode === undefined ? undefined : createConsoleCode({ announce: announceCode, nowMs });
  const keys = createLocalJWKSet({ keys: [publicJwkOf(secrets.signingKey)] });
  const sites = companies.tenants.map((tenant): TenantSite => {
    const issuer = demoIssuerOf(options.origin, tenant.tenantId);
    const accessTokenTtlS = options.accessTokenTtlS ?? 3600;
    const context = { tenant, origin: options.origin, issuer, secrets, store, accessTokenTtlS, nowMs };
    return createSite(context, { library, consoleCode, onError: options.onError ?? (() => undefined) });
  });
  const serveAsset = createAssetHandler(options.assetsDir);
  return {
    trusted: sites.map(({ context: { tenant, issuer } }) => ({
      tenantId: tenant.tenantId,
      issuer,
      audience: tenant.apiClientId,
      clientIds: [tenant.spaClientId],
      keys,
    })),
    handle(req, res) {
      const path = pathOf(req);
      const site = sites.find(({ context }) => path.startsWith(`/${context.tenant.tenantId}/`));
      if (site === undefined) return serveAsset(path, res);
      void site.serve(req, res);
      return true;
    },
  };
}

interface TenantSite {
  readonly context: TenantContext;
  serve(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

interface SiteParts {
  readonly library: LoadedLibrary;
  readonly consoleCode: ConsoleCode | undefined;
  readonly onError: (error: unknown) => void;
}

function createSite(context: TenantContext, { library, consoleCode, onError }: SiteParts): TenantSite {
  const { tenant, issuer } = context;
  const provider = new library.Provider(issuer, oidcConfiguration(context, library));
  // The addresses in its answers come from the two headers that `route` sets, never from a client.
  provider.proxy = true;
  const emitter: NodeJS.EventEmitter = provider; // the library's types leave out Koa's own event
  emitter.on('error', onError);
  provider.on('server_error', (_ctx, error) => onError(error));
  addHeadersAndClientInfo(provider, tenant);
  const serveProtocol = provider.callback();
  const picker = { tenant, provider, SessionNotFound: library.errors.SessionNotFound, consoleCode };
  const basePath = new URL(issuer).pathname;

  async function route(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { protocol, host } = new URL(context.origin);
    req.headers['x-forwarded-proto'] = protocol.replace(':', '');
    req.headers['x-forwarded-host'] = host;
    const path = pathOf(req);
    if (path.startsWith(`/${tenant.tenantId}/sign-in/`)) return servePicker(picker, req, res);
    const isToken = req.method === 'POST' && path === basePath + ROUTES.token;
    const request = isToken ? withForm(req, withoutOfflineAccess(await readForm(req))) : req;
    await serveProtocol(mounted(request, basePath), res);
  }

  return {
    context,
    serve: (req, res) => route(req, res).catch((error: unknown) => answerFault(res, error, onError)),
  };
}

/** The library finds where it is mounted by comparing both addresses, as Express and Connect leave them. */
function mounted(req: IncomingMessage, basePath: string): IncomingMessage {
  const url = req.url ?? '/';
  if (!url.startsWith(`${basePath}/`)) return req;
  return Object.assign(req, { originalUrl: url, url: url.slice(basePath.length) });
}

/** The library never granted this scope (see `issueRefreshToken`), so it would refuse a refresh that asks for it. */
function withoutOfflineAccess(form: URLSearchParams): URLSearchParams {
  const scope = form.get('scope');
  if (form.get('grant_type') !== 'refresh_token' || scope === null) return form;
  const rest = scope.split(' ').filter((word) => word !== 'offline_access');
  form.set('scope', rest.join(' '));
  return form;
}

function addHeadersAndClientInfo(provider: Provider, tenant: DemoTenant): void {
  provider.use(async (ctx, next) => {
    ctx.set({ ...PAGE_HEADERS });
    await next();
    const person = ctx.oidc?.route === 'token' ? findPerson(tenant, ctx.oidc.account?.accountId) : undefined;
    const body: unknown = ctx.body;
    if (person !== undefined && typeof body === 'object' && body !== null && 'access_token' in body) {
      ctx.body = { ...body, client_info: clientInfo(tenant, person) };
    }
  });
}

function answerFault(res: ServerResponse, error: unknown, onError: (error: unknown) => void): void {
  const isTooLarge = error instanceof FormTooLargeError;
  if (!isTooLarge) onError(error);
  if (res.headersSent) res.destroy();
  else sendPage(res, isTooLarge ? 413 : 500, failedPage(isTooLarge ? 'form_too_large' : 'server_error'));
}

function createAssetHandler(assetsDir: string): (path: string, res: ServerResponse) => boolean {
  const read = (name: string): string => readFileSync(join(assetsDir, name), 'utf8');
  const assets = new Map([
    [STYLE_PATH, { type: 'text/css; charset=utf-8', body: read('sign-in.css') }],
    [SCRIPT_PATH, { type: 'text/javascript; charset=utf-8', body: read('sign-in.js') }],
  ]);
  return (path, res) => {
    const asset = assets.get(path);
    if (asset === undefined) return false;
    const headers = { 'Content-Type': asset.type, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' };
    res.writeHead(200, headers).end(asset.body);
    return true;
  };
}

function pathOf(req: IncomingMessage): string {
  return (req.url ?? '/').split('?', 1)[0] ?? '/';
}
