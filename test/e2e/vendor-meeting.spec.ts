import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { PanelDescription } from '../../src/ui/panels/description.ts';
import { homePanel } from '../../src/ui/panels/home.ts';
import { contact, homeView, meeting, TEXTS, view } from '../support/headset-views.ts';
import { type Actor, enterMixedReality, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { expectVideoToMove, markLandmark, press, visibleIds } from './support/call.ts';
import { readSocket } from './support/call-log.ts';
import { reportedTips } from './support/desk.ts';
import { aimAlong, displayFrames, emulator } from './support/hand.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { button, goToPreview, openOutsider } from './support/outsider.ts';
import { pressByRay } from './support/panel-ray.ts';
import { landmarkOf, placesInRoom, spaceOriginOf } from './support/room.ts';

/** The six steps of "Vendors and contractors use the desktop": a technician who is alone in the company, and an outsider. */
const MEETING = 'Filler line 3: drive trips';
const OTHER_MEETING = 'Pump 4: seal replacement';
const OUTSIDER_MAIL = 'olga.petrova@oem.example';
const OUTSIDER = 'Olga Petrova';
const TECHNICIAN = { mail: 'dana.okafor@abc.com', name: 'Dana Okafor' } as const;
const MAX_ERROR_MM = 20;
const SHOTS = 'test-results/vendor-meeting';

let hub: RunningHub;
let desk: Actor;
let headset: Actor;
let outsider: Actor;
let link = '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  desk = await openExpert(browser, hub.origin, TECHNICIAN);
  await desk.context.grantPermissions(['clipboard-read', 'clipboard-write', 'notifications']);
});

test.afterAll(async () => {
  await outsider?.context.close();
  await headset?.context.close();
  await desk?.context.close();
  await hub?.dispose();
});

const shoot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test('1: the technician schedules a meeting at the own desk, is warned, and copies the invitation', async () => {
  const { page } = desk;
  await button(page, 'Meetings').click();
  await button(page, 'Meet now').click();
  await expect(page.getByText('The meeting is open. Share its link.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await button(page, 'New meeting').click();
  await page.getByLabel('Subject').fill(MEETING);
  const people = page.getByLabel('Invite people');
  await people.fill(OUTSIDER_MAIL);
  await people.press('Enter');
  await people.fill('Elena');
  await page.getByRole('list', { name: 'People found' }).getByRole('button', { name: /Elena/ }).click();
  const warning = page.getByRole('region', { name: 'Before you save' });
  const nobody = `${OUTSIDER_MAIL} would wait: nobody else invited sits at a desk. You can let them in at yours.`;
  await expect(warning.getByText(nobody)).toBeVisible();
  await expect(button(page, 'Let everyone in')).toBeVisible();
  const offer = button(page, 'Make Elena Fischer co-organizer');
  await expect(offer).toBeVisible();
  await shoot(page, '1a-warning');
  await offer.click();
  await expect(warning.getByText(nobody)).toHaveCount(0);
  // The seed's own case: the technician and the outsider alone. It is only a warning.
  await button(page, 'Remove Elena Fischer').click();
  await expect(warning.getByText(nobody)).toBeVisible();
  await button(page, 'Schedule meeting').click();
  await expect(page.getByRole('region', { name: 'Chosen meeting' }).getByText(OUTSIDER_MAIL)).toBeVisible();

  await button(page, 'Copy invitation').click();
  await expect(page.getByText('Copied')).toBeVisible();
  const text = await copied(page);
  expect(text).toContain(MEETING);
  link = /\S+\/join\/\S+/.exec(text)?.[0] ?? '';
  expect(link).toContain(`${hub.origin}/join/`);
  await shoot(page, '1b-invitation');
  const saving = page.waitForEvent('download');
  await button(page, 'Calendar file (.ics)').click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/\.ics$/);
  const ics = (await readFile(await file.path(), 'utf8')).replaceAll('\r\n ', '');
  expect(ics).toContain(`SUMMARY:${MEETING}`);
  expect(ics).toContain(link);
});

test('2: the technician signs in on the headset with the same account', async ({ browser }) => {
  headset = await openTechnician(browser, hub.origin);
  await shoot(headset.page, '2-signed-in');
});

/** As the room lays it out: how many lines it has is all that counts. */
function homePanelWith(contactCount: number, meetingCount: number): PanelDescription {
  const contacts = Array.from({ length: contactCount }, (_, at) => contact(`${at}`));
  const meetings = Array.from({ length: meetingCount }, (_, at) => meeting(`meeting ${at}`));
  const home = homeView({
    contacts: { state: 'ready', value: contacts },
    meetings: { state: 'ready', value: meetings },
  });
  return homePanel(home, view(), TEXTS);
}

test('3: Join Meeting stands below Recent Contacts, overlapping meetings are paged, and joining rings nobody', async () => {
  const { page } = headset;
  const listed = page.getByRole('list', { name: 'Join Meeting' }).getByRole('button');
  await expect(button(page, `Join Meeting: ${MEETING}`)).toBeVisible();
  await expect(button(page, `Join Meeting: ${OTHER_MEETING}`)).toBeVisible();
  // The meeting that was made to meet now is running as well, and not for the headset.
  await expect(listed.filter({ hasText: 'Meeting with' })).toHaveCount(0);
  const lists = await page.getByRole('list').evaluateAll((all) => all.map((one) => one.ariaLabel));
  expect(lists).toEqual(['Recent Contacts', 'Join Meeting']);
  const titles = await listed.evaluateAll((all) => all.map((one) => one.ariaLabel?.replace('Join Meeting: ', '')));
  const at = titles.indexOf(MEETING);
  expect(at).toBeGreaterThan(0);

  await enterMixedReality(headset);
  await shoot(page, '3a-first-meeting');
  const contacts = await page.getByRole('list', { name: 'Recent Contacts' }).getByRole('listitem').count();
  const panel = homePanelWith(contacts, titles.length);
  for (let turned = 0; turned < at; turned += 1) {
    await pressByRay(page, { panel, key: 'meetings-next', pages: new Map([['meetings', turned]]) });
  }
  await shoot(page, '3b-turned-to-ours');
  await pressByRay(page, { panel, key: `meeting ${at}`, pages: new Map([['meetings', at]]) });
  const question = page.getByRole('alertdialog', { name: 'Start with video?' });
  await expect(question.getByText(MEETING)).toBeAttached();
  await shoot(page, '3c-question');
  await press(headset, 'With video');
  await expect(page.getByText('Camera live').first()).toBeAttached();
  await shoot(page, '3d-joined');
  expect(headset.socket.events().map(({ event }) => event.type)).not.toContain('rang');
  await expect(desk.page.getByRole('dialog')).toHaveCount(0);
});

test('4: the outsider opens the link from the invitation', async ({ browser }) => {
  let socket: Actor['socket'] | null = null;
  const opened = await openOutsider(browser, {
    url: link,
    prepare: async (page) => {
      socket = readSocket(page);
    },
  });
  if (socket === null) throw new Error('the page was not prepared');
  outsider = { ...opened, socket };
  await expect(outsider.page.getByRole('heading', { name: 'ABC invites you to a call' })).toBeVisible();
  // Without a sign-in nothing of the meeting is told but the company.
  for (const told of [MEETING, TECHNICIAN.name]) await expect(outsider.page.getByText(told)).toHaveCount(0);
  await shoot(outsider.page, '4-link');
});

test('5: the outsider gives a name, waits, and is admitted from the technician’s own desk page', async () => {
  const { page } = outsider;
  await goToPreview(page, OUTSIDER);
  await button(page, 'Show camera').click();
  await expectVideoToMove(page.getByLabel('Your picture'));
  await shoot(page, '5a-preview');
  await button(page, 'Ask to join').click();
  await expect(page.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
  await shoot(page, '5b-lobby');
  const said = `${OUTSIDER} waits in the lobby of ${MEETING}.`;
  const waiting = headset.page.getByRole('status').filter({ hasText: said });
  await expect(waiting).toBeAttached();
  await expect(headset.page.getByRole('button', { name: `Admit ${OUTSIDER}` })).toHaveCount(0);
  await expect(waiting).toContainText(`At a desk, these people can admit: ${TECHNICIAN.name}.`);
  await shoot(headset.page, '5c-headset-tells');
  // Until admitted nothing flows.
  expect(outsider.socket.events()).toEqual([]);
  await expect(desk.page.getByRole('status').filter({ hasText: OUTSIDER })).toBeAttached();
  await shoot(desk.page, '5d-desk-notice');
  await button(desk.page, `Admit ${OUTSIDER}`).click();
  await expect(page.getByRole('heading', { name: `Call with ${TECHNICIAN.name}` })).toBeVisible();
  await expect(waiting).toHaveCount(0);
});

const annotations = () => outsider.page.getByRole('list', { name: 'Annotations' }).getByRole('listitem');

/** How far the newest annotation, as the outsider's page knows it, is from a landmark, mm. */
async function errorMm(landmark: string): Promise<number> {
  const state = outsider.socket.call();
  const places = state === null ? null : placesInRoom(state, await spaceOriginOf(headset.page));
  const [x, y, z] = places?.get(visibleIds(outsider).at(-1) ?? '') ?? [0, 0, 0];
  const [tx, ty, tz] = await landmarkOf(headset.page, landmark);
  return 1000 * Math.hypot(x - tx, y - ty, z - tz);
}

/** Waits until the outsider's page has drawn so many annotations over one frame. */
const expectOverlay = (count: number): Promise<void> =>
  expect.poll(async () => Object.keys((await reportedTips(outsider.page))?.tips ?? {}).length).toBe(count);

test('6a: the outsider sees the technician’s picture, and the outsider’s Arrow lands in the room', async () => {
  await emulator(headset.page, 'lookAt', 'gauge');
  await expect(button(outsider.page, 'Start editing')).toBeEnabled();
  await shoot(outsider.page, '6a-picture');
  await markLandmark({ technician: headset, expert: outsider, landmark: 'gauge' });
  const error = await errorMm('gauge');
  console.log(`the outsider’s arrow: ${error.toFixed(1)} mm off the gauge`);
  expect(error).toBeLessThan(MAX_ERROR_MM);
  await expect.poll(() => visibleIds(headset)).toEqual(visibleIds(outsider));
  await displayFrames(headset.page, 30);
  await shoot(headset.page, '6b-arrow-in-the-room');
  await expectOverlay(1);
});

test('6b: the technician’s Ink is seen by the outsider', async () => {
  const { page } = headset;
  const [x, y, z] = await landmarkOf(page, 'nameplate');
  await emulator(page, 'lookAt', 'nameplate');
  await press(headset, 'Ink');
  await emulator(page, 'aimHand', [x - 0.08, y, z]);
  await displayFrames(page, 30);
  await aimAlong(page, { from: [x - 0.08, y, z], to: [x + 0.08, y, z], frames: 24 });
  await expect(annotations()).toHaveText([/^Blue arrow by you/, /^Red ink by Dana Okafor.*In place$/]);
  const error = await errorMm('nameplate');
  console.log(`the technician’s ink: its middle ${error.toFixed(1)} mm off the nameplate`);
  expect(error).toBeLessThan(MAX_ERROR_MM);
  await press(headset, 'Ink');
  await expectOverlay(2);
  await shoot(outsider.page, '6c-both-drew');
});

const slateVideo = () => headset.page.getByRole('region', { name: 'Picture of the others' }).locator('video');

test('the screen that the outsider shares is on the headset’s slate, until the outsider stops it', async () => {
  await emulator(headset.page, 'lookAt', 'gauge');
  await button(outsider.page, 'Share screen').click();
  await expect(button(outsider.page, 'Stop sharing')).toBeVisible();
  await expect(slateVideo()).toHaveAccessibleName(`Screen of ${OUTSIDER}`);
  await expectVideoToMove(slateVideo());
  await displayFrames(headset.page, 60);
  await shoot(headset.page, '7a-screen-on-the-slate');
  await button(outsider.page, 'Stop sharing').click();
  await expect(headset.page.getByRole('button', { name: `Close the screen of ${OUTSIDER}` })).toHaveCount(0);
});

test('the wearer closes it as well, and the outsider is told', async () => {
  await button(outsider.page, 'Share screen').click();
  await press(headset, `Close the screen of ${OUTSIDER}`);
  await expect(
    outsider.page.getByText(`${TECHNICIAN.name} closed your screen. It is not shared any more.`),
  ).toBeVisible();
  await expect(button(outsider.page, 'Share screen')).toBeVisible();
  await expect(headset.page.getByRole('button', { name: `Close the screen of ${OUTSIDER}` })).toHaveCount(0);
  await shoot(outsider.page, '7b-closed-by-the-wearer');
});

test('nothing went wrong on any page', () => {
  expectNoProblems(desk, headset, outsider);
});
