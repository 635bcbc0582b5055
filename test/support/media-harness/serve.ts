import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Serves the harness page from source, with its workers, to one test file. */
export async function serveHarness(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const server = await createServer({
    root,
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    // Found while a page loads, it would reload that page.
    optimizeDeps: { include: ['@preact/signals-core'] },
    // The app's own dev server may run beside this one.
    cacheDir: 'node_modules/.vite-media-harness',
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/test/support/media-harness/index.html`,
    close: () => server.close(),
  };
}
