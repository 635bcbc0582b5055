import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import type { AdminApi } from '../../../src/hub/admin-api/api.ts';
import { createApp } from '../../../src/hub/http/app.ts';
import { listStaticFiles } from '../../../src/hub/http/static-files.ts';
import type { JoinApi } from '../../../src/hub/join-api/api.ts';
import { createLogger } from '../../../src/hub/log.ts';
import { createMetrics } from '../../../src/hub/metrics.ts';

const ORIGIN = 'https://assist.abc.com';
const TOKEN = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345';

test('every link opens the same page, without asking anybody, and no token is logged [SPEC 11.2]', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-join-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'join.html'), '<!doctype html><title>Join</title>');
  const lines: string[] = [];
  const app = createApp({
    ...{ publicOrigin: ORIGIN, signInOrigins: [], files: listStaticFiles(folder) },
    config: { product: 'Sightline', demo: false, tenants: [] },
    logger: createLogger('debug', { write: (line) => void lines.push(line) }),
    metrics: createMetrics({ process: false }),
    admin: new Hono() as unknown as AdminApi,
    join: new Hono() as unknown as JoinApi,
    checkReady: async () => {},
  });
  const answers = [];
  for (const method of ['GET', 'HEAD']) {
    for (const token of [TOKEN, 'nonsense', '']) {
      const response = await app.request(`${ORIGIN}/join/${token}`, { method });
      expect(response.headers.get('Referrer-Policy')).toBe('no-referrer');
      answers.push({ status: response.status, text: await response.text() });
    }
  }
  const page = { status: 200, text: '<!doctype html><title>Join</title>' };
  expect(answers.slice(0, 3)).toEqual([page, page, page]);
  expect(answers.slice(3).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await app.request(`${ORIGIN}/join/${TOKEN}/more`)).status).toBe(404);
  expect(lines.join('')).not.toContain(TOKEN);
});
