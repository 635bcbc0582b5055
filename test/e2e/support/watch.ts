import type { BrowserContext, Page } from '@playwright/test';

/** What must never happen on any page: faults, unhandled rejections, and requests to somebody else. */
export interface Watch {
  readonly problems: readonly string[];
  /** The test itself cuts the line now: the browser's own words about failed requests are expected until `mended`. */
  cutting(): void;
  mended(): void;
}

/** Chromium says these of requests that fail; a page can't keep it from doing so. */
const NETWORK_LINE =
  /Failed to load resource|WebSocket connection to .* failed|net::ERR_|the server responded with a status of/;

/** `origin`: the one that pages may ask; null: any on this machine, for pages that a test serves itself. */
export function watchContext(context: BrowserContext, origin: string | null): Watch {
  const own = origin === null ? null : new URL(origin).host;
  const isOurs = (url: URL): boolean =>
    own === null ? url.hostname === 'localhost' || url.hostname === '127.0.0.1' : url.host === own;
  const problems: string[] = [];
  let cut = false;
  const watchPage = (page: Page): void => {
    page.on('pageerror', (error) => problems.push(`${page.url()}: unhandled ${error.message}`));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      if (cut && NETWORK_LINE.test(message.text())) return;
      problems.push(`${page.url()}: console ${message.text()} ${message.location().url}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)) return;
      if (!isOurs(url)) problems.push(`${page.url()}: asked ${url.origin}`);
    });
    page.on('websocket', (socket) => {
      if (!isOurs(new URL(socket.url()))) problems.push(`${page.url()}: socket to ${socket.url()}`);
    });
  };
  for (const page of context.pages()) watchPage(page);
  context.on('page', watchPage);
  context.on('weberror', (error) => problems.push(`unhandled ${error.error().message}`));
  return {
    problems,
    cutting: () => {
      cut = true;
    },
    mended: () => {
      cut = false;
    },
  };
}
