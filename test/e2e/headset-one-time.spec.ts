import { mkdirSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { qrModules } from '../../src/ui/parts/qr-modules.ts';
import { type Actor, enterMixedReality, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { press } from './support/call.ts';
import { displayFrames } from './support/hand.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { COMPLETION, messagesOf } from './support/hub-messages.ts';
import { button, goToLobby, type Outsider, openOutsider, PHONE } from './support/outsider.ts';

/** A one-time call whose agent wears a headset: made there, scanned by the customer, admitted at the agent's own desk. */
const AGENT = { mail: 'dana.okafor@abc.com', name: 'Dana Okafor' } as const;
const CUSTOMER = 'Carla Customer';
const SHOTS = 'test-results/headset-one-time';

let hub: RunningHub;
let headset: Actor;
let desk: Actor;
let customer: Outsider;
/** Links that the hub told the headset, read off its socket: what the code has to say. */
const links: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  mkdirSync(SHOTS, { recursive: true });
  hub = await startHub();
  headset = await openTechnician(browser, hub.origin, { prepare: async (page) => readLinks(page) });
  desk = await openExpert(browser, hub.origin, AGENT);
});

test.afterAll(async () => {
  await customer?.context.close();
  await desk?.context.close();
  await headset?.context.close();
  await hub?.dispose();
});

const shoot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` });

function readLinks(page: Page): void {
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string') return;
      for (const message of messagesOf(payload)) {
        const url = message[0] === COMPLETION ? (message[4] as { value?: { url?: unknown } } | undefined) : undefined;
        if (typeof url?.value?.url === 'string') links.push(url.value.url);
      }
    });
  });
}

test('the link is made from the headset’s menu, on the page as a code to scan, and stands in the list at the desk', async () => {
  const { page } = headset;
  await page.getByRole('button', { name: /account menu$/ }).click();
  await button(page, 'Create a one-time call link').click();
  const code = page.getByRole('img', { name: 'QR code of the join link for EventTitle' });
  await expect(code).toBeVisible();
  await expect(page.getByText('On a screen, scan it with the customer’s phone.')).toBeVisible();
  await shoot(page, '1-on-the-page');
  const [link = ''] = links;
  expect(link).toContain(`${hub.origin}/join/`);
  await expect(code.locator('path')).toHaveAttribute('d', qrModules(link).path);
  // Seen by the wearer alone, a code is of no use to any phone: in the room only the way to the desk is told.
  await enterMixedReality(headset);
  await displayFrames(page, 10);
  await shoot(page, '2-in-the-room');

  await button(desk.page, 'One-time Call').click();
  const card = desk.page.getByRole('listitem').filter({ hasText: 'EventTitle' });
  await expect(card.getByText('Waiting for the customer')).toBeVisible();
  await shoot(desk.page, '3-at-the-desk');
});

test('the customer waits; the agent joins from the headset and admits at the own desk', async ({ browser }) => {
  const { page } = headset;
  customer = await openOutsider(browser, { url: links[0] ?? '', viewport: PHONE });
  await goToLobby(customer.page, CUSTOMER);
  await expect(
    page.getByRole('status').filter({ hasText: `${CUSTOMER} waits in the lobby of EventTitle.` }),
  ).toBeAttached();
  await displayFrames(page, 10);
  await shoot(page, '4-the-customer-waits');
  await press(headset, 'Join the call');
  await press(headset, 'Without video');
  await expect(page.getByRole('heading', { name: 'In the call: 1' })).toBeAttached();
  await button(desk.page, `Admit ${CUSTOMER}`).click();
  await expect(customer.page.getByRole('heading', { name: `Call with ${AGENT.name}` })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'In the call: 2' })).toBeAttached();
});

test('a third person is refused; the agent at the desk is no third', async ({ browser }) => {
  const third = await openOutsider(browser, { url: links[0] ?? '' });
  await expect(third.page.getByRole('heading', { name: 'The call is full' })).toBeVisible();
  await third.context.close();
  await desk.page.getByRole('button', { name: 'Join EventTitle' }).click();
  await expect(headset.page.getByText('You went on with this call on another device.')).toBeAttached();
  await expect(desk.page.getByRole('button', { name: 'End Call' })).toBeVisible();
  await expect(customer.page.getByRole('heading', { name: `Call with ${AGENT.name}` })).toBeVisible();
  await press(headset, 'Join Meeting: EventTitle');
  await press(headset, 'Without video');
  await expect(headset.page.getByRole('heading', { name: 'In the call: 2' })).toBeAttached();
  await expect(desk.page.getByRole('button', { name: 'End Call' })).toHaveCount(0);
});

test('End Call asks first, in the room as on the page; who stays is still in it', async () => {
  const { page } = headset;
  const endCall = page.getByRole('toolbar').getByRole('button', { name: 'End Call' });
  await endCall.focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'End the call?' });
  await expect(question.getByRole('button', { name: 'Stay in the call' })).toBeFocused();
  await displayFrames(page, 10);
  await shoot(page, '5-asks-in-the-room');
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  await expect(endCall).toBeFocused();
  await expect(customer.page.getByRole('heading', { name: `Call with ${AGENT.name}` })).toBeVisible();
});

test('ended by the customer it is over on every page, and not offered again', async () => {
  await button(customer.page, 'End call').click();
  await customer.page.getByRole('dialog').getByRole('button', { name: 'End call' }).click();
  await expect(customer.page.getByRole('heading', { name: 'Call ended' })).toBeVisible();
  await expect(headset.page.getByRole('heading', { name: 'Recent Contacts' })).toBeAttached();
  await expect(headset.page.getByRole('button', { name: 'Join Meeting: EventTitle' })).toHaveCount(0);
  expect(customer.watch.problems).toEqual([]);
});

test('a link that is used up is not shown again: the headset makes another one', async () => {
  const { page } = headset;
  await press(headset, /account menu$/);
  await press(headset, 'Show the one-time call link');
  await expect.poll(() => links.length).toBe(2);
  const [used = '', link = ''] = links;
  expect(link).not.toBe(used);
  const code = page.getByRole('img', { name: 'QR code of the join link for EventTitle' });
  await expect(code.locator('path')).toHaveAttribute('d', qrModules(link).path);
  expectNoProblems(headset, desk);
});
