import { mkdirSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { oneTimeLink, openAgent, planWithLink, type WireDesk } from './support/agent.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { type HubLink, holdHubLink } from './support/hub-link.ts';
import { button, goToLobby, type Outsider, openOutsider, PHONE } from './support/outsider.ts';

const SHOTS = 'test-results/join-drops';
/** Well past the minute for which a place is kept, whenever the hub saw that it was left. */
const TOO_LONG_MS = 90_000;

let hub: RunningHub;
let desk: WireDesk;

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub({ leaps: true });
  desk = await openAgent(browser, hub.origin);
});
test.afterAll(async () => {
  await desk?.close();
  await hub?.dispose();
});

type Customer = Outsider & { readonly link: HubLink };

async function openCustomer(browser: Browser, url: string): Promise<Customer> {
  let link: HubLink | null = null;
  const prepare = async (page: Page): Promise<void> => {
    link = await holdHubLink(page);
  };
  const customer = await openOutsider(browser, { url, viewport: PHONE, prepare });
  if (link === null) throw new Error('the page was not prepared');
  return { ...customer, link };
}

const shoot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });
const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, exact: true });
const RECONNECTING = 'Reconnecting. The call goes on.';
const PLACE_KEPT = 'Reconnecting. Your place is kept for a minute.';
const expectInCall = (page: Page) => expect(title(page, 'Nobody else is here yet.')).toBeVisible();

async function comeIn({ page }: Outsider, name: string): Promise<void> {
  await goToLobby(page, name);
  await desk.invoke('admit', await desk.knocker(name));
  await expectInCall(page);
}

test('a hub that starts anew keeps the lobby in its order, and the call', async ({ browser }) => {
  const { url } = await oneTimeLink(desk);
  const caller = await openCustomer(browser, (await oneTimeLink(desk)).url);
  await comeIn(caller, 'Ines Inside');
  const first = await openCustomer(browser, url);
  const second = await openCustomer(browser, url);
  await goToLobby(first.page, 'Frida First');
  await goToLobby(second.page, 'Sam Second');
  const secondPlace = second.page.getByText('People before you: 1.', { exact: true });
  await expect(secondPlace).toBeVisible();
  const all = [caller, first, second];
  for (const { watch } of all) watch.cutting();
  await hub.kill();
  for (const { page } of [first, second]) await expect(page.getByText(PLACE_KEPT, { exact: true })).toBeVisible();
  await expect(caller.page.getByText(RECONNECTING)).toBeVisible();
  await shoot(second.page, '1-lobby-away');
  await shoot(caller.page, '2-call-away');
  await hub.restart();
  for (const { page } of [first, second]) await expect(page.getByText(PLACE_KEPT, { exact: true })).toHaveCount(0);
  await expect(caller.page.getByText(RECONNECTING)).toBeHidden();
  await expectInCall(caller.page);
  await expect(secondPlace).toBeVisible();

  desk = await desk.again();
  await desk.invoke('admit', await desk.knocker('Frida First'));
  await expectInCall(first.page);
  await expect(title(second.page, 'The call is full')).toBeVisible();
  await shoot(second.page, '3-full');
  for (const { context, watch } of all) {
    watch.mended();
    expect(watch.problems).toEqual([]);
    await context.close();
  }
});

test('a customer whose line is cut for a moment, or who loads the page anew, is back without being admitted', async ({
  browser,
}) => {
  const { url } = await oneTimeLink(desk);
  const customer = await openCustomer(browser, url);
  const { page, link, watch } = customer;
  await goToLobby(page, 'Carla Customer');
  await page.reload();
  await expect(title(page, 'You are in the lobby')).toBeVisible();
  await desk.invoke('admit', await desk.knocker('Carla Customer'));
  await expectInCall(page);
  watch.cutting();
  link.cut();
  await expect(page.getByText(RECONNECTING)).toBeVisible();
  link.mend();
  await expect(page.getByText(RECONNECTING)).toBeHidden();
  await expectInCall(page);
  await page.reload();
  await expectInCall(page);

  link.cut();
  await expect(page.getByText(RECONNECTING)).toBeVisible();
  await hub.leap(TOO_LONG_MS);
  link.mend();
  await expect(title(page, 'Call ended')).toBeVisible();
  watch.mended();
  expect(watch.problems).toEqual([]);
  await customer.context.close();
});

test('who is away from a meeting for more than a minute is told so, and asks anew', async ({ browser }) => {
  const { url } = await planWithLink(desk);
  const customer = await openCustomer(browser, url);
  const { page, link, watch } = customer;
  await goToLobby(page, 'Carla Customer');
  watch.cutting();
  link.cut();
  await expect(page.getByText(PLACE_KEPT, { exact: true })).toBeVisible();
  await hub.leap(TOO_LONG_MS);
  link.mend();
  await expect(page.getByText('You were away for too long. You wait anew', { exact: false }).last()).toBeVisible();
  await shoot(page, '4-anew');
  await desk.invoke('admit', await desk.knocker('Carla Customer'));
  await expectInCall(page);

  link.cut();
  await expect(page.getByText(RECONNECTING)).toBeVisible();
  await hub.leap(TOO_LONG_MS);
  link.mend();
  await expect(title(page, 'Connection lost')).toBeVisible();
  await shoot(page, '5-lost');
  await button(page, 'Join again').click();
  await button(page, 'Join as a guest').click();
  await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Carla Customer');
  await button(page, 'Continue').click();
  await button(page, 'Ask to join').click();
  await desk.invoke('admit', await desk.knocker('Carla Customer'));
  await expectInCall(page);

  await page.goto('about:blank');
  await hub.leap(TOO_LONG_MS);
  await page.goto(url);
  await expect(title(page, 'Connection lost')).toBeVisible();
  watch.mended();
  expect(watch.problems).toEqual([]);
  await customer.context.close();
});

test('a second tab of the same customer takes over, and the first can take it back', async ({ browser }) => {
  const { url } = await oneTimeLink(desk);
  const customer = await openCustomer(browser, url);
  const { page, context } = customer;
  await goToLobby(page, 'Carla Customer');
  const other = await context.newPage();
  await other.goto(url);
  await goToLobby(other, 'Carla Customer');
  await expect(title(page, 'You went on in another tab')).toBeVisible();
  await shoot(page, '6-taken-over');
  await desk.invoke('admit', await desk.knocker('Carla Customer'));
  await expectInCall(other);
  await button(page, 'Continue here').click();
  await expectInCall(page);
  await expect(title(other, 'You went on in another tab')).toBeVisible();
  await button(other, 'Continue here').click();
  await expectInCall(other);
  await expect(title(page, 'You went on in another tab')).toBeVisible();
  expect(customer.watch.problems).toEqual([]);
  await context.close();
});

test('a customer whose clock is wrong by minutes waits and comes in all the same', async ({ browser }) => {
  for (const minutes of [-11, 13]) {
    const { url } = await oneTimeLink(desk);
    const prepare = async (page: Page): Promise<void> => {
      await page.addInitScript((offMs) => {
        const { now } = Date;
        Date.now = () => now() + offMs;
      }, minutes * 60_000);
    };
    const customer = await openOutsider(browser, { url, viewport: PHONE, prepare });
    await comeIn(customer, `Off by ${minutes}`);
    expect(customer.watch.problems).toEqual([]);
    await customer.context.close();
  }
});
