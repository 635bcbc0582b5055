import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { type Actor, enterMixedReality, expectNoProblems, openTechnician } from './support/actors.ts';
import { openWireDesk, planWithLink, tokenOf, type WireDesk } from './support/agent.ts';
import { expectVideoToMove, freezePicture, press } from './support/call.ts';
import { clickPicture, shownFrame } from './support/desk.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { button, type Outsider, openOutsider } from './support/outsider.ts';
import { trueImagePoint } from './support/room.ts';

const MEETING = 'Compressor 2: bearing noise';
const SHOTS = 'test-results/join-desktop';
const TWO_DEVICES = '--use-fake-device-for-media-stream=device-count=2';

let hub: RunningHub;
let technician: Actor;
let desk: WireDesk;
let url: string;
let outsider: Outsider;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  let token = Promise.resolve('');
  technician = await openTechnician(browser, hub.origin, {
    prepare: async (page) => {
      token = tokenOf(page);
    },
  });
  desk = await openWireDesk(hub.origin, await token);
  ({ url } = await planWithLink(desk, { title: MEETING }));
});

test.afterAll(async () => {
  await outsider?.context.close();
  await technician?.context.close();
  await desk?.close();
  await hub?.dispose();
});

const shoot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });

test('somebody at a computer gives a name and chooses among two cameras and two microphones', async ({ browser }) => {
  outsider = await openOutsider(browser, { url, browserArgs: [TWO_DEVICES] });
  const { page } = outsider;
  await expect(page.getByRole('heading', { name: 'ABC invites you to a call' })).toBeVisible();
  await expect(page.getByText('Dana Okafor')).toHaveCount(0);
  await shoot(page, '1-welcome');
  await button(page, 'Join as a guest').click();
  await shoot(page, '2-name');
  await page.getByRole('textbox', { name: 'Your name' }).fill('Olga Outsider');
  await button(page, 'Continue').click();
  await shoot(page, '3-preview-off');
  await button(page, 'Show camera').click();
  await expectVideoToMove(page.getByLabel('Your picture'));
  await page.getByLabel('Camera').selectOption({ index: 1 });
  await expectVideoToMove(page.getByLabel('Your picture'));
  await page.getByLabel('Microphone').selectOption({ index: 1 });
  await button(page, 'Mute').click();
  await expect(button(page, 'Unmute')).toBeVisible();
  await shoot(page, '4-preview');
  await button(page, 'Unmute').click();
  await button(page, 'Stop showing').click();
  await expect(page.getByText('Your camera is off.')).toBeVisible();
});

test('the outsider waits, is admitted, and sees the headset’s picture', async () => {
  const { page } = outsider;
  await enterMixedReality(technician);
  await press(technician, `Join Meeting: ${MEETING}`);
  await press(technician, 'With video');
  await expect(technician.page.getByText('Camera live').first()).toBeAttached();
  await button(page, 'Ask to join').click();
  await expect(page.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
  await shoot(page, '5-lobby');
  await desk.invoke('admit', await desk.knocker('Olga Outsider'));
  await expect(page.getByRole('heading', { name: 'Call with Dana Okafor' })).toBeVisible();
  await expect(button(page, 'Start editing')).toBeEnabled();
  await shoot(page, '6-call');
});

test('the outsider draws on a frozen frame of the headset', async () => {
  const { page } = outsider;
  await freezePicture(page);
  const frame = await shownFrame(page);
  const seen = frame === null ? null : await trueImagePoint(technician.page, 'gauge', frame.captureTimeMs);
  if (seen === null) throw new Error('the gauge is not in the frozen picture');
  await button(page, 'Arrow').click();
  await clickPicture(page, seen);
  await expect(page.getByRole('list', { name: 'Annotations' }).getByRole('listitem')).toHaveCount(1);
  await shoot(page, '7-drawn');
  await button(page, 'Stop editing').click();
});

test('what an outsider may not do is greyed, with the reason', async () => {
  const { page } = outsider;
  await button(page, 'What you can do').click();
  const limits = page.getByRole('region', { name: 'What you can do' }).getByRole('listitem');
  await expect(limits.filter({ hasText: /^Add people/ })).toContainText('Only people of the company can add others.');
  await expect(limits.filter({ hasText: /^Open stored files/ })).toContainText('Share your screen instead.');
  await expect(limits.filter({ hasText: /^Draw/ })).not.toHaveAttribute('aria-disabled');
  await shoot(page, '8-limits');
  await page.keyboard.press('Escape');
});

test('the outsider shares a screen and stops it', async () => {
  const { page } = outsider;
  await button(page, 'Share screen').click();
  await expect(button(page, 'Stop sharing')).toBeVisible();
  await expectVideoToMove(page.getByLabel('Your picture'));
  await shoot(page, '9-sharing');
  await technician.page.screenshot({ path: `${SHOTS}/10-headset.png` });
  await button(page, 'Stop sharing').click();
  await expect(button(page, 'Share screen')).toBeVisible();
  expect(outsider.watch.problems).toEqual([]);
  expectNoProblems(technician);
});
