import { expect, test } from '@playwright/test';
import { startMailServer } from '../support/mail-server.ts';
import { type Actor, expectNoProblems, openExpert } from './support/actors.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { button } from './support/outsider.ts';

/** A desk whose hub has a mail server of its own. */
let mail: Awaited<ReturnType<typeof startMailServer>>;
let hub: RunningHub;
let desk: Actor;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  mail = await startMailServer();
  hub = await startHub({ env: { SMTP_URL: mail.url, MAIL_FROM: 'Sightline <assist@abc.com>' } });
  desk = await openExpert(browser, hub.origin);
});

test.afterAll(async () => {
  await desk?.context.close();
  await hub?.dispose();
  await mail?.close();
});

const textOf = (data: string): string => data.replaceAll('=\n', '').replaceAll('=3D', '=');

test('an invitation is sent from the desk, to each a mail of their own, with the link and a calendar file', async () => {
  const { page } = desk;
  await button(page, 'Meetings').click();
  await button(page, 'New meeting').click();
  await page.getByLabel('Subject').fill('Valve 3: leak');
  for (const address of ['olga@oem.example', 'sam@oem.example', 'nobody@refused.example']) {
    await page.getByLabel('Invite people').fill(address);
    await page.keyboard.press('Enter');
  }
  await button(page, 'Schedule meeting').click();
  await button(page, 'Send invitation').click();
  const said = 'Sent. Recipients: 2. Not taken by the mail server: nobody@refused.example.';
  await expect(page.getByText(said).first()).toBeVisible();
  expect(mail.received.map(({ to }) => to).toSorted()).toEqual(['olga@oem.example', 'sam@oem.example']);
  const [first] = mail.received;
  expect(textOf(first?.data ?? '')).toContain(`${hub.origin}/join/`);
  expect(first?.data).toContain('text/calendar');
});

test('a cancellation is told the same way', async () => {
  const { page } = desk;
  const before = mail.received.length;
  await button(page, 'Cancel meeting').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel meeting' }).click();
  await button(page, 'Tell those invited').click();
  await expect.poll(() => mail.received.length).toBe(before + 2);
  expect(mail.received.at(-1)?.data).toMatch(/method=CANCEL/);
  expectNoProblems(desk);
});
