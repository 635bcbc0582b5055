import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get as httpsGet } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lanAddresses, loadTlsMaterial } from '../../src/hub/https.ts';
import { createLogger } from '../../src/hub/log.ts';
import { type RunningHub, startHub } from '../../src/hub/main.ts';
import { parseSettings, type Settings } from '../../src/hub/settings.ts';
import { StartError } from '../../src/hub/start-error.ts';
import { placeEmptyDatabase } from './support/database-template.ts';
import { folderOfThisTest } from './support/temporary-folder.ts';

const TIMEOUT_MS = 120_000;

function settingsOf(env: Readonly<Record<string, string>>, argv: readonly string[] = []): Settings {
  const result = parseSettings({ PORT: '0', HOST: '127.0.0.1', ...env }, argv);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.settings;
}

async function dataFolder(): Promise<string> {
  const folder = folderOfThisTest();
  await placeEmptyDatabase(folder);
  return folder;
}

async function start(settings: Settings): Promise<RunningHub> {
  const rootDir = folderOfThisTest();
  mkdirSync(join(rootDir, 'dist', 'pages'), { recursive: true });
  writeFileSync(join(rootDir, 'dist', 'pages', 'desk.html'), 'the desk');
  mkdirSync(join(rootDir, 'assets', 'demo'), { recursive: true });
  for (const name of ['companies.json', 'sign-in.css', 'sign-in.js']) {
    writeFileSync(join(rootDir, 'assets', 'demo', name), readFileSync(join('assets', 'demo', name)));
  }
  const hub = await startHub(settings, { rootDir, announceCode: () => {}, logger: createLogger('silent') });
  onTestFinished(() => hub.close());
  return hub;
}

describe('the hub', () => {
  test(
    'serves pages, settings and the hub under one origin, and leaves everything free when it ends',
    async () => {
      const DATA_DIR = await dataFolder();
      const first = await start(settingsOf({ DATA_DIR }));
      expect(await (await fetch(`${first.origin}/desk`)).text()).toBe('the desk');
      expect((await fetch(`${first.origin}/readyz`)).status).toBe(200);
      expect(await (await fetch(`${first.origin}/config.json`)).text()).toContain(first.origin);
      expect((await fetch(`${first.origin}/hub/negotiate?negotiateVersion=1`, { method: 'POST' })).status).toBe(401);
      expect((await fetch(`${first.origin}/hub/negotiate`)).status).toBe(404);
      await first.close();
      await first.close();
      await expect(fetch(`${first.origin}/healthz`)).rejects.toThrow();
      const second = await start(settingsOf({ DATA_DIR, PORT: new URL(first.origin).port }));
      expect(second.origin).toBe(first.origin);
    },
    TIMEOUT_MS,
  );

  test(
    'signs nobody out by a restart: the demo’s keys stay',
    async () => {
      const DATA_DIR = await dataFolder();
      const keysOf = async (hub: RunningHub): Promise<unknown> => {
        const config = (await (await fetch(`${hub.origin}/config.json`)).json()) as { tenants: { issuer: string }[] };
        return (await fetch(`${config.tenants[0]?.issuer}/keys`)).json();
      };
      const first = await start(settingsOf({ DATA_DIR }));
      const keys = await keysOf(first);
      await first.close();
      expect(await keysOf(await start(settingsOf({ DATA_DIR })))).toEqual(keys);
      expect(JSON.stringify(keys)).not.toContain('"d"');
    },
    TIMEOUT_MS,
  );

  test(
    'does not start on a port or a folder that is taken, and says so in one line',
    async () => {
      const DATA_DIR = await dataFolder();
      const hub = await start(settingsOf({ DATA_DIR }));
      const port = new URL(hub.origin).port;
      await expect(start(settingsOf({ DATA_DIR }))).rejects.toThrow(/^The data folder \S+ is in use by another hub\./);
      const elsewhere = start(settingsOf({ DATA_DIR: folderOfThisTest(), PORT: port }));
      await expect(elsewhere).rejects.toThrow(`Port ${port} is taken by another program. Stop that one, or set PORT.`);
      await expect(elsewhere).rejects.toBeInstanceOf(StartError);
    },
    TIMEOUT_MS,
  );

  test(
    'speaks HTTPS with a certificate of its own, and moves other names to its origin',
    async () => {
      const hub = await start(settingsOf({ DATA_DIR: await dataFolder() }, ['--https']));
      expect(hub.origin).toMatch(/^https:\/\/localhost:\d+$/);
      const { port } = new URL(hub.origin);
      const answer = await new Promise<{ status: number | undefined; location: string | undefined }>(
        (resolve, reject) => {
          httpsGet(`https://127.0.0.1:${port}/desk`, { rejectUnauthorized: false }, (response) => {
            response.resume();
            resolve({ status: response.statusCode, location: response.headers.location });
          }).once('error', reject);
        },
      );
      expect(answer).toEqual({ status: 308, location: `${hub.origin}/desk` });
    },
    TIMEOUT_MS,
  );
});

describe('the certificate', () => {
  test('names localhost and all addresses of this machine, and is kept', async () => {
    const folder = folderOfThisTest();
    const made = await loadTlsMaterial({ tls: undefined }, folder);
    const certificate = new X509Certificate(made.cert);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    for (const address of ['127.0.0.1', ...lanAddresses()]) expect(certificate.checkIP(address)).toBe(address);
    const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000;
    expect(days).toBeLessThanOrEqual(398);
    expect(await loadTlsMaterial({ tls: undefined }, folder)).toEqual(made);
    writeFileSync(join(folder, 'tls', 'cert.pem'), 'damaged');
    expect((await loadTlsMaterial({ tls: undefined }, folder)).cert).toContain('BEGIN CERTIFICATE');
  });

  test('of one’s own is named when it cannot be read', async () => {
    const tls = { certPath: '/nowhere/cert.pem', keyPath: '/nowhere/key.pem' };
    await expect(loadTlsMaterial({ tls }, folderOfThisTest())).rejects.toThrow(
      'TLS_CERT cannot be read: /nowhere/cert.pem',
    );
  });
});

describe('the command line', () => {
  const run = async (env: Readonly<Record<string, string>>, argv: readonly string[] = []) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/hub/cli.ts', ...argv], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const [code] = await once(child, 'close');
    return { code, errors };
  };

  test(
    'says what is wrong in one clear line, and ends with 1',
    async () => {
      const blocker = createServer().listen(0, '127.0.0.1');
      await once(blocker, 'listening');
      onTestFinished(() => void blocker.close());
      const address = blocker.address();
      const PORT = String(typeof address === 'object' ? address?.port : '');
      const [wrong, taken, unwritable] = await Promise.all([
        run({ PORT: 'many' }),
        run({ PORT, DATA_DIR: folderOfThisTest() }),
        run({ DATA_DIR: join('package.json', 'data') }),
      ]);
      expect(wrong).toEqual({ code: 1, errors: expect.stringMatching(/^PORT must be .*\n$/) });
      expect(taken).toEqual({
        code: 1,
        errors: `Port ${PORT} is taken by another program. Stop that one, or set PORT.\n`,
      });
      expect(unwritable).toEqual({
        code: 1,
        errors: expect.stringMatching(/^The data folder .* cannot be written \(ENOTDIR\)\. .*\n$/),
      });
    },
    TIMEOUT_MS,
  );
});
