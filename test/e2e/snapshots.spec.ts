import { expect, test } from '@playwright/test';
import { FIRST_SNAPSHOT_FRAME_ID } from '../../src/domain/registration/frame-memory.ts';
import type { Vec3 } from '../../src/domain/registration/pose.ts';
import { type Actor, enterMixedReality, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { press, visibleIds } from './support/call.ts';
import { clickPicture, reportedTips, shownFrame } from './support/desk.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import {
  headRateAt,
  landmarkOf,
  placesInRoom,
  spaceOriginOf,
  stopSwaying,
  swayAround,
  trueImagePoint,
} from './support/room.ts';

/** Both pages may only use relays, and the hub knows none: as behind a firewall that lets nothing but the web through. */
const MEETING = 'Pump 4: seal replacement';
const LANDMARK = 'gauge';
const HEAD_DEG_PER_S = 30;
const MAX_ERROR_MM = 20;
/** Of the picture’s sides; the picture is about 65 degrees wide, so this is one degree. */
const MAX_OVERLAY_SHARE = 0.015;
/** The link gives up after 20 s; the rest is for negotiating on a busy machine. */
const NO_PATH_TIMEOUT_MS = 60_000;

let hub: RunningHub;
let technician: Actor;
let expert: Actor;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  hub = await startHub();
  technician = await openTechnician(browser, hub.origin, { query: '&relayOnly' });
  expert = await openExpert(browser, hub.origin, { query: '?relayOnly' });
});

test.afterAll(async () => {
  await technician?.context.close();
  await expert?.context.close();
  await hub?.dispose();
});

test('where there is no path for video the desk says what to do, and offers snapshots or the end', async () => {
  test.setTimeout(2 * NO_PATH_TIMEOUT_MS);
  await enterMixedReality(technician);
  await press(technician, `Join Meeting: ${MEETING}`);
  await press(technician, 'With video');
  await expert.page.getByRole('button', { name: `Join ${MEETING}` }).click();
  const stage = expert.page.getByRole('region', { name: 'Stage' });
  await expect(stage.getByText('No path for video')).toBeVisible({ timeout: NO_PATH_TIMEOUT_MS });
  await expect(stage.getByText(/Ask your network’s owner to allow UDP/)).toBeVisible();
  await expect(stage.getByRole('button', { name: 'End Call' }).first()).toBeVisible();
  await expect(technician.page.getByText(/Ask your network’s owner to open UDP or TURN/).first()).toBeAttached({
    timeout: NO_PATH_TIMEOUT_MS,
  });
  await expert.page.screenshot({ path: 'test-results/screenshots/desk-no-path.png' });
});

test('a mark on a snapshot lands on its landmark', async () => {
  const { page } = expert;
  await swayAround(technician.page, LANDMARK, HEAD_DEG_PER_S);
  await page.getByRole('button', { name: 'Use snapshots' }).click();
  // A machine that draws everything in software may leave the headset without a pose for too long: then another is taken.
  await expect(async () => {
    // Said for a few seconds only, whenever the desk has drawn the picture.
    await Promise.all([
      expect(technician.page.getByText('Sent a snapshot.').first()).toBeAttached({ timeout: 10_000 }),
      page.getByRole('button', { name: 'Take snapshot' }).click(),
    ]);
    await expect(page.getByText(/^Snapshot, taken at \d+:\d+:\d+/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Start editing' })).toBeEnabled({ timeout: 5_000 });
  }).toPass();
  const frame = await shownFrame(page);
  expect(frame?.frameId).toBeGreaterThanOrEqual(FIRST_SNAPSHOT_FRAME_ID);
  await stopSwaying(technician.page);
  const seen = await trueImagePoint(technician.page, LANDMARK, frame?.captureTimeMs ?? 0);
  if (seen === null) throw new Error(`${LANDMARK} is not in the snapshot`);
  await page.getByRole('button', { name: 'Start editing' }).click();
  await clickPicture(page, seen);
  await expect.poll(() => visibleIds(expert).length).toBe(1);
  await page.screenshot({ path: 'test-results/screenshots/desk-snapshot.png' });
  const state = expert.socket.call();
  const origin = await spaceOriginOf(technician.page);
  const [place] = state === null ? [] : placesInRoom(state, origin).values();
  const rate = await headRateAt(technician.page, frame?.captureTimeMs ?? 0);
  const errorMm = distanceMm(place ?? [0, 0, 0], await landmarkOf(technician.page, LANDMARK));
  console.log(`snapshot, head ${rate.toFixed(0)} deg/s: ${errorMm.toFixed(1)} mm`);
  expect(errorMm).toBeLessThan(MAX_ERROR_MM);
});

test('the next snapshot shows what was drawn before, where it stands in this one', async () => {
  const { page } = expert;
  const first = await shownFrame(page);
  await page.getByRole('button', { name: 'Take snapshot' }).click();
  await expect.poll(async () => (await reportedTips(page))?.frameId ?? 0).toBeGreaterThan(first?.frameId ?? 0);
  const report = await reportedTips(page);
  const tip = Object.values(report?.tips ?? {})[0] ?? [0, 0];
  const truth = (await trueImagePoint(technician.page, LANDMARK, report?.captureTimeMs ?? 0)) ?? [1, 1];
  expect(Math.hypot(tip[0] - truth[0], tip[1] - truth[1])).toBeLessThan(MAX_OVERLAY_SHARE);
  await page.screenshot({ path: 'test-results/screenshots/desk-snapshot-marks.png' });
});

test('with the video off there is nothing to see, and ending the call is the other choice', async () => {
  await press(technician, 'Stop Video');
  await expect(expert.page.getByText('Dana Okafor’s video is off.', { exact: true })).toBeVisible();
  await press(expert, 'End Call');
  await expect(expert.page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
  expectNoProblems(technician, expert);
});

const distanceMm = (a: Vec3, b: Vec3): number => 1000 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
