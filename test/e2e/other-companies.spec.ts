import { mkdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type Actor, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { type RunningHub, startHub } from './support/hub.ts';

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
const notice = ({ page }: Actor, title: string) => page.getByRole('region', { name: `Waiting for ${title}` });

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
  expectNoProblems(yuki, hannah, rosa);
  await rosa.context.close();
});
