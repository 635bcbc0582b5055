import { mkdirSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Actor, expectNoProblems, openExpert, openTechnician, pickAccount } from './support/actors.ts';
import { readSocket } from './support/call-log.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { watchContext } from './support/watch.ts';

const SHOTS = 'test-results/other-companies';
const HANNAH = { mail: 'hannah.brooks@contoso1.com', name: 'Hannah Brooks' };
const YUKI = { mail: 'expert3@abc.com', name: 'Yuki Tanaka' };

let hub: RunningHub;
let yuki: Actor;
let hannah: Actor;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  yuki = await openExpert(browser, hub.origin, YUKI);
  hannah = await openExpert(browser, hub.origin, HANNAH);
});
test.afterAll(async () => {
  for (const one of [yuki, hannah]) await one?.context.close();
  await hub?.dispose();
});

const button = ({ page }: Pick<Actor, 'page'>, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const shoot = ({ page }: Pick<Actor, 'page'>, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });
const notice = ({ page }: Actor, title: string) => page.getByRole('region', { name: `In the lobby of ${title}` });

/** Plans a meeting that can be joined now, inviting one address. */
async function plan({ page }: Actor, subject: string, mail: string): Promise<void> {
  await page.getByRole('button', { name: /^Meetings/ }).click();
  await page.getByRole('button', { name: 'New meeting', exact: true }).click();
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Invite people').fill(mail);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Invited' }).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: 'Schedule meeting', exact: true }).click();
  await expect(page.getByRole('button', { name: new RegExp(`^${subject}`) })).toBeVisible();
}

async function join(actor: Actor, subject: string): Promise<void> {
  await actor.page.getByRole('button', { name: /^Meetings/ }).click();
  await button(actor, `Join ${subject}`).first().click();
}

/** Of the meeting that was planned just now, whose details stand open. */
async function linkOf({ page, context }: Actor): Promise<string> {
  await context.grantPermissions(['camera', 'microphone', 'notifications', 'clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy join link', exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('/join/');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The page behind a link, up to the lobby, with an account of another company. */
async function knockSignedIn(browser: Browser, link: string, who: { mail: string; name: string }): Promise<Actor> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  const watch = watchContext(context, hub.origin);
  const page = await context.newPage();
  const socket = readSocket(page);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('textbox', { name: 'Work e-mail address' }).fill(who.mail);
  await page.getByRole('button', { name: 'Next' }).click();
  await pickAccount(page, who.name);
  await chooseAccount(page, who.name);
  await page.getByRole('button', { name: 'Ask to join' }).click();
  return { context, page, watch, socket };
}

async function chooseAccount(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Join as ${name}` }).click();
}

test('somebody of a trusted company joins from the own desk by the invitation, once admitted', async () => {
  await plan(yuki, 'Seal check', HANNAH.mail);
  await join(yuki, 'Seal check');
  await join(hannah, 'Seal check');
  await expect(hannah.page.getByRole('complementary', { name: 'You are in the lobby' })).toBeVisible();
  await expect(notice(yuki, 'Seal check').getByText('Of a trusted company')).toBeVisible();
  await shoot(yuki, '1-admit');
  await button(yuki, 'Admit Hannah Brooks').click();
  const people = hannah.page.getByRole('region', { name: 'People' });
  await expect(people.getByText('Yuki Tanaka', { exact: true })).toBeVisible();
  await expect(button(hannah, 'Add people')).toHaveAttribute(
    'aria-description',
    'Only people of the company can add others. Ask one of them.',
  );
  await shoot(hannah, '2-in');
});

test('a member rings a technician of that company into it, and stops a ring alone', async ({ browser }) => {
  const rosa = await openTechnician(browser, hub.origin, { company: 'Contoso1', name: 'Rosa Delgado' });
  const add = async (query: string, name: string): Promise<void> => {
    await button(yuki, 'Add people').click();
    await yuki.page.getByRole('searchbox', { name: 'Search people to add' }).fill(query);
    await button(yuki, `Add ${name}`).click();
  };
  await add('Lucía', 'Lucía Romero');
  await shoot(yuki, '3-ringing');
  await button(yuki, 'Stop ringing Lucía Romero').click();
  await expect(button(yuki, 'Stop ringing Lucía Romero')).toHaveCount(0);
  await add('rosa.delgado@contoso1.com', 'Rosa Delgado');
  const ringing = rosa.page.getByRole('alertdialog', { name: /Yuki Tanaka .*Seal check/ });
  await expect(ringing).toBeVisible();
  await shoot(rosa, '4-rung');
  await ringing.getByRole('button', { name: 'Audio', exact: true }).click();
  await expect(rosa.page.getByRole('heading', { name: 'In the call: 3' })).toBeVisible();
  await expect(button(rosa, 'Add people')).toBeVisible();
  await button(rosa, 'End Call').click();
  await expect(rosa.page.getByRole('heading', { name: 'Recent Contacts' })).toBeVisible();
  expectNoProblems(rosa);
  await rosa.context.close();
});

test('by the link they are recognised as well; whom the companies do not trust is anonymous, and waits', async ({
  browser,
}) => {
  for (const one of [hannah, yuki]) await button(one, 'End Call').click();
  await plan(hannah, 'Press check', 'rosa.delgado@contoso1.com');
  const link = await linkOf(hannah);
  await join(hannah, 'Press check');
  const lucia = await knockSignedIn(browser, link, { mail: 'expert4@abc.com', name: 'Lucía Romero' });
  await expect(notice(hannah, 'Press check').getByText('Of a trusted company')).toBeVisible();
  await button(hannah, 'Admit Lucía Romero').click();
  await expect(lucia.page.getByRole('heading', { name: 'Call with Hannah Brooks' })).toBeVisible();
  const daniel = await knockSignedIn(browser, link, { mail: 'daniel.wojcik@contoso2.com', name: 'Daniel Wójcik' });
  await expect(daniel.page.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
  await expect(
    notice(hannah, 'Press check').getByText('Signed in at a company that yours does not trust'),
  ).toBeVisible();
  await shoot(hannah, '5-untrusted');
  await shoot(daniel, '6-lobby');
  expectNoProblems(yuki, hannah, lucia, daniel);
  for (const one of [lucia, daniel]) await one.context.close();
});
