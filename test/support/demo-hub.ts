import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KeyValueStore } from '../../src/hub/demo/adapter.ts';
import { type DemoCompanies, type DemoPerson, type DemoTenant, loadCompanies } from '../../src/hub/demo/companies.ts';
import { loadSecrets, SECRETS } from '../../src/hub/demo/keys.ts';
import { createDemoProvider, type DemoProvider, type DemoProviderOptions } from '../../src/hub/demo/provider.ts';
import { scopeOf } from '../../src/hub/identity/tenants.ts';
import { createMemoryValues } from '../../src/hub/store/memory-values.ts';

export function demoCompanies(): DemoCompanies {
  const result = loadCompanies('assets/demo/companies.json');
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.companies;
}

export function demoTenant(name: string): DemoTenant {
  const tenant = demoCompanies().tenants.find((candidate) => candidate.name === name);
  if (tenant === undefined) throw new Error(`no tenant ${name}`);
  return tenant;
}

export function personOf(tenant: DemoTenant, mail: string): DemoPerson {
  const person = tenant.people.find((candidate) => candidate.mail === mail);
  if (person === undefined) throw new Error(`nobody has ${mail}`);
  return person;
}

let sharedSecrets: Promise<unknown> | undefined;

/** A store that has the demo's keys already: making them takes a second on a busy machine. */
export async function createDemoStore(): Promise<KeyValueStore> {
  sharedSecrets ??= loadSecrets(createMemoryValues(), Date.now);
  const store = createMemoryValues();
  await store.set(SECRETS.collection, SECRETS.id, { value: await sharedSecrets, group: null, expiresAtMs: null });
  return store;
}

export interface DemoHub {
  readonly origin: string;
  readonly demo: DemoProvider;
  readonly errors: unknown[];
  close(): Promise<void>;
}

/** Serves the demo's sign-in alone. `port` gives the same address again after a restart. */
export async function startDemoHub(
  store: KeyValueStore,
  options: Partial<DemoProviderOptions> & { readonly port?: number } = {},
): Promise<DemoHub> {
  const errors: unknown[] = [];
  let demo: DemoProvider | undefined;
  const server = createServer((req, res) => {
    if (demo?.handle(req, res) !== true) res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  demo = await createDemoProvider({
    settings: { demo: true, tenants: [] },
    origin,
    companies: demoCompanies(),
    store,
    assetsDir: 'assets/demo',
    onError: (error) => errors.push(error),
    ...options,
  });
  return { origin, demo, errors, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** As much of a browser as sign-in needs: cookies by path, and redirects that can be watched. */
export interface Browser {
  request(
    url: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; location: string | null; text: string; headers: Headers }>;
  /** Follows redirects until a page, or until an address that starts with `stopAt`. */
  follow(url: string, stopAt?: string): Promise<{ url: string; status: number; text: string }>;
  cookieNames(): string[];
}

export function createBrowser(): Browser {
  const jar = new Map<string, { path: string; value: string }>();

  function remember(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split(/;\s*/);
    const [name = '', ...value] = pair.split('=');
    const path = attributes.find((attribute) => attribute.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
    const isGone = attributes.some((attribute) => /^expires=Thu, 01 Jan 1970/i.test(attribute));
    if (isGone) jar.delete(`${path} ${name}`);
    else jar.set(`${path} ${name}`, { path, value: `${name}=${value.join('=')}` });
  }

  const request: Browser['request'] = async (url, form) => {
    const { pathname } = new URL(url);
    const cookie = [...jar.values()].filter(({ path }) => pathname.startsWith(path)).map(({ value }) => value);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookie.join('; '), accept: 'text/html' },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) remember(line);
    const location = response.headers.get('location');
    const text = await response.text();
    const absolute = location === null ? null : new URL(location, url).href;
    return { status: response.status, location: absolute, text, headers: response.headers };
  };

  return {
    request,
    async follow(url, stopAt) {
      let current = url;
      for (;;) {
        if (stopAt !== undefined && current.startsWith(stopAt)) return { url: current, status: 0, text: '' };
        const { status, location, text } = await request(current);
        if (location === null) return { url: current, status, text };
        current = location;
      }
    },
    cookieNames: () => [...jar.keys()],
  };
}

export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly client_info: string;
  readonly token_type: string;
  readonly scope: string;
}

/** The page's side of the authorization code flow, with the same parameters as the sign-in library of the pages. */
export function createFlow(hub: Pick<DemoHub, 'origin'>, tenant: DemoTenant, browser: Browser) {
  const base = `${hub.origin}/${tenant.tenantId}/v2.0`;
  const redirectUri = `${hub.origin}/redirect.html`;
  const scope = `openid profile offline_access ${scopeOf(tenant)}`;

  function authorizeUrl(challenge: string, more: Record<string, string>): string {
    const query = {
      client_id: tenant.spaClientId,
      scope,
      redirect_uri: redirectUri,
      response_mode: 'fragment',
      response_type: 'code',
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      client_info: '1',
      'x-client-SKU': 'msal.js.browser',
      ...more,
    };
    return `${base}/authorize?${new URLSearchParams(query)}`;
  }

  function answerOf(url: string): URLSearchParams {
    return new URLSearchParams(new URL(url).hash.slice(1));
  }

  async function post(path: string, form: Record<string, string>): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: { origin: hub.origin },
      body: new URLSearchParams(form),
    });
    return { status: response.status, body: await response.json() };
  }

  return {
    base,
    authorizeUrl,
    /** Opens the account picker and returns its address and text. */
    openPicker: (more: Record<string, string> = {}) =>
      browser.follow(authorizeUrl('c'.repeat(43), { prompt: 'select_account', ...more })),
    /** The whole way, as the person with this address. */
    async signIn(mail: string, more: Record<string, string> = {}): Promise<Tokens> {
      const verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const picker = await browser.follow(authorizeUrl(challenge, { prompt: 'select_account', ...more }));
      const chosen = await browser.request(picker.url, { account: personOf(tenant, mail).oid });
      const end = await followForms(browser, chosen.location ?? picker.url, redirectUri);
      return this.redeem(answerOf(end).get('code') ?? '', verifier);
    },
    /** What the hidden frame does: no page, an answer at once. */
    async silent(more: Record<string, string> = {}): Promise<URLSearchParams & { verifier?: string }> {
      const verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const end = await browser.follow(authorizeUrl(challenge, { prompt: 'none', ...more }), redirectUri);
      return Object.assign(answerOf(end.url), { verifier });
    },
    async redeem(code: string, verifier: string): Promise<Tokens> {
      const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri };
      const { status, body } = await post('/token', {
        client_id: tenant.spaClientId,
        client_info: '1',
        scope,
        ...form,
      });
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body as Tokens;
    },
    refresh: (refreshToken: string) =>
      post('/token', {
        client_id: tenant.spaClientId,
        scope,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_info: '1',
      }),
    /** Signs out as the pages do, and returns where it ends. */
    async signOut(idToken: string): Promise<string> {
      const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: redirectUri, state: 's' });
      const { text } = await browser.follow(`${base}/logout?${query}`);
      return submitForm(browser, text, redirectUri);
    },
  };
}

/** Follows redirects, and forms that submit themselves, up to `stopAt`. */
async function followForms(browser: Browser, url: string, stopAt: string): Promise<string> {
  const page = await browser.follow(url, stopAt);
  return page.url.startsWith(stopAt) ? page.url : submitForm(browser, page.text, stopAt);
}

async function submitForm(browser: Browser, text: string, stopAt: string): Promise<string> {
  const action = /action="([^"]+)"/.exec(text)?.[1];
  if (action === undefined) throw new Error(`no form in: ${text}`);
  const inputs = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const form: Record<string, string> = Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]));
  const button = /<button[^>]* name="logout" value="yes" data-submit-at-once/.test(text);
  const { location } = await browser.request(action, button ? { ...form, logout: 'yes' } : form);
  if (location === null) throw new Error('the form led nowhere');
  return followForms(browser, location, stopAt);
}
