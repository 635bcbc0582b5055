import type { BrowserContext } from '@playwright/test';
import { createSignalRTransport } from '../../../src/client/connection/transport.ts';

/** A connection of its own to the hub, to see what an answer costs that takes no thinking. */
export interface RoundTrip {
  measureMs(): Promise<number>;
  dispose(): Promise<void>;
}

/** Remembers the access token that the context's pages show to the hub. */
export function watchToken(context: BrowserContext): () => string {
  let token = '';
  context.on('request', (request) => {
    const bearer = /^Bearer (.+)$/.exec(request.headers().authorization ?? '')?.[1];
    if (bearer !== undefined && new URL(request.url()).pathname.startsWith('/hub')) token = bearer;
  });
  return () => token;
}

export async function connectRoundTrip(origin: string, token: string): Promise<RoundTrip> {
  const transport = createSignalRTransport(`${origin}/hub`, async () => token);
  await transport.connect();
  return {
    async measureMs() {
      const startMs = performance.now();
      // Needs neither the store nor a call.
      await transport.invoke('iceServers', {});
      return performance.now() - startMs;
    },
    dispose: () => transport.disconnect(),
  };
}
