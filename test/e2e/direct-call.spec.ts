import { expect, test } from '@playwright/test';
import { type Actor, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { expectVideoToMove } from './support/call.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { createLinkCutter } from './support/link.ts';

let hub: RunningHub;
let technician: Actor;
let expert: Actor;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  hub = await startHub();
  technician = await openTechnician(browser, hub.origin);
  expert = await openExpert(browser, hub.origin);
});

test.afterAll(async () => {
  await technician?.context.close();
  await expert?.context.close();
  await hub?.dispose();
});

const button = ({ page }: Actor, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Home again on both sides. */
async function expectBothHome(): Promise<void> {
  await expect(technician.page.getByRole('heading', { name: 'Recent Contacts' })).toBeVisible();
  await expect(expert.page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
}

test('a video call from Contacts rings on the headset, and Audio answers it without the camera', async () => {
  await button(expert, 'Video call to Dana Okafor').click();
  await expect(expert.page.getByRole('main').getByText('Calling Dana Okafor…')).toBeVisible();
  const ringing = technician.page.getByRole('alertdialog', { name: 'Elena Fischer is calling' });
  for (const name of ['Video', 'Audio', 'Ignore']) {
    await expect(ringing.getByRole('button', { name, exact: true })).toBeVisible();
  }
  await ringing.getByRole('button', { name: 'Audio', exact: true }).click();
  await expect(technician.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await expect(expert.page.getByText('Dana Okafor’s video is off.')).toBeVisible();
  await expect(expert.page.getByText('Ask Dana Okafor to choose Start Video.')).toBeVisible();
  await expect(technician.page.getByText('Camera live')).toHaveCount(0);
  expect(Object.values(expert.socket.call()?.participants ?? {}).map(({ name, media }) => [name, media])).toEqual(
    expect.arrayContaining([
      ['Dana Okafor', { audio: true, video: 'off', problem: 'none' }],
      ['Elena Fischer', { audio: true, video: 'camera', problem: 'none' }],
    ]),
  );
  await expectVideoToMove(technician.page.getByLabel('Video of Elena Fischer'));
});

test('Start Video on the headset brings its picture to the desk, under the sign that the camera is live', async () => {
  await button(technician, 'Start Video').click();
  await expect(technician.page.getByRole('status', { name: 'Camera live' })).toBeVisible();
  await expectVideoToMove(expert.page.getByLabel('Live picture'));
  await button(technician, 'Stop Video').click();
  await expect(technician.page.getByText('Camera live')).toHaveCount(0);
  await expect(expert.page.getByText('Dana Okafor’s video is off.')).toBeVisible();
});

test('Mute on one side shows on the other', async () => {
  const dana = expert.page.getByRole('listitem').filter({ hasText: 'Dana Okafor' });
  await button(technician, 'Mute').click();
  await expect(dana).toContainText('Muted');
  await button(technician, 'Unmute').click();
  await expect(dana).not.toContainText('Muted');
  const elena = technician.page.getByRole('listitem').filter({ hasText: 'Elena Fischer' });
  await button(expert, 'Mute').click();
  await expect(elena).toContainText('Muted');
  await button(expert, 'Unmute').click();
  await expect(elena).not.toContainText('Muted');
});

test('a third who calls meanwhile hears that both are busy, and leaves a missed call', async ({ browser }) => {
  const other = await openExpert(browser, hub.origin, { mail: 'expert2@abc.com', name: 'Samuel Adeyemi' });
  await button(other, 'Audio call to Dana Okafor').click();
  await expect(other.page.getByText('They are in another call. Try again later.')).toBeVisible();
  await expect(other.page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
  await expect(technician.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await expect(technician.page.getByRole('alertdialog')).toHaveCount(0);
  expectNoProblems(other);
  await other.context.close();
});

test('End Call on the desk ends it for both, and the headset says so', async () => {
  await button(expert, 'End Call').click();
  await expect(technician.page.getByRole('status').getByText('The call has ended.')).toBeVisible();
  await expectBothHome();
  await expect(
    technician.page.getByRole('button', { name: /^Call Samuel Adeyemi, .*Missed call, (this minute|1 minute ago)/ }),
  ).toBeVisible();
  await button(technician, 'Close').click();
});

test('Ignore tells the caller that the call was declined', async () => {
  await button(expert, 'Audio call to Dana Okafor').click();
  await button(technician, 'Ignore').click();
  await expect(expert.page.getByRole('status').getByText('Dana Okafor declined the call.')).toBeVisible();
  await expectBothHome();
  await expect(technician.page.getByRole('alertdialog')).toHaveCount(0);
});

test('a call from the headset marks the tab of the desk, and Video shows the expert on the headset', async () => {
  await technician.page.getByRole('button', { name: /^Call Elena Fischer/ }).click();
  await button(technician, 'Without video').click();
  await expect(expert.page).toHaveTitle('● Dana Okafor is calling');
  const dialog = expert.page.getByRole('dialog', { name: 'Dana Okafor is calling' });
  await dialog.getByRole('button', { name: 'Video', exact: true }).click();
  await expect(expert.page).toHaveTitle('In a call with Dana Okafor');
  await expectVideoToMove(technician.page.getByLabel('Video of Elena Fischer'));
  await expectVideoToMove(expert.page.getByLabel('Your picture'));
  await button(technician, 'End Call').click();
  await expect(expert.page.getByRole('status').getByText('The call has ended.')).toBeVisible();
  await expectBothHome();
  await expect(expert.page).toHaveTitle('Sightline for experts');
});

test('a caller who cancels leaves a missed call in the Recent Contacts of the other', async () => {
  await button(expert, 'Audio call to Dana Okafor').click();
  await expect(technician.page.getByRole('alertdialog', { name: 'Elena Fischer is calling' })).toBeVisible();
  await button(expert, 'Cancel').click();
  await expect(technician.page.getByRole('alertdialog')).toHaveCount(0);
  const missed = technician.page.getByRole('button', { name: /^Call Elena Fischer, .*Missed call, this minute/ });
  await expect(missed).toBeVisible();
  await technician.page.getByRole('button', { name: /^Call Elena Fischer/ }).click();
  await button(technician, 'Without video').click();
  await expect(expert.page.getByRole('dialog', { name: 'Dana Okafor is calling' })).toBeVisible();
  await button(technician, 'End Call').click();
  const dana = expert.page.getByRole('listitem').filter({ hasText: 'Dana Okafor' });
  await expect(dana).toContainText('Missed call this minute');
  await expectBothHome();
});

test('two who call each other at the same moment are joined in one call', async () => {
  const links = await Promise.all([technician, expert].map(({ page }) => createLinkCutter(page)));
  await technician.page.getByRole('button', { name: /^Call Elena Fischer/ }).click();
  // Held back until both have called: neither has seen the other's ringing.
  await Promise.all(links.map((link) => link.cut()));
  await Promise.all([button(technician, 'Without video').click(), button(expert, 'Audio call to Dana Okafor').click()]);
  await Promise.all(links.map((link) => link.mend()));
  await expect(technician.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await expect(expert.page.getByText('Dana Okafor’s video is off.')).toBeVisible();
  for (const { page } of [technician, expert]) {
    await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toHaveCount(0);
  }
  await expect(expert.page.getByRole('status').getByText(/already in a call|another call/)).toHaveCount(0);
  await expect.poll(() => technician.socket.events()).toEqual(expert.socket.events());
  await button(expert, 'End Call').click();
  await expectBothHome();
});

test('nothing went wrong on any page', () => {
  expectNoProblems(technician, expert);
});
