import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { lanAddresses } from '../../src/hub/https.ts';
import { pickAccount } from './support/actors.ts';
import { ask, type Started, start } from './support/cli.ts';
import { freePort } from './support/hub.ts';

/** What somebody at a console meets: starting, being told why not, stopping, starting again. */
let folder: string;
let running: Started[];
let port: number;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-cli-'));
  port = await freePort();
  running = [];
});
test.afterEach(async () => {
  for (const program of running) program.signal('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  await rm(folder, { recursive: true, force: true });
});

const READY = /Expert's desk: (https?:\/\/\S+)\/desk\n/;
const HUB = ['dist/hub/cli.js'];

type Env = Readonly<Record<string, string>>;

function launch(env: Env = {}, command: readonly string[] = [process.execPath, ...HUB]): Started {
  const [program = '', ...args] = command;
  const started = start(program, args, {
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'warn',
    ...env,
  });
  running.push(started);
  return started;
}

/** One line on standard error, nothing else anywhere, and exit code 1. */
async function expectRefusal(started: Started, line: string | RegExp): Promise<void> {
  expect(await started.ended).toBe(1);
  expect(started.output()).toBe('');
  expect(started.errors()).toMatch(/^[^\n]+\n$/);
  expect(started.errors().trimEnd()).toMatch(line);
}

/** The demo's public keys: made at the first start, the same ones for as long as nothing is lost. */
async function keysOf(origin: string): Promise<string> {
  const config = JSON.parse((await ask(`${origin}/config.json`)).body) as { tenants: { issuer: string }[] };
  return (await ask(`${config.tenants[0]?.issuer}/keys`)).body;
}

const GUID = '3f1c6a52-8d0b-4e0e-9d53-0d6f6c1f7a10';
const TENANT = { TENANT_ID: GUID, SPA_CLIENT_ID: GUID, API_CLIENT_ID: GUID };

test('a wrong setting stops the start with one line that names it', async () => {
  await expectRefusal(launch({ PORT: '99999' }), /^PORT must be .* \(it is "99999"\)\.$/);
  await expectRefusal(launch({ ...TENANT, DEMO: '1' }), /^DEMO must not be 1 with a real tenant/);
  for (const name of Object.keys(TENANT)) {
    await expectRefusal(
      launch({ ...TENANT, [name]: 'abc' }),
      new RegExp(`^${name} must be a GUID .* \\(it is "abc"\\)`),
    );
  }
  await expectRefusal(launch({ TENANT_ID: GUID }), /^SPA_CLIENT_ID and API_CLIENT_ID must be set too/);
  await expectRefusal(launch({ PUBLIC_ORIGIN: 'http://assist.abc.com' }), /^PUBLIC_ORIGIN must use https/);
  await expectRefusal(launch({ TLS_CERT: '/no/cert', TLS_KEY: '/no/key' }), /^TLS_CERT cannot be read: \/no\/cert/);
  await expectRefusal(
    launch({ DATABASE_URL: 'postgres://127.0.0.1:1/x' }),
    /^The database does not open \(DATABASE_URL\)/,
  );
  await expectRefusal(launch({}, [process.execPath, ...HUB, '--htps']), /^--htps is not an option/);
});

test('a data folder that cannot be used stops the start with one line', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'not a folder');
  await expectRefusal(launch({ DATA_DIR: file }), /^The data folder \S+ cannot be written \(ENOTDIR\)/);
  await expectRefusal(
    launch({ DATA_DIR: join(file, 'deep', 'er') }),
    /^The data folder \S+ cannot be written \(ENOTDIR\)/,
  );
  const half = join(folder, 'half');
  await mkdir(half);
  await writeFile(join(half, 'pg'), 'not a database');
  await expectRefusal(launch({ DATA_DIR: half }), /^The embedded database does not open: .*half\)\.$/);
});

if (process.platform === 'linux') {
  test('a folder that takes no others is refused, not tried for ever', async () => {
    await expectRefusal(launch({ DATA_DIR: '/proc/sightline/data' }), /^The data folder \/proc\/\S+ cannot be written/);
  });
}

test('a second hub on the port or the data folder says so, and the first one goes on', async () => {
  const first = launch();
  const [, origin = ''] = await first.until(READY);
  await expectRefusal(launch({ DATA_DIR: join(folder, 'other') }), `Port ${port} is taken by another program`);
  await expectRefusal(launch({ PORT: '0' }), /^The data folder \S+ is in use by another hub/);
  expect((await ask(`${origin}/readyz`)).status).toBe(200);
});

test('Ctrl-C ends it with 0, a power cut does no harm, and the next start has lost nothing', async () => {
  const first = launch();
  const [, origin = ''] = await first.until(READY);
  expect(origin).toBe(`http://localhost:${port}`);
  const keys = await keysOf(origin);
  first.signal('SIGINT');
  first.signal('SIGINT'); // npm passes on what the terminal gave already
  expect(await first.ended).toBe(0);
  expect(first.errors()).toBe('');

  const second = launch();
  await second.until(READY);
  expect(await keysOf(origin)).toBe(keys);
  second.signal('SIGKILL');
  await second.ended;

  const third = launch();
  await third.until(READY);
  expect(await keysOf(origin)).toBe(keys);
  third.signal('SIGTERM');
  expect(await third.ended).toBe(0);
});

test('a kill in the middle of the first start leaves nothing in the way of the next', async () => {
  const first = launch({ LOG_LEVEL: 'silent' });
  // The port is taken before the database is made: from here on it is in the middle of it.
  await expect
    .poll(() =>
      ask(`http://127.0.0.1:${port}/readyz`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(503);
  first.signal('SIGKILL');
  await first.ended;
  const [, origin = ''] = await launch().until(READY);
  expect((await ask(`${origin}/readyz`)).status).toBe(200);
});

test('npm start ends with Ctrl-C, and gives its folder and port to the next one', async () => {
  const npm = ['npm', 'start', '--silent'];
  const first = launch({}, npm);
  await first.until(READY);
  first.signal('SIGINT');
  await first.ended;
  expect(first.output()).toMatch(/Stopping …\n$/);
  const second = launch({}, npm);
  await second.until(READY);
  second.signal('SIGTERM');
  await second.ended;
});

test('with --https a headset on the network signs in with the code from the console', async ({ browser }) => {
  const command = [process.execPath, ...HUB, '--https'];
  const hub = launch({}, command);
  const [, origin = ''] = await hub.until(READY);
  await hub.until(/The certificate is self-signed/);
  expect(origin).toBe(`https://${lanAddresses()[0] ?? 'localhost'}:${port}`);

  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  // Another name of the same machine: everybody ends at the one origin.
  await page.goto(`https://127.0.0.1:${port}/desk`);
  expect(page.url()).toBe(`${origin}/desk`);
  await page.getByRole('textbox', { name: 'Work e-mail address' }).fill('expert1@abc.com');
  await page.getByRole('button', { name: 'Next' }).click();
  const code = page.getByRole('textbox', { name: 'Code from the console' });
  const refused = page.getByRole('alert').filter({ hasText: 'That code is not right.' });

  await pickAccount(page, 'Elena Fischer');
  await expect(refused).toBeVisible();
  const [, shown = ''] = await hub.until(/Sign-in code: (\d{4}-\d{4}) /);
  await code.fill(shown.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)));
  await pickAccount(page, 'Elena Fischer');
  await expect(refused).toBeVisible();
  await code.fill(shown);
  await pickAccount(page, 'Elena Fischer');
  await expect(page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
  await expect(page.getByText('Demo', { exact: true })).toBeVisible();
  await context.close();
});

test('the certificate is made once and kept, and PUBLIC_ORIGIN is the one origin', async () => {
  const command = [process.execPath, ...HUB, '--https'];
  const certificate = async (): Promise<string> => readFile(join(folder, 'data', 'tls', 'cert.pem'), 'utf8');
  const first = launch({}, command);
  await first.until(READY);
  const made = await certificate();
  expect(new X509Certificate(made).checkHost('localhost')).toBe('localhost');
  first.signal('SIGINT');
  expect(await first.ended).toBe(0);

  const PUBLIC_ORIGIN = 'https://assist.abc.com';
  const second = launch({ PUBLIC_ORIGIN }, command);
  expect((await second.until(READY))[1]).toBe(PUBLIC_ORIGIN);
  expect(await certificate()).toBe(made);
  for (const name of ['127.0.0.1', ...lanAddresses().slice(0, 1)]) {
    const answer = await ask(`https://${name}:${port}/desk?a=b`);
    expect([answer.status, answer.headers.location]).toEqual([308, `${PUBLIC_ORIGIN}/desk?a=b`]);
  }
  const config = await ask(`https://127.0.0.1:${port}/config.json`, { host: 'assist.abc.com' });
  expect(config.body).toContain(`"issuer":"${PUBLIC_ORIGIN}/`);
});
