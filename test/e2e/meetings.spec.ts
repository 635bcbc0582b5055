import { expect, type Page, test } from '@playwright/test';
import { type Actor, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { type RunningHub, startHub } from './support/hub.ts';

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

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

test('a meeting that is planned at the desk stands below Recent Contacts, and is gone when it is cancelled', async () => {
  const { page } = expert;
  await button(page, 'Meetings').click();
  await button(page, 'New meeting').click();
  await button(page, 'Schedule meeting').click();
  await expect(page.getByText('Give it a subject.')).toBeVisible();
  await page.getByLabel('Subject').fill('Compressor trouble');
  await page.getByLabel('Invite people').fill('Dana');
  await page
    .getByRole('list', { name: 'People found' })
    .getByRole('button', { name: /Dana Okafor/ })
    .click();
  await page.getByLabel('Invite people').fill('Expert@OEM.example');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Invited' }).getByRole('listitem')).toHaveCount(2);
  await button(page, 'Schedule meeting').click();
  await expect(page.getByRole('button', { name: /^Compressor trouble/ })).toBeVisible();
  // The next quarter of an hour is never more than fifteen minutes away.
  await expect(technician.page.getByRole('button', { name: 'Join Meeting: Compressor trouble' })).toBeVisible();

  await button(page, 'Cancel meeting').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel meeting' }).click();
  await expect(page.getByText('This meeting was cancelled.')).toBeVisible();
  await expect(technician.page.getByRole('button', { name: 'Join Meeting: Compressor trouble' })).toHaveCount(0);
});

test('a one-time link tells how far its customer is, and the lobby is opened from anywhere on the desk', async ({
  browser,
}) => {
  const { page } = expert;
  await button(page, 'One-time Call').click();
  await button(page, 'Create a one-time call link').click();
  const card = page.getByRole('listitem').filter({ hasText: 'EventTitle' });
  await expect(card.getByText('Waiting for the customer')).toBeVisible();
  await card.getByRole('button', { name: 'Copy message' }).click();
  const message = await page.getByLabel('Message for the customer').inputValue();
  const url = /\S+\/join\/\S+/.exec(message)?.[0] ?? '';
  await card.getByRole('button', { name: 'QR code' }).click();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();

  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const customer = await context.newPage();
  await customer.goto(url);
  await button(customer, 'Join as a guest').click();
  await customer.getByRole('textbox', { name: 'Your name' }).fill('Carla Customer');
  await button(customer, 'Continue').click();
  await button(customer, 'Show camera').click();
  await button(customer, 'Ask to join').click();
  await expect(card.getByText('In the lobby')).toBeVisible();

  await button(page, 'Contacts').click();
  await page.screenshot({ path: 'test-results/meetings-lobby.png' });
  await button(page, 'Admit Carla Customer').click();
  await expect(button(page, 'Admit Carla Customer')).toHaveCount(0);
  // Let in from elsewhere, the customer would sit alone.
  await expect(page.getByText('Carla Customer is let in.')).toBeVisible();
  await page.screenshot({ path: 'test-results/meetings-let-in.png' });
  await page.locator('.toast').getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('region', { name: 'People' }).getByText('Carla Customer', { exact: true })).toBeVisible();
  await expect(customer.getByRole('heading', { name: 'You are in the lobby' })).toHaveCount(0);
  await button(page, 'One-time Call').click();
  await expect(card.getByText('In the call')).toBeVisible();
  await context.close();
});

test('a link that is revoked says so', async () => {
  const { page } = expert;
  await page.getByLabel('Name of the call').fill('Valve question');
  await button(page, 'Create a one-time call link').click();
  const card = page.getByRole('listitem').filter({ hasText: 'Valve question' });
  await card.getByRole('button', { name: 'Revoke link' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke link' }).click();
  await expect(card.getByText('Revoked')).toBeVisible();
  expectNoProblems(technician, expert);
});
