import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type Actor, pickAccount } from './support/actors.ts';
import { openWireDesk, tokenOf, type WireDesk } from './support/agent.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { type Watch, watchContext } from './support/watch.ts';

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true } as const;
const SHOTS = 'test-results/join';

let hub: RunningHub;
let agent: Pick<Actor, 'context' | 'page'> & { readonly watch: Watch };
let desk: WireDesk;

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  const context = await browser.newContext({ permissions: ['camera', 'microphone', 'notifications'] });
  const watch = watchContext(context, hub.origin);
  const page = await context.newPage();
  agent = { context, page, watch };
  const token = tokenOf(page);
  await page.goto(`${hub.origin}/desk`);
  await page.getByRole('textbox', { name: 'Work e-mail address' }).fill('expert1@abc.com');
  await page.getByRole('button', { name: 'Next' }).click();
  await pickAccount(page, 'Elena Fischer');
  await expect(page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
  desk = await openWireDesk(hub.origin, await token);
});
test.afterAll(async () => {
  await desk?.close();
  await agent?.context.close();
  await hub?.dispose();
});

interface Customer {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
}

async function openCustomer(browser: Browser, url: string, options: object = PHONE): Promise<Customer> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], ...options });
  const watch = watchContext(context, hub.origin);
  const page = await context.newPage();
  await page.goto(url);
  return { context, page, watch };
}

const newLink = () =>
  desk.invoke('createOneTimeCall', { commandId: randomUUID(), title: '', zone: 'Europe/Berlin', durationMin: 30 });
const shoot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Up to the lobby. */
async function knock(page: Page, name: string, shots: string | null = null): Promise<void> {
  await expect(page.getByRole('heading', { name: 'ABC invites you to a call' })).toBeVisible();
  if (shots !== null) await shoot(page, `${shots}-1-welcome`);
  await button(page, 'Join as a guest').click();
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  if (shots !== null) await shoot(page, `${shots}-2-name`);
  await button(page, 'Continue').click();
  await button(page, 'Show camera').click();
  await expect(page.getByLabel('Your picture')).toBeVisible();
  if (shots !== null) await shoot(page, `${shots}-3-preview`);
  await button(page, 'Ask to join').click();
  await expect(page.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
}

async function admit(name: string): Promise<void> {
  await desk.invoke('admit', await desk.knocker(name));
}

test('a customer on a phone waits, is admitted, shows the camera, comes back after a reload, and ends the call for good', async ({
  browser,
}) => {
  const { url } = await newLink();
  const customer = await openCustomer(browser, url);
  const { page } = customer;
  await knock(page, 'Carla Customer', 'phone');
  await expect(
    page.getByRole('status').filter({ hasText: 'You are in the lobby. Wait for ABC to let you in.' }),
  ).toBeVisible();
  await shoot(page, 'phone-4-lobby');

  await agent.page.getByRole('button', { name: /^Meetings/ }).click();
  await agent.page.getByRole('button', { name: 'Join EventTitle' }).click();
  await admit('Carla Customer');
  await expect(page.getByRole('heading', { name: 'Call with Elena Fischer' })).toBeVisible();
  await expect(page.getByLabel('Your camera, as Elena Fischer sees it')).toBeVisible();
  await shoot(page, 'phone-5-call');
  // The agent's stage shows moving pictures of the customer's camera.
  await expect(agent.page.getByRole('application')).toBeVisible();
  await expect(agent.page.getByText('Guest, not signed in')).toBeVisible();
  await shoot(agent.page, 'agent-sees');

  await button(page, 'What you can do').click();
  await expect(page.getByText('You joined without an account and cannot draw.')).toBeVisible();
  await shoot(page, 'phone-6-limits');
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(page.getByLabel('Your camera, as Elena Fischer sees it')).toBeVisible();

  await button(page, 'End call').click();
  await shoot(page, 'phone-7-end');
  await page.getByRole('dialog').getByRole('button', { name: 'End call' }).click();
  await expect(page.getByRole('heading', { name: 'Call ended' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Call ended' })).toBeVisible();
  await expect(page.getByText('Elena Fischer')).toHaveCount(0);
  await shoot(page, 'phone-8-ended');
  expect(customer.watch.problems).toEqual([]);
  await customer.context.close();
});

test('who is denied is told so, and may ask again', async ({ browser }) => {
  const { url } = await newLink();
  const customer = await openCustomer(browser, url);
  const { page } = customer;
  await knock(page, 'Mallory');
  await desk.invoke('deny', await desk.knocker('Mallory'));
  await expect(page.getByRole('heading', { name: 'You were not let in' })).toBeVisible();
  await shoot(page, 'phone-9-denied');
  await button(page, 'Ask again').click();
  await knock(page, 'Mallory');
  await button(page, 'Leave').click();
  await expect(page.getByRole('heading', { name: 'ABC invites you to a call' })).toBeVisible();
  expect(customer.watch.problems).toEqual([]);
  await customer.context.close();
});

test('links that lead nowhere say why, at any size and without a request elsewhere', async ({ browser }) => {
  const unknown = await openCustomer(browser, `${hub.origin}/join/${'A'.repeat(32)}`);
  await expect(unknown.page.getByRole('heading', { name: 'Link not found' })).toBeVisible();
  await shoot(unknown.page, 'phone-10-unknown');
  const made = await newLink();
  await desk.invoke('revokeLink', { meetingId: made.meeting.meetingId });
  await unknown.page.goto(made.url);
  await expect(unknown.page.getByRole('heading', { name: 'Link taken back' })).toBeVisible();
  expect(unknown.watch.problems).toEqual([]);
  await unknown.context.close();
});
