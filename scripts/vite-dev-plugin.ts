import type { Plugin } from 'vite';

/** Where `npm run dev` starts the hub; the pages' server passes on everything that is not a page. */
const HUB_ORIGIN = process.env.SIGHTLINE_DEV_HUB ?? 'http://localhost:4401';
const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const PAGES: Readonly<Record<string, string>> = {
  '/desk': '/desk.html',
  '/admin': '/admin.html',
  '/diagnostics': '/diagnostics.html',
};

const JOIN_LINK = /^\/join\/[^/]*$/;

/** The hub's addresses and short page names on Vite's development server. */
export function devPlugin(): Plugin {
  return {
    name: 'sightline-dev',
    apply: 'serve',
    config: () => ({
      server: {
        proxy: {
          '^/hub': { target: HUB_ORIGIN, ws: true },
          [`^/(config\\.json|healthz|readyz|demo|api|${GUID})`]: { target: HUB_ORIGIN },
        },
      },
    }),
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '', query] = (request.url ?? '').split('?');
        const page = PAGES[path] ?? (JOIN_LINK.test(path) ? '/join.html' : undefined);
        if (page !== undefined) request.url = query === undefined ? page : `${page}?${query}`;
        next();
      });
    },
  };
}
