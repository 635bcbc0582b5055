import { expect, test } from '@playwright/test';
import { type Actor, enterMixedReality, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { markLandmark, meetInRoom, press, visibleIds } from './support/call.ts';
import { expectPictureToMove, reportedTips } from './support/desk.ts';
import { emulator } from './support/hand.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { createLinkCutter, type LinkCutter } from './support/link.ts';

const MEETING = 'Pump 4: seal replacement';
const CUT_MS = 3_000;

let hub: RunningHub;
let technician: Actor;
let expert: Actor;
let technicianLink: LinkCutter;
let expertLink: LinkCutter;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  hub = await startHub();
  technician = await openTechnician(browser, hub.origin);
  technicianLink = await createLinkCutter(technician.page);
  expert = await openExpert(browser, hub.origin);
  expertLink = await createLinkCutter(expert.page);
  await meetInRoom(technician, expert, MEETING);
  await emulator(technician.page, 'lookAt', 'gauge');
});

test.afterAll(async () => {
  await technician?.context.close();
  await expert?.context.close();
  await hub?.dispose();
});

const annotations = () => expert.page.getByRole('list', { name: 'Annotations' }).getByRole('listitem');
const stage = () => expert.page.getByRole('region', { name: 'Stage' });
const danasDevice = (): string | undefined =>
  Object.values(expert.socket.call()?.participants ?? {}).find((one) => one.name === 'Dana Okafor')?.device?.id;

const markGauge = (): Promise<void> => markLandmark({ technician, expert, landmark: 'gauge' });

/** Cuts somebody off until the others say so, and for three seconds at least; then mends it. */
async function cutOff(actor: Actor, link: LinkCutter, untilSaid: () => Promise<void>): Promise<void> {
  actor.watch.cutting();
  await link.cut();
  const cutAtMs = Date.now();
  await expect(actor.page.getByText('No network. Everything comes back by itself.').first()).toBeAttached();
  await untilSaid();
  await expect.poll(() => Date.now() - cutAtMs).toBeGreaterThanOrEqual(CUT_MS);
  await link.mend();
  await expect(actor.page.getByText('No network. Everything comes back by itself.')).toHaveCount(0);
}

test('when the headset is cut off for three seconds the desk says so, then everything is back by itself', async () => {
  await markGauge();
  await markGauge();
  const marks = visibleIds(expert);
  const notice = stage().getByText('Dana Okafor is reconnecting', { exact: true });
  await cutOff(technician, technicianLink, () => expect(notice).toBeVisible());
  await expect(notice).toBeHidden();
  await expectPictureToMove(expert.page);
  technician.watch.mended();
  expect(visibleIds(expert)).toEqual(marks);
  await expect(annotations()).toHaveText([/In place$/, /In place$/]);
  await markGauge();
  await expect.poll(() => visibleIds(technician)).toEqual(visibleIds(expert));
});

test('when the desk is cut off for three seconds the headset says so, then everything is back by itself', async () => {
  const marks = visibleIds(expert);
  const notice = technician.page.getByText('Elena Fischer is reconnecting');
  await cutOff(expert, expertLink, () => expect(notice).toBeAttached());
  await expect(notice).toHaveCount(0);
  await expectPictureToMove(expert.page);
  expert.watch.mended();
  await expect(expert.page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
  expect(visibleIds(expert)).toEqual(marks);
});

test('a headset page that is reloaded in a call is back in it, and says that old places are lost', async () => {
  const before = { device: danasDevice(), marks: visibleIds(expert) };
  await technician.page.reload();
  await expect(technician.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await expect(stage().getByText('Dana Okafor’s video is off.')).toBeVisible();
  await expect(annotations()).toHaveText([/Place lost$/, /Place lost$/, /Place lost$/]);
  expect(danasDevice()).toBe(before.device);
  expect(before.device).toMatch(/^[0-9a-f-]{36}$/);
  expect(visibleIds(expert)).toEqual(before.marks);
});

test('with the room and the video back the expert sees and draws again, and no old drawing in a wrong place', async () => {
  await enterMixedReality(technician);
  await press(technician, 'Start Video');
  await expect(technician.page.getByText('Camera live').first()).toBeAttached();
  await expect(technician.page.getByText('Some marks lost their place. Look around slowly.')).toBeAttached();
  await emulator(technician.page, 'lookAt', 'gauge');
  await expect(expert.page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
  await expectPictureToMove(expert.page);
  await markGauge();
  await expect(annotations()).toHaveText([/Place lost$/, /Place lost$/, /Place lost$/, /In place$/]);
  const newest = visibleIds(expert).at(-1) ?? '';
  await expect.poll(async () => Object.keys((await reportedTips(expert.page))?.tips ?? {})).toEqual([newest]);
});

test('a desk that is reloaded in a call is back in it, with the picture and every annotation', async () => {
  const marks = visibleIds(expert);
  await expert.page.reload();
  await expect(expert.page).toHaveTitle('In a call with Dana Okafor');
  await expect(annotations()).toHaveText([/Place lost$/, /Place lost$/, /Place lost$/, /In place$/]);
  await expect(expert.page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
  await expectPictureToMove(expert.page);
  await markGauge();
  await expert.page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => visibleIds(technician)).toEqual(marks);
});

test('nothing went wrong on any page', () => {
  expectNoProblems(technician, expert);
});
