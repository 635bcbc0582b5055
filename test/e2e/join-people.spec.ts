import { mkdirSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { pickAccount } from './support/actors.ts';
import { openAgent, planWithLink, type WireDesk } from './support/agent.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { button, type Outsider, openOutsider } from './support/outsider.ts';

/** Contoso1 and ABC trust each other, Contoso1 and Contoso2 do not. */
const SHOTS = 'test-results/join-people';
const HANNAH = { mail: 'hannah.brooks@contoso1.com', name: 'Hannah Brooks' } as const;

let hub: RunningHub;
let desk: WireDesk;
let url: string;

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  desk = await openAgent(browser, hub.origin, HANNAH);
  ({ url } = await planWithLink(desk, { title: 'Press 3: pump', lobby: 'organizationAndFederated' }));
});
test.afterAll(async () => {
  await desk?.close();
  await hub?.dispose();
});

const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, exact: true });
const ALONE = 'Nobody else is here yet.';

async function signIn(browser: Browser, who: { readonly mail: string; readonly name: string }): Promise<Outsider> {
  const guest = await openOutsider(browser, { url });
  const { page } = guest;
  await expect(title(page, 'Contoso1 invites you to a call')).toBeVisible();
  await expect(page.getByText(HANNAH.name)).toHaveCount(0);
  await button(page, 'Sign in').click();
  await page.getByRole('textbox', { name: 'Work e-mail address' }).fill(who.mail);
  await page.getByRole('button', { name: 'Next' }).click();
  await pickAccount(page, who.name);
  await expect(page.getByText(`Organized by ${HANNAH.name}`)).toBeVisible();
  return guest;
}

async function join({ page }: Outsider, name: string): Promise<void> {
  await button(page, `Join as ${name}`).click();
  await button(page, 'Ask to join').click();
}

async function leave({ page, context, watch }: Outsider): Promise<void> {
  await button(page, 'Leave').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave call' }).click();
  await expect(title(page, 'You left the call')).toBeVisible();
  expect(watch.problems).toEqual([]);
  await context.close();
}

test('somebody of a trusted company is recognised, told who organizes, and comes in without waiting', async ({
  browser,
}) => {
  const guest = await signIn(browser, { mail: 'expert4@abc.com', name: 'Lucía Romero' });
  await guest.page.screenshot({ path: `${SHOTS}/1-trusted.png` });
  await join(guest, 'Lucía Romero');
  await expect(title(guest.page, ALONE)).toBeVisible();
  await button(guest.page, 'What you can do').click();
  await expect(guest.page.getByText('Files cannot go to another company.')).toBeVisible();
  await expect(guest.page.getByText('Stored files need an account.')).toHaveCount(0);
  await guest.page.keyboard.press('Escape');
  await leave(guest);
});

test('somebody of a company that is not trusted is as anonymous: waits, and is no more than a name', async ({
  browser,
}) => {
  const guest = await signIn(browser, { mail: 'daniel.wojcik@contoso2.com', name: 'Daniel Wójcik' });
  await join(guest, 'Daniel Wójcik');
  await expect(title(guest.page, 'You are in the lobby')).toBeVisible();
  await expect(guest.page.getByText(`Wait for ${HANNAH.name} to let you in.`, { exact: true })).toBeVisible();
  await guest.page.screenshot({ path: `${SHOTS}/2-untrusted.png` });
  await desk.invoke('admit', await desk.knocker('Daniel Wójcik'));
  await expect(title(guest.page, ALONE)).toBeVisible();
  await button(guest.page, 'What you can do').click();
  await expect(guest.page.getByText('Stored files need an account.')).toBeVisible();
  await expect(guest.page.getByText('Snapshots need an account.')).toHaveCount(0);
  await guest.page.keyboard.press('Escape');
  await leave(guest);
});

test('somebody of the company itself comes in without waiting, and nothing is greyed', async ({ browser }) => {
  const guest = await signIn(browser, { mail: 'omar.farouk@contoso1.com', name: 'Omar Farouk' });
  await join(guest, 'Omar Farouk');
  await expect(title(guest.page, ALONE)).toBeVisible();
  await expect(button(guest.page, 'What you can do')).toHaveCount(0);
  await guest.page.screenshot({ path: `${SHOTS}/3-own.png` });
  await leave(guest);
});
