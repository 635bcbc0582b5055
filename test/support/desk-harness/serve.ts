import { createServer } from 'vite';

/** The harness on a free local port; the address of its page. */
export async function serveHarness(root: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = await createServer({
    root,
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: { entries: ['test/support/desk-harness/index.html'] },
  });
  await server.listen();
  const address = server.httpServer?.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/test/support/desk-harness/index.html`, close: () => server.close() };
}
