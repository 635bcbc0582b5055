import type { Page } from '@playwright/test';

/** A page's way to the hub alone: what goes from browser to browser is not touched. */
export interface HubLink {
  /** Closed, and no other one until it is mended. */
  cut(): void;
  mend(): void;
}

/** Before the page loads anything. */
export async function holdHubLink(page: Page): Promise<HubLink> {
  const open = new Set<() => void>();
  let isCut = false;
  const isHub = (url: URL): boolean => url.pathname.startsWith('/hub') || url.pathname.startsWith('/api/join');
  await page.route(isHub, (route) => (isCut ? route.abort('internetdisconnected') : route.continue()));
  await page.routeWebSocket(isHub, (socket) => {
    if (isCut) return void socket.close();
    const server = socket.connectToServer();
    const close = (): void => {
      if (!open.delete(close)) return;
      void socket.close();
      void server.close();
    };
    open.add(close);
    socket.onClose(close);
    server.onClose(close);
  });
  return {
    cut: () => {
      isCut = true;
      for (const close of [...open]) close();
    },
    mend: () => {
      isCut = false;
    },
  };
}
