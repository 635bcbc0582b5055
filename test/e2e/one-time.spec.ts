import { mkdirSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Actor, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { expectVideoToMove } from './support/call.ts';
import { readSocket } from './support/call-log.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { watchContext } from './support/watch.ts';

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true } as const;
const SHOTS = 'test-results/one-time';
const FULL = 'It is for two people. Ask for a link of your own.';

let hub: RunningHub;
let desk: Actor;
let carla: Actor;
let link: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  // A technician who is the agent: with a desk, and with a headset beside it.
  desk = await openExpert(browser, hub.origin, { mail: 'dana.okafor@abc.com', name: 'Dana Okafor' });
});
test.afterAll(async () => {
  for (const one of [desk, carla]) await one?.context.close();
  await hub?.dispose();
});

const button = ({ page }: Pick<Actor, 'page'>, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const shoot = ({ page }: Pick<Actor, 'page'>, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });

async function openLink(browser: Browser): Promise<Actor> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'], ...PHONE });
  const watch = watchContext(context, hub.origin);
  const page = await context.newPage();
  const socket = readSocket(page);
  await page.goto(link);
  return { context, page, watch, socket };
}

async function knock(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Join as a guest' }).click();
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Show camera' }).click();
  await page.getByRole('button', { name: 'Ask to join' }).click();
  await expect(page.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
}

test('two come in; who waited beside them and who comes later hear that it is full, and what to do', async ({
  browser,
}) => {
  const { page } = desk;
  await button(desk, 'One-time Call').click();
  await button(desk, 'Create a one-time call link').click();
  const card = page.getByRole('listitem').filter({ hasText: 'EventTitle' });
  await card.getByRole('button', { name: 'Copy message' }).click();
  link = /\S+\/join\/\S+/.exec(await page.getByLabel('Message for the customer').inputValue())?.[0] ?? '';
  carla = await openLink(browser);
  await knock(carla.page, 'Carla Customer');
  const sam = await openLink(browser);
  await knock(sam.page, 'Sam Second');
  await button(desk, 'Admit Carla Customer').click();
  await expect(sam.page.getByRole('heading', { name: 'The call is full' })).toBeVisible();
  await expect(sam.page.getByText(FULL, { exact: true })).toBeVisible();
  await shoot(sam, '1-full-while-waiting');
  await sam.page.goto(link);
  await expect(sam.page.getByText(FULL, { exact: true })).toBeVisible();
  await button(desk, 'Join EventTitle').first().click();
  await expect(carla.page.getByRole('heading', { name: 'Call with Dana Okafor' })).toBeVisible();
  await expect(button(desk, 'Add people')).toHaveCount(0);
  await shoot(desk, '2-desk');
  await shoot(carla, '3-customer');
  expectNoProblems(sam);
  await sam.context.close();
});

test('the agent goes on at the headset, still one person: the desk says so, and a third is refused as before', async ({
  browser,
}) => {
  const headset = await openTechnician(browser, hub.origin);
  await button(headset, 'Join Meeting: EventTitle').click();
  await button(headset, 'With video').click();
  await expect(desk.page.getByText('You went on with this call on another device.')).toBeVisible();
  await expect(headset.page.getByRole('heading', { name: 'In the call: 2' })).toBeVisible();
  await expect(carla.page.getByRole('heading', { name: 'Call with Dana Okafor' })).toBeVisible();
  await expectVideoToMove(carla.page.getByLabel('Live picture'));
  await shoot(headset, '4-headset');
  await shoot(desk, '5-desk-afterwards');
  await shoot(carla, '6-customer-sees-the-headset');
  const third = await openLink(browser);
  await expect(third.page.getByRole('heading', { name: 'The call is full' })).toBeVisible();
  await shoot(third, '7-third');
  // A page that comes back into its call knows, too, that ending this one is for good.
  await headset.page.reload();
  await button(headset, 'End Call').click();
  const question = headset.page.getByRole('alertdialog', { name: 'End the call?' });
  await expect(question).toHaveAccessibleDescription('The link cannot be used again.');
  await expect(question.getByRole('button', { name: 'Stay in the call' })).toBeFocused();
  await shoot(headset, '8-headset-asks');
  await question.getByRole('button', { name: 'End call' }).click();
  await expect(carla.page.getByRole('heading', { name: 'Call ended' })).toBeVisible();
  expectNoProblems(desk, headset, carla, third);
  for (const one of [headset, third]) await one.context.close();
});
