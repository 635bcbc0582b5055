import { expect, type Page } from '@playwright/test';
import type { Harness, HarnessOptions, ShownFrame } from '../support/media-harness/harness.ts';
import { serveHarness } from '../support/media-harness/serve.ts';
import { test } from './support/fixtures.ts';
import { watchContext } from './support/watch.ts';

/** A link between a headset and a desk in one real browser: a head that turns at up to 126 degrees a second. */
let server: Awaited<ReturnType<typeof serveHarness>>;
test.beforeAll(async () => {
  server = await serveHarness();
});
test.afterAll(() => server.close());

test.beforeEach(async ({ page }) => {
  await page.goto(server.url);
  await page.waitForFunction(() => window.startHarness !== undefined);
});

declare global {
  interface Window {
    harness?: Harness;
  }
}

function start(page: Page, options: HarnessOptions = {}): Promise<void> {
  return page.evaluate((given) => {
    if (window.startHarness !== undefined) window.harness = window.startHarness(given);
  }, options);
}

const watch = (page: Page, frames: number): Promise<ShownFrame[]> =>
  page.evaluate(async (count) => (await window.harness?.watch(count)) ?? [], frames);
const stateOf = (page: Page, side: 'headset' | 'desk') =>
  page.evaluate((which) => window.harness?.[which].state.value, side);

/** Head pose of the displayed frame against the truth of that frame, in degrees, smallest first. */
function yawErrorsDeg(frames: readonly ShownFrame[]): number[] {
  return frames
    .filter(({ tracked }) => tracked)
    .map(({ yawErrorDeg }) => yawErrorDeg ?? Number.NaN)
    .sort((a, b) => a - b);
}

const WAYS: readonly HarnessOptions[] = [
  { codec: 'video/H264', headsetPolite: true },
  { codec: 'video/VP8', headsetPolite: false },
  { codec: 'video/H264', sender: 'encoded-streams', receiver: 'encoded-streams' },
  { codec: 'video/VP8', sender: 'encoded-streams', receiver: 'encoded-streams', headsetPolite: false },
  { codec: 'video/H264', receiver: 'rtp-map' },
  { codec: 'video/VP8', receiver: 'rtp-map', headsetPolite: false },
];

for (const way of WAYS) {
  const title = `${way.codec} by ${way.receiver ?? 'script-transform'}`;
  test(`every displayed frame brings the pose of its capture: ${title}`, async ({ page, context }) => {
    const faults = watchContext(context, server.url);
    await start(page, way);
    // The first second: the camera's clock is learned.
    await watch(page, 45);
    const frames = await watch(page, 90);
    expect(await page.evaluate(() => window.harness?.codec())).toBe(way.codec);
    expect(frames.filter(({ frameId }) => frameId === null)).toEqual([]);
    expect(frames.filter(({ tracked, spaceEpoch }) => tracked && spaceEpoch !== 3)).toEqual([]);
    const errors = yawErrorsDeg(frames);
    const at = (share: number): number => errors[Math.floor(share * (errors.length - 1))] ?? Number.NaN;
    console.log(`${title}: tracked ${errors.length}/90, yaw p50 ${at(0.5).toFixed(3)} p95 ${at(0.95).toFixed(3)} deg`);
    expect(errors.length).toBeGreaterThan(45);
    expect(at(0.5)).toBeLessThan(0.1);
    expect(at(0.9)).toBeLessThan(0.6);
    const sent = (await page.evaluate(() => window.harness?.sentFrameIds())) ?? [];
    expect(frames.every(({ frameId }) => frameId !== null && sent.includes(frameId))).toBe(true);
    await page.evaluate(() => window.harness?.stop());
    expect(faults.problems).toEqual([]);
  });
}

test('frames without tags come through a desk that reads tags, and have none', async ({ page }) => {
  await start(page, { sender: 'none' });
  const frames = await watch(page, 30);
  expect(frames.every(({ frameId }) => frameId === null)).toBe(true);
});

test('a worker that does not load costs the poses, not the picture', async ({ page }) => {
  await page.route('**/pose-worker.ts*', (route) => route.abort());
  await start(page);
  const frames = await watch(page, 30);
  expect(frames.every(({ frameId }) => frameId === null)).toBe(true);
  expect(await page.evaluate(() => window.harness?.desk.poseTransport.value)).toBe('none');
});

test('frames are held back as a slow network would, and keep their poses', async ({ page }) => {
  await start(page, { holdMs: 150 });
  await watch(page, 45);
  const frames = await watch(page, 45);
  expect(Math.min(...frames.map(({ latencyMs }) => latencyMs))).toBeGreaterThan(150);
  expect(yawErrorsDeg(frames)[Math.floor(frames.length / 4)]).toBeLessThan(0.1);
});

test('a link outlives its signalling, and comes back after a peer was reloaded', async ({ page }) => {
  await start(page);
  await watch(page, 10);
  await expect.poll(() => stateOf(page, 'headset')).toBe('connected');

  await page.evaluate(() => window.harness?.cutSignalling(true));
  expect(await watch(page, 60)).toHaveLength(60);
  expect(await stateOf(page, 'desk')).toBe('connected');

  await page.evaluate(() => window.harness?.closeDesk());
  await expect.poll(() => stateOf(page, 'headset')).toBe('reconnecting');
  await page.evaluate(() => window.harness?.openDesk());
  expect(await stateOf(page, 'desk')).toBe('connecting');
  await page.evaluate(() => window.harness?.cutSignalling(false));
  await expect.poll(() => stateOf(page, 'headset')).toBe('connected');
  const frames = await watch(page, 30);
  expect(frames.filter(({ frameId }) => frameId === null)).toEqual([]);
});

test('video stops and starts again without a new negotiation', async ({ page }) => {
  await start(page);
  await watch(page, 10);
  await page.evaluate(() => {
    window.harness?.cutSignalling(true);
    window.harness?.sendVideo(false);
  });
  await expect.poll(() => page.evaluate(() => window.harness?.desk.quality.value.receivedKbps)).toBeLessThan(5);
  await page.evaluate(() => window.harness?.sendVideo(true));
  expect(await watch(page, 30)).toHaveLength(30);
});
