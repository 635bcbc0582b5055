import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { expectNoProblems, openExpert, openTechnician, pickAccount } from './support/actors.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { type Watch, watchContext } from './support/watch.ts';

let hub: RunningHub;
let context: BrowserContext;
let page: Page;
let watch: Watch;

test.beforeAll(async () => {
  hub = await startHub();
});
test.afterAll(() => hub?.dispose());

// A browser of its own for each test: who was here before is part of what is tested.
test.beforeEach(async ({ browser }) => {
  context = await browser.newContext();
  watch = watchContext(context, hub.origin);
  page = await context.newPage();
});
test.afterEach(async () => {
  await context.close();
  expect(watch.problems).toEqual([]);
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const COMPANY_QUESTION = 'Which company does this headset belong to?';

async function signOutOnHeadset(name: RegExp): Promise<void> {
  await button(name).click();
  await button('Sign out').click();
}

test('a headset asks once for its company, and changes it only from Settings after signing out', async () => {
  await page.goto(`${hub.origin}/`);
  await expect(heading(COMPANY_QUESTION)).toBeVisible();
  for (const company of ['ABC', 'Contoso1', 'Contoso2']) await expect(button(company)).toBeVisible();
  await button('Contoso2').click();
  await expect(heading('Sign in to Contoso2')).toBeVisible();
  await page.reload();
  await expect(heading('Sign in to Contoso2')).toBeVisible();
  // What is remembered is stronger than an address.
  await page.goto(`${hub.origin}/?tenant=abc.com`);
  await expect(heading('Sign in to Contoso2')).toBeVisible();

  await button('Sign in').click();
  await pickAccount(page, 'Isaac Levy');
  await expect(heading('Recent Contacts')).toBeVisible();
  await button(/^Isaac Levy, Contoso2/).click();
  await button('Settings').click();
  await expect(page.getByText('Company: Contoso2')).toBeVisible();
  await expect(button('Change company')).toBeDisabled();
  await expect(page.getByText('Sign out first to change the company.')).toBeVisible();
  await button('Close').click();

  await signOutOnHeadset(/^Isaac Levy, Contoso2/);
  await expect(heading('Sign in to Contoso2')).toBeVisible();
  await button('Change company').click();
  await expect(heading(COMPANY_QUESTION)).toBeVisible();
  await button('ABC').click();
  await page.reload();
  await expect(heading('Sign in to ABC')).toBeVisible();
});

test('the address binds a headset that belongs to nobody yet', async () => {
  await page.goto(`${hub.origin}/?tenant=contoso1.com`);
  await expect(heading('Sign in to Contoso1')).toBeVisible();
  await page.goto(`${hub.origin}/`);
  await expect(heading('Sign in to Contoso1')).toBeVisible();
});

test('an address of a company that this hub does not know leads to the question', async () => {
  await page.goto(`${hub.origin}/?tenant=fabrikam.com`);
  await expect(heading(COMPANY_QUESTION)).toBeVisible();
  await expect(page.getByText('This hub does not know fabrikam.com. Choose a company below.')).toBeVisible();
});

for (const guest of ['Claire Dubois', 'Elena Fischer']) {
  test(`the guest ${guest} is turned away from the headset in plain words, and can make room for somebody else`, async () => {
    await page.goto(`${hub.origin}/?tenant=contoso1.com`);
    await button('Sign in').click();
    await pickAccount(page, guest);
    await expect(page.getByText('Guests can use the expert’s desk, not a headset.')).toBeVisible();
    await expect(heading('Recent Contacts')).toHaveCount(0);
    await button('Sign out').click();
    await expect(heading('Sign in to Contoso1')).toBeVisible();
    await button('Sign in').click();
    await pickAccount(page, 'Rosa Delgado');
    await expect(heading('Recent Contacts')).toBeVisible();
  });
}

test('an account without the headset’s licence is told which one it lacks', async () => {
  await page.goto(`${hub.origin}/?tenant=abc.com`);
  await button('Sign in').click();
  await pickAccount(page, 'Samuel Adeyemi');
  await expect(
    page.getByText('This account lacks the licence RemoteAssist.User. Ask your administrator for it.'),
  ).toBeVisible();
  await expect(heading('Recent Contacts')).toHaveCount(0);
});

test('signing out from the avatar forgets the account, on this page and at the provider', async () => {
  await page.goto(`${hub.origin}/?tenant=abc.com`);
  await button('Sign in').click();
  await pickAccount(page, 'Marek Nowak');
  await expect(heading('Recent Contacts')).toBeVisible();
  await signOutOnHeadset(/^Marek Nowak, ABC/);
  await expect(heading('Sign in to ABC')).toBeVisible();
  await page.reload();
  await expect(heading('Sign in to ABC')).toBeVisible();
  await expect(button('Sign in')).toBeVisible();
  await button('Sign in').click();
  await expect(page.getByRole('button', { name: /Marek Nowak/ })).not.toContainText('Signed in');
});

test('who cancels the sign-in is back at it, with a word about it', async () => {
  await page.goto(`${hub.origin}/?tenant=abc.com`);
  await button('Sign in').click();
  await button('Cancel').click();
  await expect(page.getByText('Sign-in was cancelled.')).toBeVisible();
  await expect(button('Sign in')).toBeVisible();
});

test('the desk finds the company by the domain of the address', async () => {
  const field = page.getByRole('textbox', { name: 'Work e-mail address' });
  await page.goto(`${hub.origin}/desk`);
  await field.fill('hannah');
  await button('Next').click();
  await expect(page.getByRole('alert')).toHaveText('Type a whole e-mail address, like alex@example.com.');
  await field.fill('hannah.brooks@fabrikam.com');
  await button('Next').click();
  await expect(page.getByRole('alert')).toHaveText('This hub does not serve fabrikam.com. Check the address.');
  await field.fill('Hannah.Brooks@Contoso1.com');
  await button('Next').click();
  await expect(heading('Sign in to Contoso1')).toBeVisible();
  await pickAccount(page, 'Hannah Brooks');
  await expect(heading('Contacts')).toBeVisible();
  await page.getByLabel('Account of Hannah Brooks').click();
  await expect(page.getByRole('navigation').getByText('Contoso1', { exact: true }).first()).toBeVisible();
  await button('Sign out').click();
  await expect(field).toBeVisible();
});

test('a guest works at the desk', async () => {
  await page.goto(`${hub.origin}/desk`);
  await button('Use Contoso1').click();
  await pickAccount(page, 'Claire Dubois');
  await expect(heading('Contacts')).toBeVisible();
});

test('a restart of the hub signs nobody out', async ({ browser }) => {
  const technician = await openTechnician(browser, hub.origin);
  const expert = await openExpert(browser, hub.origin);
  for (const actor of [technician, expert]) actor.watch.cutting();
  expect(await hub.stop()).toBe(0);
  await hub.restart();
  for (const actor of [technician, expert]) {
    await expect.poll(() => actor.socket.connections()).toBeGreaterThan(1);
    actor.watch.mended();
    await actor.page.reload();
  }
  await expect(technician.page.getByRole('heading', { name: 'Recent Contacts' })).toBeVisible();
  await expect(expert.page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
  // The provider still knows them, too: a new page of the same browser has them at hand.
  const second = await expert.context.newPage();
  await second.goto(`${hub.origin}/desk`);
  await second.getByRole('button', { name: 'Use ABC' }).click();
  await expect(second.getByRole('button', { name: /Elena Fischer/ })).toContainText('Signed in');
  expectNoProblems(technician, expert);
  await technician.context.close();
  await expert.context.close();
});
