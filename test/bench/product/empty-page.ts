import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

export interface ServedPage {
  readonly url: string;
  dispose(): Promise<void>;
}

/** Builds the page of an empty room as the product's pages are built, and serves it. */
export async function serveEmptyPage(): Promise<ServedPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'sightline-bench-'));
  const root = 'test/bench/pages';
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'chrome109', rolldownOptions: { input: `${root}/empty.html` } },
  });
  const server = await preview({
    configFile: false,
    root,
    logLevel: 'error',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the empty page has no address');
  return {
    url: new URL('empty.html', url).href,
    async dispose() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
