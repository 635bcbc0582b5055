import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AdminApi } from '../../../src/hub/admin-api/api.ts';
import { createApp, type HubApp } from '../../../src/hub/http/app.ts';
import { chooseEncoding, listStaticFiles } from '../../../src/hub/http/static-files.ts';
import type { JoinApi } from '../../../src/hub/join-api/api.ts';
import { createLogger } from '../../../src/hub/log.ts';
import { createMetrics } from '../../../src/hub/metrics.ts';
import { folderOfThisTest } from '../support/temporary-folder.ts';

const ORIGIN = 'https://assist.abc.com';
const AUTHORITY = 'https://login.microsoftonline.com';
const HEADSET = '<!doctype html><title>headset</title>';
const SCRIPT = `export const words = ${JSON.stringify('sightline '.repeat(500))};`;

let app: HubApp;
let lines: string[];
let ready = true;
beforeEach(() => {
  ready = true;
  lines = [];
  const folder = folderOfThisTest();
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, '.vite'));
  for (const page of ['index', 'desk', 'admin', 'diagnostics', 'redirect']) {
    writeFileSync(join(folder, `${page}.html`), page === 'index' ? HEADSET : page);
  }
  writeFileSync(join(folder, 'assets', 'main-4f3a.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'main-4f3a.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, 'assets', 'main-4f3a.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(folder, 'assets', 'late-1.js'), SCRIPT);
  writeFileSync(join(folder, '.vite', 'manifest.json'), '{}');
  writeFileSync(join(folder, 'secret.key'), 'key');
  app = createApp({
    publicOrigin: ORIGIN,
    signInOrigins: [AUTHORITY],
    files: listStaticFiles(folder),
    config: { product: 'Sightline', demo: false, tenants: [] },
    logger: createLogger('debug', { write: (line) => void lines.push(line) }),
    metrics: createMetrics({ process: false }),
    admin: (new Hono() as unknown as AdminApi).get('/session', (context) => context.text('administrators')),
    join: (new Hono() as unknown as JoinApi).post('/look', (context) => context.text('a link')),
    checkReady: () => (ready ? Promise.resolve() : Promise.reject(new Error('no database'))),
  });
});
const get = async (
  path: string,
  headers: Record<string, string> = {},
  remoteAddress = '203.0.113.9',
): Promise<Response> => app.request(ORIGIN + path, { headers }, { incoming: { socket: { remoteAddress } } });

describe('a page', () => {
  test.each([
    ['/', HEADSET],
    ['/desk', 'desk'],
    ['/admin', 'admin'],
    ['/diagnostics', 'diagnostics'],
    ['/redirect.html', 'redirect'],
    ['/?tenant=abc.com', HEADSET],
  ])('answers %s, and is never kept by a cache', async (path, body) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(body);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('may load from the hub alone, and reach the sign-in authority besides', async () => {
    const policy = (await get('/')).headers.get('content-security-policy')?.split('; ');
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob: data:",
      "media-src 'self' blob:",
      "font-src 'self'",
      `connect-src 'self' ${AUTHORITY} wss://assist.abc.com`,
      `frame-src 'self' ${AUTHORITY}`,
      `form-action 'self' ${AUTHORITY}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]);
  });

  test('is framed by nobody, but for the sign-in bridge by ourselves', async () => {
    for (const path of ['/', '/desk', '/diagnostics', '/index.html']) {
      expect((await get(path)).headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    expect((await get('/redirect.html')).headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
  });

  test('grants itself the camera and the headset, and asks for no isolation', async () => {
    const { headers } = await get('/');
    const policy = headers.get('permissions-policy');
    for (const feature of ['camera', 'microphone', 'display-capture', 'xr-spatial-tracking']) {
      expect(policy).toContain(`${feature}=(self)`);
    }
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.has('cross-origin-opener-policy')).toBe(false);
    expect(headers.has('cross-origin-embedder-policy')).toBe(false);
  });
});

test('administrators’ requests go to their own part', async () => {
  const response = await get('/api/admin/session');
  expect([response.status, await response.text()]).toEqual([200, 'administrators']);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

describe('a hashed file', () => {
  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
  ])('for "%s" comes as %s, as the build compressed it, for ever', async (accept, encoding) => {
    const response = await get('/assets/main-4f3a.js', { 'Accept-Encoding': accept });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const bytes = Buffer.from(await response.arrayBuffer());
    if (encoding === 'br') expect(brotliDecompressSync(bytes).toString()).toBe(SCRIPT);
  });

  test('comes plain to whoever takes no compression', async () => {
    const response = await get('/assets/main-4f3a.js', { 'Accept-Encoding': 'identity' });
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(await response.text()).toBe(SCRIPT);
  });

  test('is compressed on the way when the build did not', async () => {
    const response = await get('/assets/late-1.js', { 'Accept-Encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });
});

describe('what is not a page', () => {
  test.each([
    '/nothing',
    '/assets/',
    '/secret.key',
    '/.vite/manifest.json',
    '/assets/main-4f3a.js.br',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
  ])('%s is not found', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('says that the hub is alive, and whether it can work', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    ready = false;
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(503);
  });

  test('tells pages their settings, uncached', async () => {
    const response = await get('/config.json');
    expect(await response.json()).toEqual({ product: 'Sightline', demo: false, tenants: [] });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('shows figures to the machine itself alone', async () => {
    for (const local of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(await (await get('/metrics', {}, local)).text()).toContain('sightline_connections');
    }
    expect((await get('/metrics')).status).toBe(404);
    expect((await get('/metrics', {}, '10.0.0.7')).status).toBe(404);
    expect((await get('/metrics', { 'X-Forwarded-For': '203.0.113.9' }, '127.0.0.1')).status).toBe(404);
  });
});

describe('another name of the hub', () => {
  test('leads to the one origin, with path and query', async () => {
    const response = await app.request('http://10.0.0.5:4400/desk?tenant=abc.com');
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe(`${ORIGIN}/desk?tenant=abc.com`);
  });

  test('never leads elsewhere', async () => {
    const response = await app.request('http://10.0.0.5//evil.example/desk');
    expect(new URL(response.headers.get('location') ?? '').origin).toBe(ORIGIN);
  });

  test('still answers machines that ask for its health', async () => {
    expect((await app.request('http://10.0.0.5/readyz')).status).toBe(200);
  });
});

describe('the log', () => {
  test('holds a request by its number and path, never its query or headers', async () => {
    const response = await get('/desk?code=SECRET&access_token=SECRET', {
      Authorization: 'Bearer SECRET',
      Cookie: 'SECRET',
    });
    const [line = ''] = lines;
    expect(line).not.toContain('SECRET');
    expect(JSON.parse(line)).toMatchObject({
      requestId: response.headers.get('x-request-id'),
      path: '/desk',
      status: 200,
    });
  });

  test('blots out what is passed by mistake', () => {
    const logger = createLogger('info', { write: (line) => void lines.push(line) });
    logger.info(
      { accessToken: 'SECRET', person: { name: 'SECRET', mail: 'SECRET' }, a: { b: { secret: 'SECRET' } } },
      'x',
    );
    expect(lines.join()).not.toContain('SECRET');
  });
});

describe('the choice of an encoding', () => {
  test.each([
    [undefined, null],
    ['', null],
    ['gzip', 'gzip'],
    ['gzip;q=0.0', null],
    ['BR', 'br'],
    ['identity;q=1, *;q=0', null],
  ] as const)('for %j is %j', (header, encoding) => {
    expect(chooseEncoding(['br', 'gzip'], header)).toBe(encoding);
  });
});
