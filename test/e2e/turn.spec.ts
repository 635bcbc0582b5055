import { expect } from '@playwright/test';
import { coturnInstalled, type RunningTurn, startCoturn } from '../support/coturn.ts';
import { serveHarness } from '../support/media-harness/serve.ts';
import { test } from './support/fixtures.ts';

/** Media through Debian's coturn alone, with credentials of the scheme that the hub uses. */
let server: Awaited<ReturnType<typeof serveHarness>>;
let turn: RunningTurn;
test.beforeAll(async () => {
  expect(coturnInstalled(), 'coturn is needed: apt-get install coturn').toBe(true);
  server = await serveHarness();
  turn = await startCoturn();
});
test.afterAll(async () => {
  await turn?.stop();
  await server?.close();
});

for (const protocol of ['udp', 'tcp'] as const) {
  test(`picture and poses come through a relay that is reached by ${protocol}`, async ({ page }) => {
    await page.goto(server.url);
    await page.waitForFunction(() => window.startHarness !== undefined);
    const iceServers = [turn.iceServer('ann@contoso.com', { protocol })];
    const result = await page.evaluate(async (servers) => {
      const harness = window.startHarness?.({ relayOnly: true, iceServers: servers });
      const frames = (await harness?.watch(60)) ?? [];
      const types = (await harness?.candidateTypes()) ?? [];
      harness?.stop();
      return { tagged: frames.slice(30).filter(({ frameId }) => frameId !== null).length, types };
    }, iceServers);
    expect(result.types.length).toBeGreaterThan(0);
    expect(result.types.every((type) => type.startsWith('relay '))).toBe(true);
    expect(result.tagged).toBe(30);
  });
}

test('a relay refuses credentials that have ended', async ({ page }) => {
  await page.goto(server.url);
  await page.waitForFunction(() => window.startHarness !== undefined);
  const errorCode = await page.evaluate(
    (iceServer) =>
      new Promise<number>((resolve) => {
        const peer = new RTCPeerConnection({ iceServers: [iceServer], iceTransportPolicy: 'relay' });
        peer.onicecandidateerror = (event) => resolve(event.errorCode);
        peer.createDataChannel('any');
        void peer.setLocalDescription();
      }),
    turn.iceServer('ann@contoso.com', { ttlS: -10 }),
  );
  expect(errorCode).toBe(401);
});
