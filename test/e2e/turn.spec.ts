import { createHmac } from 'node:crypto';
import { type Browser, expect } from '@playwright/test';
import { distance } from '../../src/domain/registration/vec3.ts';
import { coturnInstalled, type RunningTurn, startCoturn } from '../support/coturn.ts';
import { serveHarness } from '../support/media-harness/serve.ts';
import { type Actor, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { markLandmark, meetInRoom, visibleIds } from './support/call.ts';
import { expectPictureToMove } from './support/desk.ts';
import { test } from './support/fixtures.ts';
import { emulator } from './support/hand.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { keepPeers, peerReports } from './support/peers.ts';
import { landmarkOf, placesInRoom, spaceOriginOf } from './support/room.ts';

/** Media through Debian's coturn alone. */
let turn: RunningTurn;
test.beforeAll(async () => {
  expect(coturnInstalled(), 'coturn is needed: apt-get install coturn').toBe(true);
  turn = await startCoturn();
});
test.afterAll(() => turn?.stop());

test.describe('a link with credentials of the scheme that the hub uses', () => {
  let server: Awaited<ReturnType<typeof serveHarness>>;
  test.beforeAll(async () => {
    server = await serveHarness();
  });
  test.afterAll(() => server?.close());

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
});

test.describe('a call of the whole product', () => {
  test.describe.configure({ mode: 'serial' });
  const MAX_ERROR_MM = 20;
  let hub: RunningHub;
  let technician: Actor;
  let expert: Actor;

  test.beforeAll(async ({ browser }) => {
    const urls = `turn:127.0.0.1:${turn.port}?transport=udp`;
    hub = await startHub({ env: { TURN_URLS: urls, TURN_SECRET: turn.secret } });
    await openBoth(browser);
  });
  test.afterAll(async () => {
    await technician?.context.close();
    await expert?.context.close();
    await hub?.dispose();
  });

  async function openBoth(browser: Browser): Promise<void> {
    technician = await openTechnician(browser, hub.origin, { query: '&relayOnly', prepare: keepPeers });
    expert = await openExpert(browser, hub.origin, { query: '?relayOnly', prepare: keepPeers });
  }

  const personOf = (name: string): string =>
    Object.values(expert.socket.call()?.participants ?? {}).find((one) => one.name === name)?.person ?? '';

  test('goes through the relay alone, with credentials that the hub made for each person', async () => {
    await meetInRoom(technician, expert, 'Pump 4: seal replacement');
    await expectPictureToMove(expert.page);

    const sides = [
      { actor: technician, person: personOf('Dana Okafor') },
      { actor: expert, person: personOf('Elena Fischer') },
    ];
    for (const { actor, person } of sides) {
      // A candidate that is heard of only by its packets is named a relay's once the other side has told of it.
      const carriers = async () => (await peerReports(actor.page)).map(({ carriedBy }) => carriedBy);
      await expect.poll(carriers).toEqual(['relay relay']);
      const [link] = await peerReports(actor.page);
      expect(new Set(link?.offered)).toEqual(new Set(['relay']));
      const { username = '', credential } = link?.iceServers[0] ?? {};
      expect(username.replace(/^\d+:/, '')).toBe(person);
      expect(credential).toBe(createHmac('sha1', turn.secret).update(username).digest('base64'));
      // The relay's own word that this is who it serves.
      await expect.poll(turn.output).toContain(`user <${username}>: incoming packet ALLOCATE processed, success`);
    }
    expect(sides[0]?.person).not.toBe(sides[1]?.person);
  });

  test('has marks that land where they are set', async () => {
    await emulator(technician.page, 'lookAt', 'gauge');
    await markLandmark({ technician, expert, landmark: 'gauge' });
    await expect.poll(() => visibleIds(technician)).toEqual(visibleIds(expert));
    const state = expert.socket.call();
    const places = state === null ? new Map() : placesInRoom(state, await spaceOriginOf(technician.page));
    const errorsMm = [];
    for (const place of places.values()) {
      errorsMm.push(1000 * distance(place, await landmarkOf(technician.page, 'gauge')));
    }
    expect(errorsMm).toHaveLength(1);
    expect(errorsMm[0]).toBeLessThan(MAX_ERROR_MM);
    expectNoProblems(technician, expert);
  });
});
