import type { Page } from '@playwright/test';

/** One page's way to everybody else, both to the hub and to its peers. */
export interface LinkCutter {
  /** Nothing comes through any more, in either direction, and nobody is told: as a cable that is pulled. */
  cut(): Promise<void>;
  /** What sockets held back meanwhile goes out and comes in. */
  mend(): Promise<void>;
}

/** All but unlimited, yet no no-op: only then does Chromium put its emulation under connections made from now on. */
const WHOLE = { offline: false, latency: 1, downloadThroughput: 1e8, uploadThroughput: 1e8, packetLoss: 0 };
/** `offline` holds back requests and sockets, `packetLoss` (percent) what WebRTC sends and gets. */
const CUT = { ...WHOLE, offline: true, packetLoss: 100 };

/** By the browser's own emulation of networks. Call it before the page enters a call. */
export async function createLinkCutter(page: Page): Promise<LinkCutter> {
  const debuggerOf = await page.context().newCDPSession(page);
  const emulate = async (conditions: typeof WHOLE): Promise<void> => {
    await debuggerOf.send('Network.emulateNetworkConditions', conditions);
  };
  await debuggerOf.send('Network.enable');
  await emulate(WHOLE);
  return { cut: () => emulate(CUT), mend: () => emulate(WHOLE) };
}
